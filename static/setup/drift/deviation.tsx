/** One deviation: what it means, both flows, what repair does, and the choice between repairing and accepting. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { Drift } from '../../../src/contract';
import { Field } from '../../shared/field';
import { Hidden } from '../../shared/hidden';
import { Icon } from '../../shared/icons';
import { Lozenge } from '../../shared/lozenge';
import { Mark } from '../../shared/mark';
import { Message } from '../../shared/message';
import { moment, momentToTheMinute } from '../../shared/time';
import { Confirm } from '../ui/confirm';
import layout from '../ui/layout.module.css';
import { counted } from '../ui/words';
import styles from './drift.module.css';
import { compareFlows } from './flow';
import { dayAfter, isDue, SEVERITIES } from './report';

export interface DeviationActions {
  repair: (ids: string[]) => void;
  accept: (id: string, reason: string, review: string) => Promise<boolean>;
  reopen: (id: string) => void;
}

interface DeviationProps extends DeviationActions {
  drift: Drift;
  now: number;
  busy: boolean;
  first: boolean;
}

const Plain = ({ title, steps }: { title: string; steps: readonly string[] }) => (
  <div>
    <h3>{title}</h3>
    <ol className={styles['flow']}>
      {steps.map((step, index) => (
        <li key={index}>
          <Lozenge>{step}</Lozenge>
        </li>
      ))}
    </ol>
  </div>
);

const Has = ({ says, has }: Pick<Drift, 'says' | 'has'>) => (
  <div>
    <h3>Your site has</h3>
    <ol className={styles['flow']}>
      {compareFlows(says, has).map(({ name, is }, index) => (
        <li key={index}>
          {is === 'same' ? (
            <Lozenge>{name}</Lozenge>
          ) : is === 'missing' ? (
            <Lozenge tone="danger">
              <Hidden>missing: </Hidden>
              <s className={styles['missing']}>{name}</s>
            </Lozenge>
          ) : (
            <Lozenge tone="warning">
              <Hidden>added: </Hidden>+ {name}
            </Lozenge>
          )}
        </li>
      ))}
    </ol>
  </div>
);

function Accept({ drift, now, busy, accept, onEnd }: Pick<DeviationProps, 'drift' | 'now' | 'busy' | 'accept'> & { onEnd: () => void }) {
  const [reason, setReason] = useState('');
  const [review, setReview] = useState(() => dayAfter(now, 90));
  const [tried, setTried] = useState(false);
  const noReason = reason.trim().length < 3 ? 'Say why it may stay, in at least 3 letters.' : undefined;
  const noReview = review === '' || review <= dayAfter(now, 0) ? 'Name a day after today on which somebody looks again.' : undefined;
  const send = async (): Promise<void> => {
    setTried(true);
    if (noReason === undefined && noReview === undefined && (await accept(drift.id, reason.trim(), review))) onEnd();
  };
  return (
    <Confirm
      title="Accept this deviation"
      action="Accept with this reason"
      keep="Do not accept"
      busy={busy}
      onKeep={onEnd}
      onConfirm={() => void send()}
    >
      <Field id={`reason-${drift.id}`} label="Reason" problem={tried ? noReason : undefined} hint="The auditor reads it.">
        {(aria) => <textarea {...aria} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
      <Field id={`review-${drift.id}`} label="Look again on" problem={tried ? noReview : undefined}>
        {(aria) => <input {...aria} type="date" value={review} onChange={(event) => setReview(event.target.value)} />}
      </Field>
    </Confirm>
  );
}

function Repair({ drift, now, busy, repair, accept, reopen }: Omit<DeviationProps, 'first'>) {
  const [asking, setAsking] = useState<'repair' | 'accept'>();
  const { accepted } = drift;
  const mendable = drift.repair.length > 0;
  if (asking === 'accept') return <Accept drift={drift} now={now} busy={busy} accept={accept} onEnd={() => setAsking(undefined)} />;
  if (asking === 'repair')
    return (
      <Confirm
        danger
        title="Repair changes what somebody did on purpose, perhaps"
        action="Repair"
        keep="Leave it"
        busy={busy}
        onKeep={() => setAsking(undefined)}
        onConfirm={() => repair([drift.id])}
      >
        <p>It may move work items or take away what was added. Read what it does before you go on.</p>
      </Confirm>
    );
  return (
    <>
      <div>
        <h3>{mendable ? 'Repair does this' : 'Only you can mend this, in Jira'}</h3>
        {mendable && (
          <ul className={layout['bullets']}>
            {drift.repair.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
      </div>
      {mendable && (
        <p className={layout['small']}>
          {counted(drift.requests, 'request')}.{' '}
          {drift.safe ? 'No work item moves.' : 'Work items may move, or something added goes: it asks once more.'}
        </p>
      )}
      {accepted && (
        <p className={layout['small']}>
          Accepted by {accepted.by.name} {moment(accepted.at, now)}: “{accepted.reason}”. To be looked at again on {accepted.review}.
        </p>
      )}
      <div className={layout['row']}>
        {mendable && (
          <Button appearance="primary" isDisabled={busy} onClick={() => (drift.safe ? repair([drift.id]) : setAsking('repair'))}>
            Repair
          </Button>
        )}
        {accepted ? (
          <Button isDisabled={busy} onClick={() => reopen(drift.id)}>
            Open again
          </Button>
        ) : (
          <Button isDisabled={busy} onClick={() => setAsking('accept')}>
            Accept with reason
          </Button>
        )}
      </div>
    </>
  );
}

export function Deviation(props: DeviationProps) {
  const { drift, now, first } = props;
  const { severity, sentence, meaning, says, has, who, when } = drift;
  const { name, mark, tone } = SEVERITIES[severity];
  const seen = [when !== undefined && momentToTheMinute(when, now), who !== undefined && `by ${who}`].filter((part) => part !== false).join(', ');
  return (
    <details open={first} className={styles['card']}>
      <summary>
        <Mark kind={mark} />
        <span className={styles['title']}>
          <span className={layout['row']}>
            <h2>{sentence}</h2>
            <Lozenge tone={tone}>{name}</Lozenge>
          </span>
          <p>{meaning}</p>
        </span>
        <span className={styles['when']}>{seen}</span>
        <Icon name="chevronRight" />
      </summary>
      <div className={styles['body']}>
        {isDue(drift, dayAfter(now, 0)) && (
          <div className={styles['wide']}>
            <Message tone="warning" title="To be looked at again today">
              It was accepted until now. Repair it, or open it again and accept it anew.
            </Message>
          </div>
        )}
        <section>
          <div>
            <h3>What it means</h3>
            <p>{meaning}</p>
          </div>
          {says.length > 0 && <Plain title="The method says" steps={says} />}
          {(says.length > 0 || has.length > 0) && <Has says={says} has={has} />}
        </section>
        <section>
          <Repair {...props} />
        </section>
      </div>
    </details>
  );
}
