/** The two forms of a receipt: why it goes back, and what the asking side says to that. They open in place. */
import Button from '@atlaskit/button/new';
import { useEffect, useId, useRef, useState, type FormEvent, type KeyboardEvent, type ReactNode } from 'react';
import type { ReceiptForm, ReturnReason } from '../../src/contract';
import { isTrouble } from '../shared/call';
import { Field } from '../shared/field';
import { Message } from '../shared/message';
import { fromInputs, toInputs } from '../shared/time';
import styles from './forms.module.css';
import { readForm, type Receiving } from './receiving';
import { effect, REASONS } from './words';

/** What both pages know of the hand-off. */
export interface About {
  id: string;
  key: string | undefined;
  what: string;
  readyBy: number | undefined;
  due: { key: string; at: number } | undefined;
  asker: string;
  team: string | undefined;
}

function useForm(id: string): ReceiptForm | undefined {
  const [form, setForm] = useState<ReceiptForm>();
  useEffect(() => {
    let gone = false;
    void readForm(id).then((answer) => {
      if (!gone) setForm(isTrouble(answer) ? { state: 'ok', teams: [], types: [] } : answer);
    });
    return () => {
      gone = true;
    };
  }, [id]);
  return form;
}

interface ShellProps {
  label: string;
  action: string;
  busy: boolean;
  foot: string;
  receiving: Receiving;
  onSend: () => void;
  onCancel: () => void;
  children: ReactNode;
}

function Shell({ label, action, busy, foot, receiving, onSend, onCancel, children }: ShellProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('input, textarea, select')?.focus(), []);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    onSend();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onCancel();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSubmit(event);
  };
  return (
    <form ref={form} aria-label={label} noValidate className={styles['form']} onSubmit={onSubmit} onKeyDown={onKeyDown}>
      {children}
      {receiving.refusal && (
        <Message alert tone="danger" title={receiving.refusal.title}>
          {receiving.refusal.text}
        </Message>
      )}
      <div className={styles['buttons']}>
        <Button appearance="primary" type="submit" isLoading={busy}>
          {action}
        </Button>
        <Button appearance="subtle" onClick={onCancel}>
          Cancel
        </Button>
      </div>
      <p className={styles['foot']}>{foot}</p>
    </form>
  );
}

interface MomentProps {
  label: string;
  value: { date: string; time: string };
  problem: string | undefined;
  onChange: (value: { date: string; time: string }) => void;
}

function Moment({ label, value, problem, onChange }: MomentProps) {
  const id = useId();
  return (
    <Field label={label} id={id} problem={problem}>
      {(aria) => (
        <span className={styles['moment']}>
          <input {...aria} type="date" value={value.date} onChange={(event) => onChange({ ...value, date: event.target.value })} />
          <input
            type="time"
            required
            aria-label={`${label}, time`}
            value={value.time}
            onChange={(event) => onChange({ ...value, time: event.target.value })}
          />
        </span>
      )}
    </Field>
  );
}

interface ChoiceProps {
  label: string;
  none: string;
  options: readonly { value: string; name: string }[];
  value: string;
  problem: string | undefined;
  onChange: (value: string) => void;
}

