/** Asks for one thing: what is known is filled in, what must be given is marked, and a day that is too early is told at once. */
import Button from '@atlaskit/button/new';
import { useRef, useState, type FormEvent } from 'react';
import type { CatalogDetail, FormField, Ordered } from '../../../../src/contract';
import { isTrouble } from '../../../shared/call';
import { Face } from '../../../shared/face';
import { Field } from '../../../shared/field';
import { PersonPicker } from '../../../shared/person-picker';
import { type Refusal, RefusalMessage } from '../../../shared/refusal';
import { refusalOf } from '../../../shared/refusal-of';
import layout from '../../../setup/ui/layout.module.css';
import { useAs } from '../as';
import { call } from '../call';
import { answersOf, begun, type Draft, missing, type Problems, problemsOf } from './draft';
import styles from './item.module.css';

const idOf = (index: number): string => `answer-${String(index)}`;

interface AnswerProps {
  field: FormField;
  index: number;
  draft: Draft;
  problem: string | undefined;
  change: (part: Partial<Draft>) => void;
}

function Answer({ field: { label, kind, required, choices }, index, draft, problem, change }: AnswerProps) {
  const [picking, setPicking] = useState(false);
  const value = draft.answers[label] ?? '';
  const give = (text: string): void => change({ answers: { ...draft.answers, [label]: text } });
  const person = draft.people[label];
  return (
    <Field label={label} id={idOf(index)} optional={!required} problem={problem}>
      {(aria) => {
        switch (kind) {
          case 'choice':
            return (
              <select {...aria} value={value} onChange={(event) => give(event.target.value)}>
                <option value="">Choose</option>
                {choices.map((choice) => (
                  <option key={choice}>{choice}</option>
                ))}
              </select>
            );
          case 'person':
            return picking ? (
              <PersonPicker
                label={label}
                onPick={(one) => {
                  setPicking(false);
                  change({ people: { ...draft.people, [label]: one } });
                }}
                onCancel={() => setPicking(false)}
              />
            ) : (
              <span className={layout['row']}>
                {person && (
                  <>
                    <Face id={person.accountId} name={person.name} /> {person.name}
                  </>
                )}
                <Button id={aria.id} spacing="compact" onClick={() => setPicking(true)}>
                  {person ? 'Choose somebody else' : 'Choose a person'}
                </Button>
              </span>
            );
          case 'date':
            return <input {...aria} type="date" value={value} onChange={(event) => give(event.target.value)} />;
          case 'number':
            return <input {...aria} type="number" value={value} onChange={(event) => give(event.target.value)} />;
          case 'text':
            return <input {...aria} type="text" maxLength={1_000} value={value} onChange={(event) => give(event.target.value)} />;
        }
      }}
    </Field>
  );
}

export function AskForIt({ detail, onSent }: { detail: CatalogDetail; onSent: (sent: Ordered) => void }) {
  const { person: as } = useAs();
  const { item, customers, firstDay } = detail;
  const [draft, setDraft] = useState(() => begun(detail));
  const [problems, setProblems] = useState<Problems>({});
  const [refusal, setRefusal] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  // The same request however often it is sent, until what it says is refused.
  const request = useRef(crypto.randomUUID());
  const form = useRef<HTMLFormElement>(null);
  const change = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }));
  const tell = (found: Problems): void => {
    setProblems(found);
    window.requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus());
  };
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const lacking = missing(detail, draft);
    setRefusal(undefined);
    if (Object.keys(lacking).length > 0) return tell(lacking);
    setBusy(true);
    const answer = await call('catalog.request', {
      request: request.current,
      id: item.id,
      answers: answersOf(detail, draft),
      note: draft.note,
      ...(draft.wanted !== '' && { wanted: draft.wanted }),
      ...(draft.customer !== '' && { customer: draft.customer }),
      ...(as && { as: as.accountId }),
    });
    setBusy(false);
    if (isTrouble(answer)) return setRefusal(refusalOf(answer, 'Nothing was asked for'));
    if (answer.state === 'ok') return onSent(answer);
    request.current = crypto.randomUUID();
    tell(problemsOf(answer.wrong));
  };
  const elsewhere = problems['answers'] ?? problems[''];
  return (
    <form ref={form} className={styles['form']} aria-labelledby="ask" noValidate onSubmit={(event) => void send(event)}>
      <h2 id="ask" className={layout['subhead']}>
        Ask for it
      </h2>
      <div className={styles['fields']}>
        {customers.length > 1 && (
          <Field label="For whom" id="customer" problem={problems['customer']}>
            {(aria) => (
              <select {...aria} value={draft.customer} onChange={(event) => change({ customer: event.target.value })}>
                {customers.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        {item.fields.map((field, index) => (
          <Answer key={field.label} {...{ field, index, draft, change }} problem={problems[`answers.${field.label}`]} />
        ))}
        <Field
          label="When do you need it"
          id="wanted"
          optional={item.wanted === 'optional'}
          problem={problems['wanted']}
          {...(item.wanted === 'optional' && { hint: 'Leave it empty to have it as soon as agreed' })}
        >
          {(aria) => <input {...aria} type="date" min={firstDay} value={draft.wanted} onChange={(event) => change({ wanted: event.target.value })} />}
        </Field>
      </div>
      <Field label="Anything we should know" id="note" optional>
        {(aria) => <textarea {...aria} rows={3} maxLength={4_000} value={draft.note} onChange={(event) => change({ note: event.target.value })} />}
      </Field>
      <dl className={styles['pair']}>
        <div>
          <dt>Who approves</dt>
          <dd>{item.approver === undefined ? 'Nobody has to' : `The ${item.approver}. We ask; you do not have to.`}</dd>
        </div>
        <div>
          <dt>Cost</dt>
          <dd>{item.cost}</dd>
        </div>
      </dl>
      {refusal && <RefusalMessage refusal={refusal} onReadAgain={() => window.location.reload()} />}
      {elsewhere !== undefined && <p role="alert">{elsewhere}</p>}
      <div className={layout['row']}>
        <Button appearance="primary" type="submit" isLoading={busy}>
          Send the request
        </Button>
        <span className={layout['small']}>You get a number and a day right away</span>
      </div>
    </form>
  );
}
