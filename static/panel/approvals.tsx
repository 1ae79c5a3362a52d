/** Who is asked to approve the plan, what they have said, and the two answers for whoever is asked. */
import Button from '@atlaskit/button/new';
import { useId, useState } from 'react';
import type { PlanApprovals, ProcessPanel, Trouble } from '../../src/contract';
import { approvalCalls } from '../../src/contract/approvals';
import { caller, isTrouble } from '../shared/call';
import { Face } from '../shared/face';
import { Field } from '../shared/field';
import { Lozenge } from '../shared/lozenge';
import { Message } from '../shared/message';
import { moment, wholeMoment } from '../shared/time';
import styles from './approvals.module.css';

const call = caller(approvalCalls);

type Asked = PlanApprovals['asked'][number];

const said = ({ verdict, at }: Asked, asOf: number): string => {
  const when = at === undefined ? '' : `, ${moment(at, asOf)}`;
  if (verdict === undefined) return 'Is asked';
  return verdict === 'approve' ? `Approved${when}` : `Not yet${when}`;
};

const Line = ({ asked, asOf }: { asked: Asked; asOf: number }) => (
  <li className={styles['line']}>
    <Face id={asked.person.accountId} name={asked.person.name} />
    <div>
      <p className={styles['name']}>{asked.person.name}</p>
      <p className={styles['said']} title={asked.at === undefined ? undefined : wholeMoment(asked.at)}>
        {said(asked, asOf)}
      </p>
      {asked.words !== undefined && <p className={styles['words']}>{asked.words}</p>}
    </div>
  </li>
);

const MIN_WORDS = 3;

/** `onAnswer`: the panel as it is afterwards. */
export function Approvals({ approvals, asOf, onAnswer }: { approvals: PlanApprovals; asOf: number; onAnswer: (panel: ProcessPanel) => void }) {
  const id = useId();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  /** Absent: no reason is being written. */
  const [words, setWords] = useState<string>();
  const [missing, setMissing] = useState(false);
  const { asked, version, mine } = approvals;
  const yes = asked.filter((one) => one.verdict === 'approve').length;

  const send = async (request: Parameters<typeof call<'work.approve'>>[1]): Promise<void> => {
    setBusy(true);
    const answer = await call('work.approve', request);
    setBusy(false);
    setTrouble(isTrouble(answer) ? answer : undefined);
    if (isTrouble(answer)) return;
    setWords(undefined);
    onAnswer(answer);
  };
  const sendReason = (): void => {
    const given = words?.trim() ?? '';
    setMissing(given.length < MIN_WORDS);
    if (given.length >= MIN_WORDS) void send({ verdict: 'notYet', words: given, version });
  };

  return (
    <section className={styles['approvals']} aria-label="Approvals">
      <header className={styles['head']}>
        <h2>Approvals of the plan</h2>
        <Lozenge tone={yes === asked.length ? 'success' : 'warning'}>{`${String(yes)} of ${String(asked.length)}`}</Lozenge>
      </header>
      <ul className={styles['lines']}>
        {asked.map((one) => (
          <Line key={one.person.accountId} asked={one} asOf={asOf} />
        ))}
      </ul>
      {trouble && (
        <Message tone="danger" title="Your answer was not kept">
          {'text' in trouble ? trouble.text : 'Reload the page and try again.'}
        </Message>
      )}
      {mine && words === undefined && (
        <div className={styles['actions']}>
          {mine !== 'approve' && (
            <Button appearance="primary" spacing="compact" isLoading={busy} onClick={() => void send({ verdict: 'approve', version })}>
              Approve plan
            </Button>
          )}
          <Button spacing="compact" isDisabled={busy} onClick={() => setWords('')}>
            {mine === 'approve' ? 'Take approval back' : 'Not yet'}
          </Button>
        </div>
      )}
      {mine && words !== undefined && (
        <>
          <Field id={id} label="What has to be different first" problem={missing ? 'Say in a few words what is missing.' : undefined}>
            {(aria) => <textarea {...aria} rows={3} maxLength={2000} value={words} onChange={(event) => setWords(event.target.value)} />}
          </Field>
          <div className={styles['actions']}>
            <Button appearance="primary" spacing="compact" isLoading={busy} onClick={sendReason}>
              Send reason
            </Button>
            <Button appearance="subtle" spacing="compact" isDisabled={busy} onClick={() => setWords(undefined)}>
              Cancel
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
