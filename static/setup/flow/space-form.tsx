/** Where USM should work, and how strictly it begins. */
import { useState } from 'react';
import { SPACES_PER_PLAN, type Space } from '../../../src/contract/setup';
import { Field, Problem } from '../../shared/field';
import layout from '../ui/layout.module.css';
import { Option } from '../ui/option';
import { Search } from '../ui/search';
import { matches } from '../ui/words';
import styles from './assess.module.css';
import { keyOf, type Draft, type Problems } from './start';

interface SpaceFormProps {
  draft: Draft;
  /** Undefined while the site is read. */
  spaces: readonly Space[] | undefined;
  problems: Problems;
  onDraft: (draft: Draft) => void;
}

/** From so many spaces on, a list is searched. */
const MANY = 8;

function ExistingSpaces({ draft, spaces, problems, onDraft }: SpaceFormProps & { spaces: readonly Space[] }) {
  const [query, setQuery] = useState('');
  const shown = spaces.filter(({ key, name }) => matches(query, key, name));
  const turn = (key: string, on: boolean): void => onDraft({ ...draft, keys: on ? [...draft.keys, key] : draft.keys.filter((one) => one !== key) });
  return (
    <div className={styles['inside']}>
      {spaces.length > MANY && <Search label="Find a space" value={query} onChange={setQuery} />}
      <div
        id="space-keys"
        tabIndex={-1}
        role="group"
        aria-label="Spaces"
        aria-describedby={problems.keys === undefined ? undefined : 'space-keys-problem'}
        className={styles['spaces']}
      >
        {shown.map(({ key, name, unfit, ours }) => (
          <Option
            key={key}
            type="checkbox"
            name="spaces"
            title={`${name}, ${key}`}
            text={unfit ?? (ours ? 'Works with USM already; the plan completes it.' : undefined)}
            checked={draft.keys.includes(key)}
            disabled={unfit !== undefined || (draft.keys.length >= SPACES_PER_PLAN && !draft.keys.includes(key))}
            onChange={(on) => turn(key, on)}
          />
        ))}
        {shown.length === 0 && <p className={layout['small']}>No space has these words.</p>}
      </div>
      <Problem id="space-keys-problem" text={problems.keys} />
      {draft.keys.length > 0 && (
        <p className={layout['small']}>
          {draft.keys.length} of at most {SPACES_PER_PLAN} for one plan.
        </p>
      )}
    </div>
  );
}

const fitText = (spaces: readonly Space[] | undefined): string => {
  if (!spaces) return 'They are being read.';
  const unfit = spaces.filter((one) => one.unfit !== undefined).length;
  if (spaces.length === 0) return 'This site has none yet.';
  return unfit === 0 ? `${String(spaces.length)} fit.` : `${String(spaces.length - unfit)} fit, ${String(unfit)} do not.`;
};

export function SpaceForm({ draft, spaces, problems, onDraft }: SpaceFormProps) {
  const change = (part: Partial<Draft>): void => onDraft({ ...draft, ...part });
  return (
    <>
      <fieldset className={`${layout['card'] ?? ''} ${styles['options'] ?? ''}`}>
        <legend className={layout['cardTitle']}>Where should USM work?</legend>
        <Option
          type="radio"
          name="kind"
          title="A new space"
          text="Safest. Nothing existing changes."
          checked={draft.kind === 'new'}
          onChange={() => change({ kind: 'new' })}
        />
        {draft.kind === 'new' && (
          <div className={`${styles['inside'] ?? ''} ${styles['names'] ?? ''}`}>
            <Field id="space-name" label="Name" problem={problems.name}>
              {(aria) => <input {...aria} autoComplete="off" value={draft.name} onChange={(event) => change({ name: event.target.value })} />}
            </Field>
            <Field id="space-key" label="Key" problem={problems.key}>
              {(aria) => (
                <input {...aria} autoComplete="off" value={keyOf(draft)} onChange={(event) => change({ key: event.target.value.toUpperCase() })} />
              )}
            </Field>
          </div>
        )}
        <Option
          type="radio"
          name="kind"
          title="Existing company-managed spaces"
          text={fitText(spaces)}
          checked={draft.kind === 'existing'}
          disabled={!spaces || spaces.length === 0}
          onChange={() => change({ kind: 'existing' })}
        />
        {draft.kind === 'existing' && spaces && <ExistingSpaces draft={draft} spaces={spaces} problems={problems} onDraft={onDraft} />}
      </fieldset>
      <fieldset className={`${layout['card'] ?? ''} ${styles['options'] ?? ''}`}>
        <legend className={layout['cardTitle']}>How strict to begin</legend>
        <Option
          type="radio"
          name="begin"
          title="Warn first"
          text="The rules you can set begin as warnings. The others hold from the start."
          checked={draft.begin === 'warn'}
          onChange={() => change({ begin: 'warn' })}
        />
        <Option
          type="radio"
          name="begin"
          title="Enforce all"
          text="Every rule holds from the start."
          checked={draft.begin === 'enforce'}
          onChange={() => change({ begin: 'enforce' })}
        />
      </fieldset>
    </>
  );
}
