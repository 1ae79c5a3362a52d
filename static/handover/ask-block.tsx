/** One hand-over: which process, which team, by when, and what must be true at the end. */
import Button from '@atlaskit/button/new';
import type { HandOverForm } from '../../src/contract';
import styles from './ask-block.module.css';
import { onRoute, partiesOf, routesLeft, type Draft, type Problems } from './draft';
import { Field } from '../shared/field';
import { Fits } from './fits';
import { Routes } from './routes';
import { fieldId } from './use-hand-over';

interface AskBlockProps {
  form: HandOverForm;
  drafts: readonly Draft[];
  draft: Draft;
  place: number;
  problems: Problems;
  onChange: (part: Partial<Draft>) => void;
  onRemove: () => void;
}

const FOR_SUPPLIER = 'The supplier reads this as you write it: say what must be true at the end, and name no people of the customer.';
const PLACES = ['First', 'Second', 'Third', 'Fourth', 'Fifth'];

export function AskBlock({ form, drafts, draft, place, problems, onChange, onRemove }: AskBlockProps) {
  const label = `${PLACES[place] ?? ''} hand-over`;
  const id = (field: Parameters<typeof fieldId>[1]): string => fieldId(draft.id, field);
  return (
    <section className={styles['block']} aria-label={label}>
      {place > 0 && (
        <header className={styles['head']}>
          <h2>{label}</h2>
          <Button appearance="subtle" spacing="compact" onClick={onRemove}>
            Remove
          </Button>
        </header>
      )}
      <Routes
        id={id('type')}
        question={form.question}
        routes={routesLeft(form, drafts, draft.id)}
        chosen={draft.type}
        problem={problems.type}
        onChoose={(type) => onChange(onRoute(form, draft, type))}
      />
      <div className={styles['columns']}>
        <Field label="Ask" id={id('team')} problem={problems.team}>
          {(aria) => (
            <select {...aria} value={draft.team} onChange={(event) => onChange({ team: event.target.value })}>
              <option value="">Choose a {draft.type === 'supplier' ? 'supplier' : 'team'}</option>
              {partiesOf(form, draft.type).map((team) => (
                <option key={team.id} value={team.id}>
                  {team.name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Ready by" id={id('date')} problem={problems.date}>
          {(aria) => (
            <span className={styles['moment']}>
              <input {...aria} type="date" value={draft.date} onChange={(event) => onChange({ date: event.target.value })} />
              <input
                type="time"
                required
                aria-label="Ready by, time"
                {...(aria['aria-invalid'] && { 'aria-invalid': true, 'aria-describedby': aria['aria-describedby'] })}
                value={draft.time}
                onChange={(event) => onChange({ time: event.target.value })}
              />
            </span>
          )}
        </Field>
        <Field
          label="What is asked"
          id={id('what')}
          problem={problems.what}
          hint={draft.type === 'supplier' ? FOR_SUPPLIER : 'Say what must be true at the end, not how to do it.'}
        >
          {(aria) => <textarea {...aria} rows={5} value={draft.what} onChange={(event) => onChange({ what: event.target.value })} />}
        </Field>
        <Fits form={form} draft={draft} />
      </div>
    </section>
  );
}
