/** On a Wish: what is drafted for it, what that lacks, who accepts it; or the beginning of a draft. */
import Button from '@atlaskit/button/new';
import { events, NavigationTarget, router } from '@forge/bridge';
import { useCallback, useEffect, useId, useState } from 'react';
import type { AgreementDetail, Trouble, WishOffer, WishStart } from '../../src/contract';
import { isTrouble } from '../shared/call';
import { Field } from '../shared/field';
import { Lozenge } from '../shared/lozenge';
import { Mark } from '../shared/mark';
import { Message } from '../shared/message';
import { report } from '../shared/report';
import { Skeleton } from '../shared/skeleton';
import { TroubleView } from '../shared/trouble';
import { Verdict } from '../usm/agreements/verdict';
import { dayWords, STATUSES, VERDICTS } from '../usm/agreements/words';
import { call } from './call';
import {
  acceptanceText,
  brokenLines,
  choicesOf,
  draftingOf,
  FIRST_CHOICE,
  isNew,
  lacksText,
  mayAccept,
  owesText,
  owesTitle,
  pageOf,
} from './wish-words';
import styles from './wish.module.css';

const LINES = [
  { height: 20, width: '70%' },
  { height: 56, width: '100%' },
  { height: 32, width: '40%' },
];

const open = (detail: AgreementDetail): void =>
  void router
    .navigate({ target: NavigationTarget.Module, moduleKey: 'usm', path: pageOf(detail) })
    .catch((error: unknown) => report(`${detail.agreement.id} did not open`, error));

const textOf = (trouble: Trouble): string => ('text' in trouble ? trouble.text : 'Reload the page and try again.');

interface Told {
  title: string;
  text: string;
}

/** An act that answers with how the Wish stands, or says why it was not done. */
function useAct() {
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<Told>();
  const act = async (run: () => Promise<Told | undefined>): Promise<void> => {
    setBusy(true);
    setTold(await run());
    setBusy(false);
  };
  return { busy, told, act };
}

const NotDone = ({ told }: { told: Told | undefined }) =>
  told ? (
    <Message tone="danger" title={told.title} alert>
      <span>{told.text}</span>
    </Message>
  ) : null;

