import Button from '@atlaskit/button/new';
import type { ProcessPanel } from '../../src/contract';
import type { Renewed } from '../receipt/receiving';
import { Hidden, Live } from '../shared/hidden';
import { Message } from '../shared/message';
import { moment } from '../shared/time';
import { TroubleView } from '../shared/trouble';
import { useNow } from '../shared/use-now';
import { Actions } from './actions';
import { Approvals } from './approvals';
import { Chain } from './chain';
import { DoneMessage } from './done';
import { Ended } from './ended';
import { Group } from './group';
import { NextSteps } from './next-steps';
import styles from './panel.module.css';
import { PathStrip } from './path-strip';
import { People } from './people';
import { OpenReceipts, Records, StrayLinks } from './receipts';
import { Refused } from './refused';
import { Skeleton } from './skeleton';
import { StepLine } from './step-line';
import { type Acts, type Told, useActs } from './use-acts';
import { usePanel } from './use-panel';
import { isStuck, pausedWords } from './view';

interface ContentProps {
  panel: ProcessPanel;
  retrying: boolean;
  onRetry: () => void;
  acts: Acts & { told: Told };
  onAnswer: (panel: ProcessPanel) => void;
  onChanged: (panel: ProcessPanel) => void;
  onRenewed: (renewed: Renewed) => void;
  onOvertaken: () => void;
}

function Content({ panel, retrying, onRetry, acts, onAnswer, onChanged, onRenewed, onOvertaken }: ContentProps) {
  const now = useNow();
  const keys = panel.chain.flatMap((link) => (link.key !== undefined && !link.here ? [link.key] : []));
  const ended = panel.status === 'closed' || panel.status === 'cancelled';
  return (
    <>
      <OpenReceipts {...{ panel, now, onRenewed, onOvertaken }} />
      <PathStrip path={panel.path} />
      <StepLine panel={panel} />
      {panel.paused && (
        <Message tone="information" title="The rules of USM are paused">
          <span>{pausedWords(panel.paused, now)}. Steps are not held up meanwhile; what is missing below is checked afterwards.</span>
        </Message>
      )}
      <DoneMessage told={acts.told} />
      {panel.refused && <Refused refused={panel.refused} asOf={panel.asOf} />}
      {isStuck(panel) && (
        <Message tone="warning" title={`${panel.key} should have moved by itself`}>
          <span>Everything handed over is back. Trying again takes the step now.</span>
          <Button spacing="compact" isLoading={retrying} onClick={onRetry}>
            Try again
          </Button>
        </Message>
      )}
      {ended ? <Ended panel={panel} /> : <NextSteps panel={panel} keys={keys} acts={acts} />}
      {panel.approvals && <Approvals approvals={panel.approvals} asOf={panel.asOf} onAnswer={onAnswer} />}
      <People panel={panel} />
      <Chain panel={panel} retrying={retrying} onRetry={onRetry} />
      <Records {...{ panel, now, onRenewed, onOvertaken }} />
      <StrayLinks {...{ panel, now, onRenewed, onOvertaken }} />
      <Group panel={panel} onPanel={onChanged} />
      <Actions panel={panel} acts={acts} />
    </>
  );
}

/** The process panel: where this stands, what is missing, who is to move. */
export function Panel() {
  const { panel, trouble, told, retrying, refresh, refreshJira, retry, tell, show } = usePanel();
  const now = useNow();
  const acts = useActs({ show, refresh, refreshJira, tell });

  /** What an act answered is newer than what was read. */
  const onChanged = (answer: ProcessPanel): void => {
    show(answer);
    refreshJira();
  };

  const onRenewed = ({ told, panel: renewed }: Renewed): void => {
    if (renewed) show(renewed);
    tell(told);
    refreshJira();
  };

  return (
    <main className={styles['panel']}>
      <h1>
        <Hidden>USM process</Hidden>
      </h1>
      <Live>{told}</Live>
      {!panel && !trouble && <Skeleton />}
      {panel && trouble && (
        <Message tone="information" title={`As of ${moment(panel.asOf, now)}`}>
          The last reading failed; it is tried again by itself.
        </Message>
      )}
      {panel && (
        <Content
          {...{ panel, retrying, acts, onChanged, onRenewed }}
          onAnswer={show}
          onRetry={() => void retry()}
          onOvertaken={() => void refresh()}
        />
      )}
      {!panel && trouble && <TroubleView trouble={trouble} subject="The process" retry={() => void refresh()} />}
    </main>
  );
}
