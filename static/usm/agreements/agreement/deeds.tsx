/** What can be done with the version now, each with what stands against it, asked once before it is done. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { AgreementDetail, AgreementFinding, Trouble } from '../../../../src/contract';
import { isTrouble } from '../../../shared/call';
import { Field } from '../../../shared/field';
import { Message } from '../../../shared/message';
import { Confirm } from '../../../setup/ui/confirm';
import { Failed } from '../../../setup/ui/failed';
import layout from '../../../setup/ui/layout.module.css';
import { Option } from '../../../setup/ui/option';
import { call } from '../call';
import { asksSide, CONSEQUENCES, DAYS, deedOf, type Given, missingOf, nothingGiven, type Possible, type Side } from './deed';

interface DeedsProps {
  detail: AgreementDetail;
  onDone: (detail: AgreementDetail, told: string) => void;
}

const sideName = ({ customer, provider }: AgreementDetail, side: Side): string =>
  side === 'customer' ? `${customer.name}, the customer` : `${provider.name}, the provider`;

const Findings = ({ tone, title, findings }: { tone: 'danger' | 'warning'; title: string; findings: readonly AgreementFinding[] }) =>
  findings.length === 0 ? null : (
    <Message tone={tone} title={title}>
      <ul className={layout['bullets']}>
        {findings.map(({ text, rule }, index) => (
          <li key={index}>
            {text} {rule !== undefined && <small>{rule}</small>}
          </li>
        ))}
      </ul>
    </Message>
  );

interface AskProps extends DeedsProps {
  possible: Possible;
  onKeep: () => void;
}

function Ask({ detail, possible, onDone, onKeep }: AskProps) {
  const [given, setGiven] = useState(() => nothingGiven(possible));
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState(possible.refused);
  const [trouble, setTrouble] = useState<Trouble>();
  const change = (part: Partial<Given>): void => setGiven((before) => ({ ...before, ...part }));
  const missing = missingOf(possible, given);
  const problems = asked ? missing : {};
  const day = DAYS[possible.kind];
  const barred = possible.refused.length > 0;

  const send = async (): Promise<void> => {
    setAsked(true);
    if (Object.keys(missing).length > 0) return;
    setBusy(true);
    setTrouble(undefined);
    const { rowVersion, version, fingerprint, agreement } = detail;
    const deed = deedOf(possible, given);
    const answer = await (deed
      ? call('agreements.deed', { id: agreement.id, version, rowVersion, deed })
      : call('agreements.accept', { id: agreement.id, version, side: given.side === '' ? 'customer' : given.side, fingerprint }));
    setBusy(false);
    if (isTrouble(answer)) setTrouble(answer);
    else if (answer.state === 'refused') setRefused(answer.wrong);
    else if (answer.state === 'stale') onDone(answer.now, answer.text);
    else onDone(answer, `Done: ${possible.name}.`);
  };

  return (
    <Confirm
      title={possible.name}
      action={barred ? 'Read again' : possible.name}
      keep="Leave it as it is"
      danger={possible.kind === 'end'}
      busy={busy}
      onConfirm={() => (barred ? onKeep() : void send())}
      onKeep={onKeep}
    >
      <p>{CONSEQUENCES[possible.kind]}</p>
      {trouble && <Failed trouble={trouble} title="It was not done" />}
      <Findings tone="danger" title="This stands against it" findings={refused} />
      <Findings tone="warning" title="To be known before" findings={possible.warned} />
      {!barred && asksSide(possible) && (
        <fieldset className={layout['lines']}>
          <legend>You speak for</legend>
          {(possible.sides ?? []).map((side) => (
            <Option
              key={side}
              type="radio"
              name="side"
              title={sideName(detail, side)}
              checked={given.side === side}
              onChange={() => change({ side })}
            />
          ))}
          {problems.side !== undefined && <p role="alert">{problems.side}</p>}
        </fieldset>
      )}
      {!barred && day && (
        <Field label={day.label} id="deed-day" hint={day.hint} problem={problems.day} optional={!day.required}>
          {(aria) => <input {...aria} type="date" value={given.day} onChange={(event) => change({ day: event.target.value })} />}
        </Field>
      )}
      {!barred && possible.kind === 'end' && (
        <Field label="Why it ends" id="deed-why" problem={problems.why}>
          {(aria) => <textarea {...aria} rows={3} value={given.why} onChange={(event) => change({ why: event.target.value })} />}
        </Field>
      )}
    </Confirm>
  );
}

/** Those that nothing stands against come first, and the first of them is the next step. */
const inOrder = (deeds: readonly Possible[]): Possible[] =>
  [...deeds].sort((a, b) => Number(a.refused.length > 0 || a.kind === 'end') - Number(b.refused.length > 0 || b.kind === 'end'));

export function Deeds({ detail, onDone }: DeedsProps) {
  const [chosen, setChosen] = useState<Possible['kind']>();
  const possible = detail.deeds.find(({ kind }) => kind === chosen);
  if (detail.deeds.length === 0) return null;
  if (possible)
    return (
      <Ask
        key={possible.kind}
        {...{ detail, possible }}
        onDone={(next, told) => {
          setChosen(undefined);
          onDone(next, told);
        }}
        onKeep={() => setChosen(undefined)}
      />
    );
  return (
    <div className={layout['row']} role="group" aria-label="What can be done now">
      {inOrder(detail.deeds).map((one, index) => (
        <Button
          key={one.kind}
          appearance={index === 0 && one.refused.length === 0 && one.kind !== 'end' ? 'primary' : 'default'}
          onClick={() => setChosen(one.kind)}
        >
          {one.name}
        </Button>
      ))}
    </div>
  );
}
