/** Too many incidents on one item: the trend rule proposes a Preventive Action, and a person decides (A14). */
import Button from '@atlaskit/button/new';
import { Fragment, useCallback, useState } from 'react';
import type { TrendProposal } from '../../../../src/contract';
import { isTrouble } from '../../../shared/call';
import { Message } from '../../../shared/message';
import { type Refusal, RefusalMessage } from '../../../shared/refusal';
import { refusalOf } from '../../../shared/refusal-of';
import { WorkItemLink } from '../../../shared/work-item-link';
import layout from '../../../setup/ui/layout.module.css';
import { call } from '../call';
import { useRead } from '../use-read';
import styles from './item.module.css';

const Keys = ({ keys }: { keys: readonly string[] }) => (
  <>
    {keys.map((key, index) => (
      <Fragment key={key}>
        {index > 0 && ', '}
        <WorkItemLink itemKey={key}>{key}</WorkItemLink>
      </Fragment>
    ))}
  </>
);

function Found({ proposal, onMade }: { proposal: TrendProposal; onMade: () => void }) {
  const { item, times, days, incidents, made } = proposal;
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const prevent = async (): Promise<void> => {
    setBusy(true);
    setRefusal(undefined);
    const answer = await call('register.prevent', { key: item });
    setBusy(false);
    if (isTrouble(answer) || answer.state === 'refused') setRefusal(refusalOf(answer, 'No Preventive Action was made'));
    else onMade();
  };
  return (
    <div className={layout['lines']}>
      <Message tone="information" title={`${String(times)} incidents in ${String(days)} days`}>
        {incidents.length > 0 && (
          <span className={styles['told']}>
            <Keys keys={incidents} />
          </span>
        )}
        {made ? (
          <span className={styles['told']}>
            {made.key === undefined ? (
              'A Preventive Action that you may not see'
            ) : (
              <>
                Preventive Action <WorkItemLink itemKey={made.key}>{made.key}</WorkItemLink>
              </>
            )}{' '}
            deals with it.
          </span>
        ) : (
          <>
            <span>The trend rule proposes a Preventive Action with these linked.</span>
            <Button spacing="compact" isLoading={busy} onClick={() => void prevent()}>
              Start the Preventive Action
            </Button>
          </>
        )}
      </Message>
      {refusal && <RefusalMessage refusal={refusal} onReadAgain={onMade} />}
    </div>
  );
}

/** Nothing waits for it; where it cannot be read nothing is proposed. */
export function Proposal({ itemKey }: { itemKey: string }) {
  const read = useCallback(() => call('register.proposal', { key: itemKey }), [itemKey]);
  const { answer, again } = useRead(read);
  return answer?.proposal ? <Found proposal={answer.proposal} onMade={again} /> : null;
}
