/** An agreement is begun: from nothing, or from the words of another. Asked in place, once; the same request again is the same agreement. */
import { useMemo, useRef, useState } from 'react';
import type { AgreementDetail, AgreementFinding, Trouble } from '../../../../src/contract';
import { AGREEMENT_KINDS } from '../../../../src/contract/agreements';
import { isTrouble } from '../../../shared/call';
import { Message } from '../../../shared/message';
import { useAddress } from '../../../setup/ui/address';
import { Confirm } from '../../../setup/ui/confirm';
import { Failed } from '../../../setup/ui/failed';
import { DraftingProvider } from '../../editing/drafting';
import editing from '../../editing/editing.module.css';
import { Jumps } from '../../editing/findings';
import { Choice, Text } from '../../editing/fields';
import { NamesProvider } from '../../editing/names';
import { Pick } from '../../editing/pick';
import { withValue } from '../../editing/places';
import { TimeZones, ZONES } from '../../editing/time-zones';
import { editPath } from '../address';
import { call } from '../call';
import { KINDS } from '../words';
import type { Json } from './merge';

type BeginForm = { kind: string; name: string; provider: string; customer: string; timeZone: string };

const KIND_OPTIONS = AGREEMENT_KINDS.map((value) => ({ value, name: `${value}, ${KINDS[value].toLowerCase()}` }));
const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

const wrongIn = ({ name, provider, customer, timeZone }: BeginForm): Map<string, string> =>
  new Map([
    ...(name.trim() === '' ? [['name', 'Give it a name.'] as const] : []),
    ...(provider === '' ? [['provider', 'Choose who provides it.'] as const] : []),
    ...(customer === '' ? [['customer', 'Choose whom it is for.'] as const] : []),
    ...(timeZone.trim() === '' ? [['timeZone', 'Use a name such as Europe/Amsterdam.'] as const] : []),
  ]);

type Made = AgreementDetail | { state: 'refused'; wrong: AgreementFinding[] } | Trouble;

interface AskProps {
  title: string;
  action: string;
  about: string;
  begin: BeginForm;
  known?: ReadonlyMap<string, string>;
  fields: JSX.Element;
  make: (form: BeginForm, request: string) => Promise<Made>;
  onKeep: () => void;
}

function Ask({ title, action, about, begin, known = new Map(), fields, make, onKeep }: AskProps) {
  const { go } = useAddress();
  const [form, setForm] = useState<BeginForm>(begin);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<readonly AgreementFinding[]>([]);
  const [trouble, setTrouble] = useState<Trouble>();
  const request = useRef(crypto.randomUUID());
  const wrong = useMemo(
    () => new Map([...refused.flatMap(({ path, text }) => (path === undefined ? [] : [[path, text] as const])), ...(tried ? wrongIn(form) : [])]),
    [refused, tried, form],
  );
  const drafting = useMemo(
    () => ({
      form,
      wrong,
      set: (path: string, value: Json): void => {
        setRefused([]);
        setForm((before) => withValue(before, path, value) as BeginForm);
      },
    }),
    [form, wrong],
  );
  const send = async (): Promise<void> => {
    setTried(true);
    if (wrongIn(form).size > 0) return;
    setBusy(true);
    setTrouble(undefined);
    const answer = await make(form, request.current);
    setBusy(false);
    if (isTrouble(answer)) return setTrouble(answer);
    if (answer.state === 'refused') return setRefused(answer.wrong);
    go(editPath(answer.agreement.id));
  };
  return (
    <NamesProvider known={known} people={[]}>
      <DraftingProvider value={drafting}>
        <TimeZones />
        <Confirm title={title} action={action} keep="Leave it as it is" busy={busy} onConfirm={() => void send()} onKeep={onKeep}>
          <p>{about}</p>
          {trouble && <Failed trouble={trouble} title="It was not made" />}
          {refused.length > 0 && (
            <Message alert tone="danger" title="It was not made">
              <Jumps all={refused} />
            </Message>
          )}
          <div className={editing['fields']}>{fields}</div>
        </Confirm>
      </DraftingProvider>
    </NamesProvider>
  );
}

export const NewAgreement = ({ onKeep }: { onKeep: () => void }) => (
  <Ask
    title="Draft an agreement"
    action="Begin the draft"
    about="Who promises what to whom. Everything else is written in the draft, and nobody is bound by it until it is offered and accepted."
    begin={{ kind: 'SA', name: '', provider: '', customer: '', timeZone: ownZone() }}
    fields={
      <>
        <Choice path="kind" label="Kind" options={KIND_OPTIONS} optional={false} />
        <Text path="name" label="Name" optional={false} />
        <Pick path="provider" label="Provided by" kind="party" optional={false} />
        <Pick path="customer" label="For" kind="party" optional={false} />
        <Text path="timeZone" label="Time zone" list={ZONES} optional={false} />
      </>
    }
    make={({ kind, name, timeZone, ...ends }, request) =>
      call('agreements.new', {
        request,
        kind: AGREEMENT_KINDS.find((one) => one === kind) ?? 'SA',
        header: { name: name.trim(), ...ends },
        timeZone: timeZone.trim(),
      })
    }
    onKeep={onKeep}
  />
);

export const CloneAgreement = ({ detail, onKeep }: { detail: AgreementDetail; onKeep: () => void }) => {
  const { agreement, version, customer, terms } = detail;
  return (
    <Ask
      title={`Clone ${agreement.id}, version ${String(version)}`}
      action="Begin the draft"
      about="The same terms in a new agreement: a draft without dates, that says who else it is for."
      begin={{ kind: agreement.kind, name: agreement.name, provider: agreement.provider, customer: customer.id, timeZone: terms.timeZone }}
      known={new Map([[customer.id, customer.name]])}
      fields={
        <>
          <Text path="name" label="Name" optional={false} />
          <Pick path="customer" label="For" kind="party" optional={false} />
        </>
      }
      make={({ name, customer: taker }, request) =>
        call('agreements.clone', { request, id: agreement.id, version, name: name.trim(), customer: taker })
      }
      onKeep={onKeep}
    />
  );
};
