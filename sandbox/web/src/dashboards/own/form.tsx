/** The form that sets up one of Jira's own gadgets. */
import { useId, useState, type FormEvent } from 'react';
import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { OneOf, type Option } from '../../fields/choice';
import { useSite } from '../../shell/site';
import { useLive } from '../../use-live';
import { saidBy } from '../said';
import { filters } from './api';
import { FIRST_STATISTIC, STATISTICS } from './pie';
import { isSetUp, MOST_ROWS, ROWS, type OwnKind, type Setting, type Settings } from './kinds';
import styles from '../dashboards.module.css';

const LABELS: Record<Setting, string> = {
  filterId: 'Saved filter',
  projectOrFilterId: 'Space or saved filter',
  statType: 'Statistic type',
  num: 'Number of results',
  refresh: 'Refresh every',
};
const STARTS: Settings = { num: String(ROWS), statType: FIRST_STATISTIC, refresh: '' };

const NEVER: Option = { value: '', label: 'Never' };
const MINUTES: Option[] = [NEVER, ...[15, 30, 60, 120].map((count) => ({ value: String(count), label: `${count} minutes` }))];

interface OwnFormProps {
  kind: OwnKind;
  settings: Settings;
  onSave: (settings: Settings) => Promise<void>;
  onCancel: () => void;
}

export function OwnForm({ kind, settings, onSave, onCancel }: OwnFormProps) {
  const id = useId();
  const { projects } = useSite();
  const saved = useLive('gadget-filters', filters);
  const [draft, setDraft] = useState<Settings>({ ...STARTS, ...settings });
  const [message, setMessage] = useState('');
  const byFilter = (prefix: string): Option[] => (saved.data ?? []).map((one) => ({ value: prefix + one.id, label: one.name }));
  const options: Partial<Record<Setting, Option[]>> = {
    filterId: byFilter(''),
    projectOrFilterId: [
      ...projects.map((one) => ({ value: `project-${one.id}`, label: `Space: ${one.name}` })),
      ...byFilter('filter-').map((one) => ({ ...one, label: `Filter: ${one.label}` })),
    ],
    statType: Object.entries(STATISTICS).map(([value, { label }]) => ({ value, label })),
    refresh: MINUTES,
  };

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isSetUp(kind, draft)) return setMessage(`${kind.needs.map((name) => LABELS[name]).join(', ')} is missing. Choose what the gadget shows.`);
    try {
      await onSave(Object.fromEntries(kind.settings.flatMap((name) => (draft[name] ? [[name, draft[name]]] : []))));
    } catch (error) {
      setMessage(saidBy(error));
    }
  };
  const field = (name: Setting) => {
    const choices = options[name];
    return (
      <div key={name} className={styles['field']}>
        <label htmlFor={`${id}-${name}`}>{LABELS[name]}</label>
        {choices ? (
          <OneOf
            id={`${id}-${name}`}
            label={LABELS[name]}
            clearable={false}
            options={choices}
            value={draft[name] ?? ''}
            onChange={(value) => setDraft({ ...draft, [name]: value })}
          />
        ) : (
          <Textfield
            id={`${id}-${name}`}
            type="number"
            min={1}
            max={MOST_ROWS}
            value={draft[name] ?? ''}
            onChange={(event: FormEvent<HTMLInputElement>) => setDraft({ ...draft, [name]: event.currentTarget.value })}
          />
        )}
      </div>
    );
  };
  return (
    <form className={styles['settings']} aria-label={`Settings of ${kind.title}`} onSubmit={(event) => void submit(event)}>
      {kind.settings.map(field)}
      {kind.settings.includes('filterId') && saved.data?.length === 0 && (
        <p className={styles['hint']}>You have no filters yet, and none is starred. Save a search as a filter first.</p>
      )}
      <p role="alert" className={styles['error']}>
        {message}
      </p>
      <div className={styles['buttons']}>
        <Button type="submit" appearance="primary">
          Save
        </Button>
        <Button appearance="subtle" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