function Choice({ label, none, options, value, problem, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <Field label={label} id={id} problem={problem}>
      {(aria) => (
        <select {...aria} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{none}</option>
          {options.map((one) => (
            <option key={one.value} value={one.value}>
              {one.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function Words({
  label,
  value,
  problem,
  onChange,
}: {
  label: string;
  value: string;
  problem: string | undefined;
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <Field label={label} id={id} problem={problem}>
      {(aria) => <textarea {...aria} rows={3} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}

interface FormProps {
  about: About;
  receiving: Receiving;
  now: number;
  onCancel: () => void;
}

const LEAST_WORDS = 3;
const said = (text: string): boolean => text.trim().length >= LEAST_WORDS;
interface Returning {
  reason: ReturnReason | undefined;
  readyBy: number | undefined;
  team: string;
  type: string;
  text: string;
}

/** What is still missing, by field. */
const gapsOfReturn = ({ reason, readyBy, team, type, text }: Returning, now: number) => ({
  reason: reason ? undefined : 'Choose why it goes back.',
  when: reason !== 'notReadyByThen' || (readyBy !== undefined && readyBy > now) ? undefined : 'Set a moment that lies ahead.',
  team: reason !== 'notOurs' || team !== '' ? undefined : 'Name the team whose it is.',
  type: reason !== 'anotherKind' || type !== '' ? undefined : 'Say what it is.',
  text: said(text) ? undefined : 'Say what has to be different.',
});

const KEYS = Object.keys(REASONS) as ReturnReason[];

/** What the proposed time does to both sides, before it is sent. */
function Effect({ about, readyBy, now }: { about: About; readyBy: number; now: number }) {
  const told = effect(readyBy, about.readyBy, about.due, now);
  return (
    <Message tone={told.late ? 'warning' : 'information'} title={told.text}>
      {about.asker} decides.
    </Message>
  );
}

export function ReturnForm({ about, receiving, now, onCancel }: FormProps) {
  const group = useId();
  const form = useForm(about.id);
  const [reason, setReason] = useState<ReturnReason>();
  const [when, setWhen] = useState(toInputs(about.readyBy ?? now));
  const [team, setTeam] = useState('');
  const [type, setType] = useState('');
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const readyBy = fromInputs(when.date, when.time);
  const problems = gapsOfReturn({ reason, readyBy, team, type, text }, now);
  const shown = (problem: string | undefined): string | undefined => (tried ? problem : undefined);

  const onSend = (): void => {
    setTried(true);
    if (Object.values(problems).some((one) => one !== undefined)) return;
    void receiving.send('work.return', {
      reason,
      text: text.trim(),
      ...(reason === 'notReadyByThen' && { readyBy }),
      ...(reason === 'notOurs' && { team }),
      ...(reason === 'anotherKind' && { type }),
    });
  };

  const foot = `${about.asker} is told at once.${about.due ? ` ${about.due.key} stays where it is.` : ''}`;
  return (
    <Shell
      label="Return with reason"
      action={`Return ${about.key ?? 'it'}`}
      busy={receiving.busy === 'work.return'}
      foot={foot}
      receiving={receiving}
      onSend={onSend}
      onCancel={onCancel}
    >
      <fieldset className={styles['reasons']}>
        <legend>Why does it go back?</legend>
        {KEYS.map((key) => (
          <label key={key}>
            <input type="radio" name={group} required checked={reason === key} onChange={() => setReason(key)} />
            <span>
              {REASONS[key].name}
              <small>{REASONS[key].help}</small>
            </span>
          </label>
        ))}
        {shown(problems.reason) !== undefined && <p className={styles['problem']}>{problems.reason}</p>}
      </fieldset>
      {reason === 'notReadyByThen' && <Moment label="Can be ready by" value={when} problem={shown(problems.when)} onChange={setWhen} />}
      {reason === 'notOurs' && (
        <Choice
          label="Whose is it?"
          none="Choose a team"
          options={(form?.teams ?? []).filter((one) => one.name !== about.team).map((one) => ({ value: one.id, name: one.name }))}
          value={team}
          problem={shown(problems.team)}
          onChange={setTeam}
        />
      )}
      {reason === 'anotherKind' && (
        <Choice
          label="What is it?"
          none="Choose a kind of work"
          options={(form?.types ?? []).map((one) => ({ value: one.type, name: one.name }))}
          value={type}
          problem={shown(problems.type)}
          onChange={setType}
        />
      )}
      <Words label="What has to be different?" value={text} problem={shown(problems.text)} onChange={setText} />
      {reason === 'notReadyByThen' && readyBy !== undefined && <Effect about={about} readyBy={readyBy} now={now} />}
    </Shell>
  );
}

export type AnswerKind = 'team' | 'change' | 'withdraw';

const gapsOfAnswer = (kind: AnswerKind, given: { team: string; what: string; changed: boolean; late: boolean; text: string }) => ({
  team: kind !== 'team' || given.team !== '' ? undefined : 'Choose the team that is asked.',
  what: kind !== 'change' || (said(given.what) && given.changed) ? undefined : 'Change what is asked, or when.',
  when: kind !== 'change' || !given.late ? undefined : 'This moment has passed. Choose a later one.',
  text: kind !== 'withdraw' || said(given.text) ? undefined : 'Say why, so that the team gets a proper answer.',
});

const ANSWERS: Record<AnswerKind, { label: string; action: (key: string) => string; foot: string }> = {
  team: { label: 'Ask another team', action: () => 'Ask this team', foot: 'The work item goes to this team as it is; nobody types anything twice.' },
  change: { label: 'Change what is asked', action: () => 'Ask again', foot: 'The work item that was asked takes over what you write.' },
  withdraw: {
    label: 'Withdraw what is asked',
    action: (key) => `Withdraw ${key}`,
    foot: 'The work item that was asked is cancelled, and yours goes back to work.',
  },
};

export function AnswerForm({
  kind,
  about,
  proposedTeam,
  receiving,
  now,
  onCancel,
}: FormProps & { kind: AnswerKind; proposedTeam?: string | undefined }) {
  const form = useForm(about.id);
  const [team, setTeam] = useState(proposedTeam ?? '');
  const [what, setWhat] = useState(about.what);
  const [when, setWhen] = useState(about.readyBy === undefined ? { date: '', time: '' } : toInputs(about.readyBy));
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const readyBy = fromInputs(when.date, when.time);
  const moved = readyBy !== undefined && (about.readyBy === undefined || Math.abs(readyBy - about.readyBy) >= 60_000);
  const reworded = what.trim() !== about.what.trim();
  const problems = gapsOfAnswer(kind, { team, what, changed: reworded || moved, late: moved && readyBy <= now, text });
  const shown = (problem: string | undefined): string | undefined => (tried ? problem : undefined);
  const { label, action, foot } = ANSWERS[kind];

  const onSend = (): void => {
    setTried(true);
    if (Object.values(problems).some((one) => one !== undefined)) return;
    if (kind === 'withdraw') void receiving.send('work.answer', { how: 'withdraw', text: text.trim() });
    else if (kind === 'team') void receiving.send('work.answer', { how: 'askAgain', team });
    else void receiving.send('work.answer', { how: 'askAgain', ...(reworded && { what: what.trim() }), ...(moved && { readyBy }) });
  };

  return (
    <Shell
      label={label}
      action={action(about.key ?? 'it')}
      busy={receiving.busy === 'work.answer'}
      foot={foot}
      receiving={receiving}
      onSend={onSend}
      onCancel={onCancel}
    >
      {kind === 'team' && (
        <Choice
          label="Ask"
          none="Choose a team"
          options={(form?.teams ?? []).filter((one) => one.name !== about.team).map((one) => ({ value: one.id, name: one.name }))}
          value={team}
          problem={shown(problems.team)}
          onChange={setTeam}
        />
      )}
      {kind === 'change' && (
        <>
          <Words label="What is asked" value={what} problem={shown(problems.what)} onChange={setWhat} />
          <Moment label="Ready by" value={when} problem={shown(problems.when)} onChange={setWhen} />
        </>
      )}
      {kind === 'withdraw' && <Words label="Why is it no longer needed?" value={text} problem={shown(problems.text)} onChange={setText} />}
    </Shell>
  );
}