function Start({ start, onOffer }: { start: WishStart; onOffer: (offer: WishOffer) => void }) {
  const id = useId();
  const [choice, setChoice] = useState(FIRST_CHOICE);
  const [provider, setProvider] = useState(start.provider?.id ?? '');
  const [request] = useState(() => crypto.randomUUID());
  const { busy, told, act } = useAct();
  const choices = choicesOf(start);
  const begin = (): Promise<void> =>
    act(async () => {
      const answer = await call('wish.draft', { request, drafting: draftingOf(choice, provider) });
      if (isTrouble(answer)) return { title: 'The draft was not started', text: textOf(answer) };
      if (answer.state === 'refused') return { title: 'Something is missing', text: answer.wrong.map(({ text }) => text).join(' ') };
      onOffer(answer);
      return undefined;
    });
  return (
    <section className={styles['wish']} aria-label="Start a draft">
      <Message tone="information" title="Nothing is drafted for this Wish yet">
        <span>A draft says what is offered. It takes its name, parties and service from the Wish.</span>
      </Message>
      {choices.length > 1 && (
        <Field label="What is drafted" id={`${id}-what`}>
          {(aria) => (
            <select {...aria} value={choice} onChange={(event) => setChoice(event.target.value)}>
              {choices.map(({ value, name }) => (
                <option key={value} value={value}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {isNew(choice) && (
        <Field label="Who provides it" id={`${id}-who`}>
          {(aria) => (
            <select {...aria} value={provider} onChange={(event) => setProvider(event.target.value)}>
              <option value="">Choose a team</option>
              {start.providers.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <NotDone told={told} />
      <div className={styles['actions']}>
        <Button appearance="primary" spacing="compact" isLoading={busy} onClick={() => void begin()}>
          Start a draft
        </Button>
      </div>
    </section>
  );
}

function Acceptance({ detail, onDone }: { detail: AgreementDetail; onDone: () => void }) {
  const [asking, setAsking] = useState(false);
  const { busy, told, act } = useAct();
  const { agreement, version, fingerprint, customer } = detail;
  const accept = (): Promise<void> =>
    act(async () => {
      const answer = await call('agreements.accept', { id: agreement.id, version, side: 'customer', fingerprint });
      if (isTrouble(answer)) return { title: 'It was not accepted', text: textOf(answer) };
      if (answer.state === 'refused') return { title: 'It was not accepted', text: answer.wrong.map(({ text }) => text).join(' ') };
      if (answer.state === 'stale') return { title: 'It was not accepted', text: answer.text };
      setAsking(false);
      onDone();
      return undefined;
    });
  return (
    <section className={styles['part']} aria-label="Acceptance">
      <h3>Acceptance</h3>
      <p>{acceptanceText(detail)}</p>
      <NotDone told={told} />
      {mayAccept(detail) && !asking && (
        <div className={styles['actions']}>
          <Button appearance="primary" spacing="compact" onClick={() => setAsking(true)}>
            Accept version {version}
          </Button>
        </div>
      )}
      {mayAccept(detail) && asking && (
        <>
          <p>
            You say yes for {customer.name} to the text with the fingerprint {fingerprint}. Read it first; what was accepted is never changed.
          </p>
          <div className={styles['actions']}>
            <Button appearance="primary" spacing="compact" isLoading={busy} onClick={() => void accept()}>
              Accept for {customer.name}
            </Button>
            <Button appearance="subtle" spacing="compact" isDisabled={busy} onClick={() => open(detail)}>
              Read agreement
            </Button>
            <Button appearance="subtle" spacing="compact" isDisabled={busy} onClick={() => setAsking(false)}>
              Leave it
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

function Drafted({ detail, onDone }: { detail: AgreementDetail; onDone: () => void }) {
  const { agreement, version, status, verdict, provider, customer, editable, keeps, dates } = detail;
  const lacks = status === 'draft' ? lacksText(detail) : undefined;
  const writes = editable && keeps;
  return (
    <>
      <header className={styles['head']}>
        <h2>{agreement.name}</h2>
        <p>
          {agreement.id}, version {version} <Lozenge tone={STATUSES[status].tone}>{STATUSES[status].name}</Lozenge>
        </p>
        <p className={styles['small']}>
          {provider.name} for {customer.name}
          {dates.validFrom !== undefined && `, from ${dayWords(dates.validFrom)}`}
        </p>
      </header>
      <Verdict state={verdict.state} reason={verdict.reason} />
      {brokenLines(detail).length > 0 && (
        <ul className={styles['lines']}>
          {brokenLines(detail).map(({ key, label, text, state }) => (
            <li key={key}>
              <Mark kind={VERDICTS[state].mark} />
              <span>
                {label}: {text}
              </span>
            </li>
          ))}
        </ul>
      )}
      {lacks !== undefined && (
        <Message tone="warning" title="The offer is not complete">
          <span>{lacks}</span>
        </Message>
      )}
      <div className={styles['actions']}>
        <Button
          appearance={lacks !== undefined && writes ? 'primary' : 'default'}
          spacing="compact"
          onClick={() => open({ ...detail, editable: writes })}
        >
          {writes ? 'Write draft' : 'Open agreement'}
        </Button>
      </div>
      {status !== 'ended' && <Acceptance detail={detail} onDone={onDone} />}
    </>
  );
}

export function WishAgreement() {
  const [offer, setOffer] = useState<WishOffer>();
  const [trouble, setTrouble] = useState<Trouble>();
  const { busy, told, act } = useAct();

  const refresh = useCallback(async (): Promise<void> => {
    const answer = await call('wish.offer', {});
    setTrouble(isTrouble(answer) ? answer : undefined);
    if (!isTrouble(answer)) setOffer(answer);
  }, []);
  const retry = (): Promise<void> =>
    act(async () => {
      const answer = await call('work.retry', {});
      await refresh();
      return isTrouble(answer) ? { title: 'It was not tried again', text: textOf(answer) } : undefined;
    });

  useEffect(() => {
    const look = (): void => {
      if (!document.hidden) void refresh();
    };
    look();
    document.addEventListener('visibilitychange', look);
    const subscription = events.on('JIRA_ISSUE_CHANGED', look);
    subscription.catch((error: unknown) => report('No events of the work item', error));
    return () => {
      document.removeEventListener('visibilitychange', look);
      void subscription.then((one) => one.unsubscribe()).catch(() => undefined);
    };
  }, [refresh]);

  if (trouble) return <TroubleView trouble={trouble} subject="The agreement" retry={() => void refresh()} />;
  if (!offer) return <Skeleton subject="the agreement" lines={LINES} />;
  const { drafted, start, owes } = offer;
  return (
    <section className={styles['wish']} aria-label="What is drafted">
      {owes && (
        <Message tone="warning" title={owesTitle(owes)}>
          <span>{owesText(owes)}</span>
          <div className={styles['actions']}>
            <Button spacing="compact" isLoading={busy} onClick={() => void retry()}>
              Try again
            </Button>
          </div>
        </Message>
      )}
      <NotDone told={told} />
      {drafted && <Drafted detail={drafted} onDone={() => void refresh()} />}
      {start && <Start start={start} onOffer={setOffer} />}
      {!drafted && !start && (
        <Message tone="information" title="Nothing is drafted for this Wish">
          <span>A service manager starts the draft that says what is offered.</span>
        </Message>
      )}
    </section>
  );
}
