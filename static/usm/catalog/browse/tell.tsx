/** In one's own words, by one of the doors: what it is, and what we should know. Somebody reads it and takes it on. */
import Button from '@atlaskit/button/new';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { CatalogBrowse, Need, Ordered } from '../../../../src/contract';
import { isTrouble } from '../../../shared/call';
import { Field } from '../../../shared/field';
import layout from '../../../setup/ui/layout.module.css';
import { useAs } from '../as';
import { call } from '../call';
import styles from './browse.module.css';

const ASKS: Readonly<Record<Need, { title: string; summary: string; text: string }>> = {
  notWorking: { title: 'Something is not working', summary: 'What is not working?', text: 'Since when, where, and what should it do?' },
  need: { title: 'What do you need?', summary: 'In a few words', text: 'What is it for, and what should it do?' },
  question: { title: 'What is your question?', summary: 'In a few words', text: 'What have you found out already?' },
  somethingNew: { title: 'What would you like to have?', summary: 'In a few words', text: 'What should be possible that is not now?' },
  notSatisfied: { title: 'What went wrong?', summary: 'In a few words', text: 'What happened, when, and what would make it right?' },
};

interface TellProps {
  need: Need;
  browse: CatalogBrowse;
  words: string;
  onSent: (sent: Ordered) => void;
  onLeave: () => void;
}

export function Tell({ need, browse, words, onSent, onLeave }: TellProps) {
  const { person } = useAs();
  const [summary, setSummary] = useState(words);
  const [text, setText] = useState('');
  const [customer, setCustomer] = useState(browse.customers[0]?.id ?? '');
  const [service, setService] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const [request, setRequest] = useState(() => crypto.randomUUID());
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), [need]);
  const asks = ASKS[need];
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (summary.trim().length < 3) return setWrong('Say in a few words what it is.');
    setBusy(true);
    const answer = await call('catalog.tell', {
      request,
      need,
      summary: summary.trim(),
      text: text.trim(),
      ...(customer !== '' && { customer }),
      ...(service !== '' && { service }),
      ...(person && { as: person.accountId }),
    });
    setBusy(false);
    if (isTrouble(answer)) return setWrong('text' in answer ? answer.text : 'This could not be sent.');
    if (answer.state === 'refused') {
      setRequest(crypto.randomUUID());
      return setWrong(answer.wrong.map((one) => one.text).join(' '));
    }
    onSent(answer);
  };
  return (
    <form className={styles['tell']} aria-labelledby="tell" noValidate onSubmit={(event) => void send(event)}>
      <h2 id="tell">{asks.title}</h2>
      <Field label={asks.summary} id="tell-summary" problem={wrong}>
        {(aria) => <input {...aria} ref={first} type="text" maxLength={250} value={summary} onChange={(event) => setSummary(event.target.value)} />}
      </Field>
      <Field label={asks.text} id="tell-text" optional>
        {(aria) => <textarea {...aria} rows={4} maxLength={8_000} value={text} onChange={(event) => setText(event.target.value)} />}
      </Field>
      {browse.services.length > 0 && (
        <Field label="What is it about?" id="tell-service" optional>
          {(aria) => (
            <select {...aria} value={service} onChange={(event) => setService(event.target.value)}>
              <option value="">I do not know</option>
              {browse.services.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {browse.customers.length > 1 && (
        <Field label="For whom" id="tell-customer">
          {(aria) => (
            <select {...aria} value={customer} onChange={(event) => setCustomer(event.target.value)}>
              {browse.customers.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <div className={layout['row']}>
        <Button appearance="primary" type="submit" isLoading={busy}>
          Send it
        </Button>
        <Button appearance="subtle" onClick={onLeave}>
          Leave it
        </Button>
      </div>
    </form>
  );
}
