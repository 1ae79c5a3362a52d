/** The agreement panel: what was promised, how it stands, and what the promise rests on. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { WorkAgreementView } from '../../src/contract';
import { Hidden } from '../shared/hidden';
import { Lozenge } from '../shared/lozenge';
import { Message } from '../shared/message';
import { Skeleton } from '../shared/skeleton';
import { moment, wholeMoment } from '../shared/time';
import { TroubleView } from '../shared/trouble';
import { useNow } from '../shared/use-now';
import { WorkItemLink } from '../shared/work-item-link';
import { STATUSES, VERDICTS } from '../usm/agreements/words';
import { Choose } from './choose';
import styles from './panel.module.css';
import { ScaleBars } from './scale';
import { Targets } from './targets';
import { type AgreementState, useAgreement } from './use-agreement';
import { WishAgreement } from './wish';
import { headWords, minutesWords, stopsText } from './words';

const LINES = [
  { height: 20, width: '60%' },
  { height: 48, width: '100%' },
  { height: 60, width: '100%' },
] as const;

const VERDICT_TONES = { cannot: 'danger', missing: 'warning', unknown: 'neutral', tight: 'warning', holds: 'success' } as const;
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

function Head({ view, now }: { view: WorkAgreementView; now: number }) {
  const { agreement } = view;
  const words = headWords(view, now);
  return (
    <div className={styles['head']}>
      <div>
        {agreement ? (
          <>
            <h2>
              {agreement.id} {agreement.name}
            </h2>{' '}
            <span>version {agreement.version}</span>
            <p className={styles['subtle']}>
              with {agreement.customer}
              {agreement.until !== undefined && `, to ${DAY.format(Date.parse(agreement.until))}`}
            </p>
          </>
        ) : (
          <h2>{view.root?.leg ?? 'A promise of its own'}</h2>
        )}
      </div>
      <div className={styles['lozenges']}>
        {agreement && <Lozenge tone={STATUSES[agreement.status].tone}>{STATUSES[agreement.status].name}</Lozenge>}
        {words && <Lozenge tone={words.tone}>{words.text}</Lozenge>}
      </div>
    </div>
  );
}

function Fixed({ view: { fixed, chosen }, now }: { view: WorkAgreementView; now: number }) {
  return (
    <>
      {fixed && (
        <p className={styles['subtle']}>
          {fixed.priority !== undefined && `Priority ${String(fixed.priority)}. `}Targets kept as they were at {chosen ? 'the choice' : 'acceptance'},{' '}
          <time title={wholeMoment(fixed.at)}>{moment(fixed.at, now)}</time>.
        </p>
      )}
      {fixed?.priorityNow !== undefined && (
        <Message tone="information" title={`The priority is ${String(fixed.priorityNow)} now`}>
          What was promised at acceptance stays. Choose the agreement again to promise anew.
        </Message>
      )}
      {chosen && (
        <p className={styles['subtle']}>
          Chosen by {chosen.by.name}, <time title={wholeMoment(chosen.at)}>{moment(chosen.at, now)}</time>: “{chosen.why}”
        </p>
      )}
    </>
  );
}

const Rests = ({ rests }: { rests: NonNullable<WorkAgreementView['rests']> }) => (
  <section className={styles['rests']} aria-label="What this promise rests on">
    <div className={styles['head']}>
      <h3>What this promise rests on</h3>
      <Lozenge tone={VERDICT_TONES[rests.state]}>{VERDICTS[rests.state].name}</Lozenge>
    </div>
    <ul>
      {rests.legs.map(({ id, name, minutes }) => (
        <li key={id ?? name}>
          <span>
            {id !== undefined && <b>{id}</b>} {name}
          </span>
          <span>{minutes === undefined ? 'no time' : minutesWords(minutes)}</span>
        </li>
      ))}
    </ul>
    <p className={styles['subtle']}>{rests.text}</p>
  </section>
);

function Kept({ view, now }: { view: WorkAgreementView; now: number }) {
  const stops = stopsText(view, now);
  return (
    <>
      <Head view={view} now={now} />
      <div className={styles['columns']}>
        <div>
          <p className={styles['promise']}>{view.promise ?? view.text}</p>
          <Fixed view={view} now={now} />
          <ScaleBars view={view} />
        </div>
        <div>
          {view.targets.length > 0 && <Targets view={view} now={now} />}
          {stops && (
            <p className={styles['stops']}>
              <b>{stops.lead}</b> {stops.text}
            </p>
          )}
          {view.rests && <Rests rests={view.rests} />}
        </div>
      </div>
    </>
  );
}

const TITLES: Readonly<Record<Exclude<WorkAgreementView['kind'], 'kept'>, string>> = {
  waits: 'Promised once it is accepted',
  none: 'No agreement covers this',
  exempt: 'No agreement is needed',
  unasked: 'Nothing is agreed yet',
};

interface ContentProps {
  view: WorkAgreementView;
  refused: string | undefined;
  choose: (agreement: string, reason: string) => Promise<boolean>;
}

function Content({ view, refused, choose }: ContentProps) {
  const now = useNow();
  const [choosing, setChoosing] = useState(false);
  const { choices = [], root, kind } = view;
  return (
    <>
      {kind === 'kept' ? (
        <Kept view={view} now={now} />
      ) : (
        <Message tone={kind === 'none' ? 'warning' : 'information'} title={TITLES[kind]}>
          {view.text}
        </Message>
      )}
      {kind !== 'kept' && <Fixed view={view} now={now} />}
      {root && (
        <p className={styles['subtle']}>
          Handed over from {root.key === undefined ? 'a work item you may not see' : <WorkItemLink itemKey={root.key}>{root.key}</WorkItemLink>},
          whose agreement counts for the customer.{root.leg !== undefined && ` This leg works by ${root.leg}.`}
        </p>
      )}
      {choosing && <Choose {...{ choices, refused, choose }} accepted={view.status !== 'registered'} onDone={() => setChoosing(false)} />}
      {!choosing && choices.length > 0 && (
        <div>
          <Button spacing="compact" appearance={kind === 'none' ? 'default' : 'subtle'} onClick={() => setChoosing(true)}>
            {view.agreement ? 'Choose another agreement' : 'Choose the agreement'}
          </Button>
        </div>
      )}
    </>
  );
}

const Failed = ({ trouble, read }: { trouble: NonNullable<AgreementState['trouble']>; read: () => Promise<void> }) => (
  <TroubleView trouble={trouble} subject="The agreement" retry={() => void read()} />
);

export function AgreementPanel() {
  const { agreement, trouble, refused, read, choose } = useAgreement();
  return (
    <main className={styles['panel']}>
      <h1>
        <Hidden>Agreement</Hidden>
      </h1>
      {!agreement && !trouble && <Skeleton subject="the agreement" lines={LINES} />}
      {agreement?.type === 'wish' && <WishAgreement />}
      {agreement && agreement.type !== 'wish' && <Content view={agreement} {...{ refused, choose }} />}
      {trouble && <Failed {...{ trouble, read }} />}
    </main>
  );
}
