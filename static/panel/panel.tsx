import Button from '@atlaskit/button/new';
import { useRef } from 'react';
import type { ProcessPanel } from '../../src/contract';
import { Hidden, Live } from '../shared/hidden';
import { Icon } from '../shared/icons';
import { Message } from '../shared/message';
import { report } from '../shared/report';
import { moment } from '../shared/time';
import { TroubleView } from '../shared/trouble';
import { useNow } from '../shared/use-now';
import { Approvals } from './approvals';
import { Chain } from './chain';
import { openHandOver } from './hand-over';
import { Ended } from './ended';
import { NextSteps } from './next-steps';
import styles from './panel.module.css';
import { PathStrip } from './path-strip';
import { People } from './people';
import { Refused } from './refused';
import { Skeleton } from './skeleton';
import { StepLine } from './step-line';
import { usePanel } from './use-panel';
import { isStuck, pausedWords } from './view';

interface ContentProps {
  panel: ProcessPanel;
  retrying: boolean;
  onRetry: () => void;
  onHandOver: () => void;
  onAnswer: (panel: ProcessPanel) => void;
}

function Content({ panel, retrying, onRetry, onHandOver, onAnswer }: ContentProps) {
  const now = useNow();
  const keys = panel.chain.flatMap((link) => (link.key !== undefined && !link.here ? [link.key] : []));
  const ended = panel.status === 'closed' || panel.status === 'cancelled';
  return (
    <>
      <PathStrip path={panel.path} />
      <StepLine panel={panel} />
      {panel.paused && (
        <Message tone="information" title="The rules of USM are paused">
          <span>{pausedWords(panel.paused, now)}. Steps are not held up meanwhile; what is missing below is checked afterwards.</span>
        </Message>
      )}
      {panel.refused && <Refused refused={panel.refused} asOf={panel.asOf} />}
      {isStuck(panel) && (
        <Message tone="warning" title={`${panel.key} should have moved by itself`}>
          <span>Everything handed over is back. Trying again takes the step now.</span>
          <Button spacing="compact" isLoading={retrying} onClick={onRetry}>
            Try again
          </Button>
        </Message>
      )}
      {ended ? <Ended panel={panel} /> : <NextSteps panel={panel} keys={keys} onHandOver={onHandOver} />}
      {panel.approvals && <Approvals approvals={panel.approvals} asOf={panel.asOf} onAnswer={onAnswer} />}
      <People panel={panel} />
      <Chain panel={panel} retrying={retrying} onRetry={onRetry} />
      {panel.may.handOver && (
        <div className={styles['actions']}>
          <Button iconBefore={() => <Icon name="arrowRight" />} onClick={onHandOver}>
            Hand over
          </Button>
        </div>
      )}
    </>
  );
}

/** The process panel: where this stands, what is missing, who is to move. */
export function Panel() {
  const { panel, trouble, told, retrying, refresh, refreshJira, retry, show, tell } = usePanel();
  const now = useNow();
  const opener = useRef<Element | null>(null);

  const onHandOver = (): void => {
    opener.current = document.activeElement;
    openHandOver((result) => {
      if (result) {
        tell(`Handed over: ${result.made.map((one) => `${one.typeName} ${one.key}`).join(', ')}.`);
        refreshJira();
        void refresh();
      }
      if (opener.current instanceof HTMLElement) opener.current.focus();
    }).catch((error: unknown) => {
      report('The hand-over dialog did not open', error);
      tell('The dialog did not open. Reload the page and try again.');
    });
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
      {panel && <Content panel={panel} retrying={retrying} onRetry={() => void retry()} onHandOver={onHandOver} onAnswer={show} />}
      {!panel && trouble && <TroubleView trouble={trouble} subject="The process" retry={() => void refresh()} />}
    </main>
  );
}
