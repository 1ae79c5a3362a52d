/** Items as a work item names them: with their place in life, whoever holds them, and how often they failed. */
import Button from '@atlaskit/button/new';
import { type ReactNode, useState } from 'react';
import type { NamedInWork, WorkRegister } from '../../src/contract';
import type { TieRole } from '../../src/contract/register';
import { Finder } from '../shared/finder';
import { Icon } from '../shared/icons';
import { Lozenge } from '../shared/lozenge';
import { WorkItemLink } from '../shared/work-item-link';
import { ItemLink } from './item-link';
import styles from './panel.module.css';
import { type Acts, findItems, type Offered } from './use-register';

const WHY: Readonly<Record<NonNullable<Offered['why']>, string>> = {
  similar: 'named on similar work',
  requester: 'named on earlier work of whoever asks',
  service: 'supports the service',
};

export const Count = ({ of }: { of: number }) => <span className={styles['count']}>{of}</span>;

const about = ({ name, class: of, location }: Offered): string => [name, of, location].filter(Boolean).join(', ');

/** Finds one item by words and hands over its key. */
export const FindItem = ({ label, onPick, onCancel }: { label: string; onPick: (key: string) => void; onCancel: () => void }) => (
  <Finder
    label={label}
    all="Items"
    placeholder="Key, name, class or place"
    find={findItems}
    keyOf={({ key }) => key}
    show={(one) => (
      <span className={styles['found']}>
        <b>{one.key}</b> {about(one)}
        {one.why && <small>{WHY[one.why]}</small>}
      </span>
    )}
    nothing={(words) => `Nothing in use matches “${words}”. What is not registered needs no change.`}
    failed="The register did not answer. Type again in a minute."
    browse
    onPick={({ key }) => onPick(key)}
    onCancel={onCancel}
  />
);

/** The line under an item: what is to be known of it. */
export function About({ one, of, isNew = false }: { one: NamedInWork; of?: string | undefined; isNew?: boolean }) {
  const lines: ReactNode[] = [
    ...(one.item || isNew ? [] : ['Not in the register']),
    ...(one.lock && one.lock.key !== of
      ? [
          <>
            <Icon name="lock" /> Change pending{one.lock.key === undefined ? '' : ', '}
            {one.lock.key !== undefined && <WorkItemLink itemKey={one.lock.key}>{one.lock.key}</WorkItemLink>}
          </>,
        ]
      : []),
    ...(one.failed === undefined ? [] : [`Failed ${String(one.failed)} times in 30 days`]),
  ];
  if (lines.length === 0) return null;
  return (
    <small className={styles['about']}>
      {lines.map((line, index) => (
        <span key={index}>{line}. </span>
      ))}
    </small>
  );
}

interface RemoveProps extends Acts {
  role: TieRole;
  one: NamedInWork;
}

export const Remove = ({ role, one, act, busy }: RemoveProps) => (
  <Button
    appearance="subtle"
    spacing="compact"
    isLoading={busy === `remove:${role}:${one.key}`}
    aria-label={`Remove ${one.key}`}
    onClick={() => void act('register.name', `remove:${role}:${one.key}`, { role, key: one.key, named: false })}
  >
    Remove
  </Button>
);

export function Concerned({ panel, act, busy }: { panel: WorkRegister } & Acts) {
  const [adding, setAdding] = useState(false);
  return (
    <section className={styles['part']} aria-labelledby="concerned">
      <div className={styles['head']}>
        <h2 id="concerned">
          Items concerned <Count of={panel.concerned.length} />
        </h2>
        {panel.may.name && panel.begun && !adding && (
          <Button appearance="subtle" spacing="compact" onClick={() => setAdding(true)}>
            Add item
          </Button>
        )}
      </div>
      {adding && (
        <FindItem
          label="Item concerned"
          onCancel={() => setAdding(false)}
          onPick={(key) => {
            setAdding(false);
            void act('register.name', `add:${key}`, { role: 'concerned', key, named: true });
          }}
        />
      )}
      {panel.concerned.length === 0 && (
        <p className={styles['soft']}>No item is named. Name what this is about, so that its history and its changes are found.</p>
      )}
      <ul className={styles['items']}>
        {panel.concerned.map((one) => (
          <li key={one.key}>
            <div className={styles['line']}>
              <span className={styles['name']}>
                {one.item ? <ItemLink item={one.item.key}>{one.key}</ItemLink> : <b>{one.key}</b>} {one.item?.name}
              </span>
              {one.item && <Lozenge tone={one.item.over ? 'warning' : 'neutral'}>{one.item.lifeName}</Lozenge>}
              {panel.may.name && <Remove {...{ one, act, busy }} role="concerned" />}
            </div>
            <About one={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}
