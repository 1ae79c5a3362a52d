/** Chooses records or people by name: one at a place, or several. */
import Button from '@atlaskit/button/new';
import { useRef, useState } from 'react';
import { Face } from '../../shared/face';
import { Problem, Star } from '../../shared/field';
import { Finder } from '../../shared/finder';
import { Add, Remove } from '../../setup/ui/rows';
import { useDrafting } from './drafting';
import styles from './editing.module.css';
import { findBlocks, findItems, findLegs, findParties, findPersons, findServices, findSupplierAgreements, type Found } from './find';
import { useNames } from './names';
import { idOf, listAt, textAt } from './places';

/** What is chosen, how it is found, and what is said where nothing is. */
export const KINDS = {
  person: { find: findPersons, all: 'People', nothing: (words: string) => `Nobody is called “${words}”.`, browse: false },
  party: {
    find: findParties,
    all: 'Parties',
    nothing: (words: string) => (words === '' ? 'There is no party yet. Make one under Parties.' : `No party is called “${words}”.`),
    browse: true,
  },
  service: {
    find: findServices,
    all: 'Services',
    nothing: (words: string) => (words === '' ? 'There is no service yet. Make one under Services.' : `No service is called “${words}”.`),
    browse: true,
  },
  block: {
    find: findBlocks,
    all: 'Blocks',
    nothing: (words: string) => (words === '' ? 'There is no block yet. Make one under Blocks.' : `No block is called “${words}”.`),
    browse: true,
  },
  leg: {
    find: findLegs,
    all: 'Agreements',
    nothing: (words: string) => (words === '' ? 'There is no internal or supplier agreement yet.' : `No such agreement is called “${words}”.`),
    browse: true,
  },
  uc: {
    find: findSupplierAgreements,
    all: 'Supplier agreements',
    nothing: (words: string) => (words === '' ? 'There is no supplier agreement yet.' : `No supplier agreement is called “${words}”.`),
    browse: true,
  },
  item: {
    find: findItems,
    all: 'Items of the catalog',
    nothing: (words: string) => (words === '' ? 'The catalog has no item yet. Write one under Catalog.' : `No item is called “${words}”.`),
    browse: true,
  },
} as const;
export type PickKind = keyof typeof KINDS;

interface SearchProps {
  kind: PickKind;
  label: string;
  /** Are chosen already. */
  without?: readonly string[];
  onPick: (found: Found) => void;
  onCancel: () => void;
}

export function SearchFor({ kind, label, without = [], onPick, onCancel }: SearchProps) {
  const { find, all, nothing, browse } = KINDS[kind];
  const { learn } = useNames();
  return (
    <Finder<Found>
      label={label}
      all={all}
      placeholder="Type a name"
      find={find}
      keyOf={({ id }) => id}
      show={({ id, name, about }) => (
        <>
          {kind === 'person' && <Face id={id} name={name} small />}
          <span>
            {name} {about !== '' && <small>{about}</small>}
          </span>
        </>
      )}
      nothing={nothing}
      failed="There was no answer. Type again."
      browse={browse}
      onPick={(found) => {
        learn(found.id, found.name);
        if (!without.includes(found.id)) onPick(found);
        else onCancel();
      }}
      onCancel={onCancel}
    />
  );
}

interface PickProps {
  path: string;
  label: string;
  kind: PickKind;
}

const Shown = ({ kind, id }: { kind: PickKind; id: string }) => {
  const { nameOf } = useNames();
  const name = nameOf(id);
  return (
    <>
      {kind === 'person' && <Face id={id} name={name} small />}
      {name}
    </>
  );
};

/** One at a place. */
export function Pick({
  path,
  label,
  kind,
  optional = true,
  none = 'nobody yet',
  disabled = false,
}: PickProps & { optional?: boolean; none?: string; disabled?: boolean }) {
  const { form, wrong, set } = useDrafting();
  const [looking, setLooking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = textAt(form, path);
  const problem = wrong.get(path);
  const close = (): void => {
    setLooking(false);
    // The button is there again after this.
    window.setTimeout(() => button.current?.focus());
  };
  return (
    <div role="group" aria-label={label}>
      <span className={styles['label']}>
        {label} {!optional && <Star />}
      </span>
      <div className={styles['chosen']}>
        {looking ? (
          <SearchFor
            kind={kind}
            label={label}
            onPick={(found) => {
              set(path, found.id);
              close();
            }}
            onCancel={() => setLooking(false)}
          />
        ) : (
          <>
            {id === '' ? <span className={styles['none']}>{none}</span> : <Shown kind={kind} id={id} />}
            {!disabled && (
              <Button
                id={idOf(path)}
                ref={button}
                spacing="compact"
                aria-label={`${id === '' ? 'Choose' : 'Change'} ${label}`}
                onClick={() => setLooking(true)}
              >
                {id === '' ? 'Choose' : 'Change'}
              </Button>
            )}
            {!disabled && optional && id !== '' && <Remove what={label} onRemove={() => set(path, '')} />}
          </>
        )}
      </div>
      <Problem id={`${idOf(path)}-problem`} text={problem} />
    </div>
  );
}

/** Several at a place, in the order in which they were chosen. */
export function PickMany({ path, label, kind, one, none }: PickProps & { one: string; none: string }) {
  const { form, wrong, set } = useDrafting();
  const [looking, setLooking] = useState(false);
  const { nameOf } = useNames();
  const ids = listAt(form, path).filter((id): id is string => typeof id === 'string');
  const focus = (): void => void window.setTimeout(() => document.getElementById(idOf(path))?.focus());
  const wrongs = [...wrong].filter(([place]) => place === path || place.startsWith(`${path}.`)).map(([, text]) => text);
  return (
    <div role="group" aria-label={label} className={styles['group']}>
      <span className={styles['label']}>{label}</span>
      <div className={styles['chosen']}>
        {ids.length === 0 && <span className={styles['none']}>{none}</span>}
        {ids.map((id, index) => (
          <span key={id} className={styles['chip']}>
            <Shown kind={kind} id={id} />
            <Remove
              what={nameOf(id)}
              onRemove={() => {
                set(
                  path,
                  ids.filter((_, at) => at !== index),
                );
                focus();
              }}
            />
          </span>
        ))}
        {looking ? (
          <SearchFor
            kind={kind}
            label={label}
            without={ids}
            onPick={({ id }) => {
              set(path, [...ids, id]);
              setLooking(false);
              focus();
            }}
            onCancel={() => setLooking(false)}
          />
        ) : (
          <Add id={idOf(path)} what={one} onAdd={() => setLooking(true)} />
        )}
      </div>
      {wrongs.map((text, index) => (
        <Problem key={index} id={`${idOf(path)}-problem-${String(index)}`} text={text} />
      ))}
    </div>
  );
}
