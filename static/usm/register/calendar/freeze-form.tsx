/** A freeze is written: from when to when, on what, and why. */
import { useState } from 'react';
import { type Freeze, freeze as freezeSchema } from '../../../../src/contract/register-calendar';
import { Field } from '../../../shared/field';
import { fromInputs, toInputs } from '../../../shared/time';
import { Confirm } from '../../../setup/ui/confirm';
import styles from './calendar.module.css';
import { wordsIn } from './model';

export interface Choice {
  id: string;
  name: string;
}

interface FormProps {
  freeze: Freeze | undefined;
  /** Where a new one begins. */
  from: number;
  classes: readonly Choice[];
  keepers: readonly Choice[];
  busy: boolean;
  onSave: (freeze: Freeze) => void;
  onKeep: () => void;
}

interface MomentProps {
  id: string;
  label: string;
  value: { date: string; time: string };
  problem: string | undefined;
  onChange: (value: { date: string; time: string }) => void;
}

const Moment = ({ id, label, value, problem, onChange }: MomentProps) => (
  <div className={styles['moments']}>
    <Field id={`${id}-date`} label={`${label}, day`} problem={problem}>
      {(aria) => <input {...aria} type="date" value={value.date} onChange={(event) => onChange({ ...value, date: event.target.value })} />}
    </Field>
    <Field id={`${id}-time`} label={`${label}, time`}>
      {(aria) => <input {...aria} type="time" value={value.time} onChange={(event) => onChange({ ...value, time: event.target.value })} />}
    </Field>
  </div>
);

interface PickProps {
  legend: string;
  all: readonly Choice[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

const Pick = ({ legend, all, chosen, onChange }: PickProps) =>
  all.length === 0 ? null : (
    <fieldset className={styles['choices']}>
      <legend>{legend}</legend>
      {all.map(({ id, name }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={(event) => onChange(event.target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );

const DAY_MS = 86_400_000;
const EMPTY = { classes: [] as string[], keepers: [] as string[], locations: '', items: '' };

export function FreezeForm({ freeze, from, classes, keepers, busy, onSave, onKeep }: FormProps) {
  const [id] = useState(() => freeze?.id ?? crypto.randomUUID());
  const [name, setName] = useState(freeze?.name ?? '');
  const [why, setWhy] = useState(freeze?.why ?? '');
  const [begins, setBegins] = useState(() => toInputs(freeze?.from ?? from));
  const [ends, setEnds] = useState(() => toInputs(freeze?.until ?? from + DAY_MS));
  const [everything, setEverything] = useState(freeze === undefined || freeze.scope.kind === 'everything');
  const [some, setSome] = useState(() =>
    freeze?.scope.kind === 'some' ? { ...freeze.scope, locations: freeze.scope.locations.join(', '), items: freeze.scope.items.join(', ') } : EMPTY,
  );
  const [wrong, setWrong] = useState<ReadonlyMap<string, string>>(new Map());

  const onConfirm = (): void => {
    const parsed = freezeSchema.safeParse({
      id,
      name,
      ...(why.trim() !== '' && { why }),
      from: fromInputs(begins.date, begins.time),
      until: fromInputs(ends.date, ends.time),
      scope: everything
        ? { kind: 'everything' }
        : { kind: 'some', classes: some.classes, keepers: some.keepers, locations: wordsIn(some.locations), items: wordsIn(some.items) },
    });
    if (parsed.success) return onSave(parsed.data);
    const words: Record<string, string> = {
      name: 'Give it a name of at most 80 letters.',
      from: 'Say from when nothing may be changed.',
      until: 'Say until when; that is after its beginning.',
      scope: 'Say what is frozen: a class, a team, a place or items by their keys.',
      why: 'At most 500 letters.',
    };
    setWrong(new Map(parsed.error.issues.map(({ path }) => [String(path[0] ?? 'name'), words[String(path[0] ?? 'name')] ?? 'Check this.'])));
  };

  return (
    <Confirm
      title={freeze ? 'Change this freeze' : 'Add a freeze'}
      action={freeze ? 'Save the freeze' : 'Add the freeze'}
      keep="Leave it as it is"
      busy={busy}
      onConfirm={onConfirm}
      onKeep={onKeep}
    >
      <Field id="freeze-name" label="Name" problem={wrong.get('name')} hint="As people speak of it: Year-end closing.">
        {(aria) => <input {...aria} autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Moment id="freeze-from" label="From" value={begins} problem={wrong.get('from')} onChange={setBegins} />
      <Moment id="freeze-until" label="Until" value={ends} problem={wrong.get('until')} onChange={setEnds} />
      <fieldset className={styles['choices']}>
        <legend>What may not be changed</legend>
        <label>
          <input type="radio" name="freeze-scope" checked={everything} onChange={() => setEverything(true)} />
          Everything in the register
        </label>
        <label>
          <input type="radio" name="freeze-scope" checked={!everything} onChange={() => setEverything(false)} />
          Some of it
        </label>
      </fieldset>
      {!everything && (
        <>
          <Pick legend="Classes" all={classes} chosen={some.classes} onChange={(chosen) => setSome({ ...some, classes: chosen })} />
          <Pick legend="Kept by" all={keepers} chosen={some.keepers} onChange={(chosen) => setSome({ ...some, keepers: chosen })} />
          <Field id="freeze-locations" label="Locations" optional hint="As items name them, with commas between.">
            {(aria) => <input {...aria} value={some.locations} onChange={(event) => setSome({ ...some, locations: event.target.value })} />}
          </Field>
          <Field id="freeze-items" label="Items" optional hint="By their keys, with commas between." problem={wrong.get('scope')}>
            {(aria) => <input {...aria} value={some.items} onChange={(event) => setSome({ ...some, items: event.target.value })} />}
          </Field>
        </>
      )}
      <Field id="freeze-why" label="Why" optional problem={wrong.get('why')}>
        {(aria) => <textarea {...aria} rows={2} value={why} onChange={(event) => setWhy(event.target.value)} />}
      </Field>
    </Confirm>
  );
}
