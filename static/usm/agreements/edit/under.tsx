/** What lies under the draft: agreements one after another or side by side, each with the kinds of call it takes part in, and what nobody has agreed to. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { Target } from '../../../../src/contract';
import type { Underpinning } from '../../../../src/contract/agreements';
import control from '../../../shared/control.module.css';
import { classes } from '../../../shared/classes';
import { Problem } from '../../../shared/field';
import { Icon } from '../../../shared/icons';
import { Mark } from '../../../shared/mark';
import { WORK_TYPE_NAMES } from '../../../shared/work-types';
import { PageLink } from '../../../setup/ui/page-link';
import { Remove } from '../../../setup/ui/rows';
import { useDrafting } from '../../editing/drafting';
import { useNames } from '../../editing/names';
import { SearchFor } from '../../editing/pick';
import { idOf, valueAt } from '../../editing/places';
import { pathOf } from '../address';
import styles from './edit.module.css';
import { added, isGroup, kindOf, legsIn, moved, partsOf, replaced, turned } from './tree';

const TYPES = Object.entries(WORK_TYPE_NAMES) as [Target['type'], string][];

interface PartProps {
  root: Underpinning;
  part: Underpinning;
  way: readonly number[];
  change: (next: Underpinning | undefined) => void;
}

const placeOf = (way: readonly number[]): string => (way.length === 0 ? '1' : way.map((step) => String(step + 1)).join('.'));

function Types({ part, onChange }: { part: Extract<Underpinning, { leg: string }>; onChange: (next: Underpinning) => void }) {
  const chosen = part.types ?? [];
  const words = chosen.length === 0 ? 'all kinds of call' : chosen.map((type) => WORK_TYPE_NAMES[type]).join(', ');
  const tick = (type: Target['type']): void => {
    const types = chosen.includes(type) ? chosen.filter((one) => one !== type) : [...chosen, type];
    onChange({ leg: part.leg, ...(types.length > 0 && { types }) });
  };
  return (
    <details className={styles['types']}>
      <summary>Takes part in {words}</summary>
      <div className={styles['ticks']} role="group" aria-label={`Kinds of call of ${part.leg}`}>
        {TYPES.map(([type, name]) => (
          <label key={type}>
            <input type="checkbox" checked={chosen.includes(type)} onChange={() => tick(type)} /> {name}
          </label>
        ))}
      </div>
    </details>
  );
}

/** Adds an agreement or a gap to a group, or to the whole. */
function AddPart({ id, without, onAdd }: { id?: string; without: readonly string[]; onAdd: (part: Underpinning) => void }) {
  const [looking, setLooking] = useState(false);
  if (looking)
    return (
      <SearchFor
        kind="leg"
        label="Agreement that lies under it"
        without={without}
        onPick={(found) => {
          onAdd({ leg: found.id });
          setLooking(false);
        }}
        onCancel={() => setLooking(false)}
      />
    );
  return (
    <div className={styles['adds']}>
      <Button {...(id !== undefined && { id })} spacing="compact" appearance="subtle" onClick={() => setLooking(true)}>
        Add an agreement
      </Button>
      <Button spacing="compact" appearance="subtle" onClick={() => onAdd({ missing: 'Say what is missing' })}>
        Add what nobody has agreed to
      </Button>
    </div>
  );
}

function Part({ root, part, way, change }: PartProps) {
  const { nameOf } = useNames();
  const put = (next: Underpinning | undefined): void => change(replaced(root, way, next));
  const name = 'leg' in part ? part.leg : `part ${placeOf(way)}`;
  const inner = isGroup(part) ? (
    <GroupPart {...{ root, part, way, change }} />
  ) : 'leg' in part ? (
    <>
      <span>
        <PageLink to={pathOf(part.leg)}>{part.leg}</PageLink> {nameOf(part.leg) !== part.leg && nameOf(part.leg)}
      </span>
      <Types part={part} onChange={put} />
    </>
  ) : (
    <span className={classes(control['control'], control['compact'], styles['missing'])}>
      <Mark kind="nothing" name="Nobody has agreed" />
      <input aria-label={`What is missing, ${name}`} value={part.missing} onChange={(event) => put({ missing: event.target.value })} />
    </span>
  );
  return (
    <li className={styles['part']}>
      <div className={styles['body']}>{inner}</div>
      <span className={styles['tools']}>
        {way.length > 0 && (
          <>
            <button type="button" aria-label={`Move ${name} earlier`} title="Earlier" onClick={() => change(moved(root, way, -1))}>
              <Icon name="chevronUp" />
            </button>
            <button type="button" aria-label={`Move ${name} later`} title="Later" onClick={() => change(moved(root, way, 1))}>
              <Icon name="chevronDown" />
            </button>
          </>
        )}
        {!isGroup(part) && (
          <button
            type="button"
            aria-label={`Put something side by side with ${name}`}
            title="Side by side with something"
            onClick={() => put({ side: [part, { missing: 'Say what stands beside it' }] })}
          >
            <Icon name="fork" />
          </button>
        )}
        <Remove what={isGroup(part) ? `group ${placeOf(way)}` : name} onRemove={() => put(undefined)} />
      </span>
    </li>
  );
}

function GroupPart({ root, part, way, change }: PartProps) {
  const row = isGroup(part) && kindOf(part) === 'row';
  return (
    <section className={styles['groupPart']} aria-label={row ? 'One after another' : 'Side by side'}>
      <div className={styles['groupHead']}>
        <strong>{row ? 'One after another' : 'Side by side'}</strong>
        <small>{row ? 'their times add up' : 'the longest counts'}</small>
        <Button spacing="compact" appearance="subtle" onClick={() => change(replaced(root, way, turned(part)))}>
          {row ? 'Put them side by side' : 'Put them one after another'}
        </Button>
      </div>
      <ol>
        {partsOf(part).map((one, index) => (
          <Part key={index} root={root} part={one} way={[...way, index]} change={change} />
        ))}
      </ol>
      <AddPart without={legsIn(root)} onAdd={(one) => change(added(root, way, one))} />
    </section>
  );
}

export function Under() {
  const { form, wrong, set } = useDrafting();
  const value = valueAt(form, 'under');
  const root = value === null || value === undefined ? undefined : (value as Underpinning);
  const change = (next: Underpinning | undefined): void => set('under', next ?? null);
  return (
    <div className={styles['under']}>
      {root === undefined ? (
        <>
          <p>Nothing lies under it: whoever provides it keeps it alone.</p>
          <AddPart id={idOf('under')} without={[]} onAdd={change} />
        </>
      ) : isGroup(root) ? (
        <GroupPart root={root} part={root} way={[]} change={change} />
      ) : (
        <>
          <ol>
            <Part root={root} part={root} way={[]} change={change} />
          </ol>
          <AddPart id={idOf('under')} without={legsIn(root)} onAdd={(one) => change(added(root, [], one))} />
        </>
      )}
      <Problem id={`${idOf('under')}-problem`} text={wrong.get('under')} />
    </div>
  );
}
