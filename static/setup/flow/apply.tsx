/** Applying and undoing: how far it is, what is being done, and the ways to stop. */
import Button from '@atlaskit/button/new';
import { useEffect, useRef, useState } from 'react';
import type { SetupProgress } from '../../../src/contract';
import { Live } from '../../shared/hidden';
import { Icon } from '../../shared/icons';
import { Mark } from '../../shared/mark';
import { Message } from '../../shared/message';
import { Reference } from '../../shared/reference';
import { wholeMoment } from '../../shared/time';
import { Confirm } from '../ui/confirm';
import { Failed } from '../ui/failed';
import layout from '../ui/layout.module.css';
import { ProgressBar } from '../ui/progress-bar';
import { counted, toldProgress } from '../ui/words';
import styles from './apply.module.css';
import { objects } from './plan';
import { headline, stepLines, timeLeft } from './run';
import type { useRun } from './use-run';

type RunState = ReturnType<typeof useRun>;

const BEGINNING: SetupProgress = {
  state: 'ok',
  phase: 'running',
  step: 0,
  of: 0,
  done: [],
  left: [],
  reads: 0,
  writes: 0,
  made: 0,
  kept: [],
  busy: false,
};

/** Who is at it, and what that means for whoever looks. */
function standing({ progress, driving, stopping }: RunState): string | undefined {
  if (!progress || driving)
    return stopping === 'undo' ? 'stops after this step, then undoes' : stopping === 'pause' ? 'pauses after this step' : undefined;
  if (progress.phase !== 'running' && progress.phase !== 'undoing') return undefined;
  if (progress.busy) return `${progress.startedBy?.name ?? 'Another administrator'} is at it`;
  return 'paused';
}

function Buttons({ run, progress, onUndo }: { run: RunState; progress: SetupProgress; onUndo: () => void }) {
  const { driving, stopping } = run;
  if (driving === 'apply')
    return (
      <>
        <Button iconBefore={() => <Icon name="pause" />} isDisabled={stopping !== undefined} onClick={() => run.stop('pause')}>
          {stopping === 'pause' ? 'Pausing' : 'Pause after this step'}
        </Button>
        <Button appearance="subtle" isDisabled={stopping === 'undo'} onClick={onUndo}>
          Stop and undo
        </Button>
      </>
    );
  if (driving === 'undo')
    return (
      <Button iconBefore={() => <Icon name="pause" />} isDisabled={stopping !== undefined} onClick={() => run.stop('pause')}>
        {stopping === 'pause' ? 'Pausing' : 'Pause after this step'}
      </Button>
    );
  if (progress.phase === 'running')
    return (
      <>
        <Button appearance="primary" onClick={() => run.resume()}>
          Resume
        </Button>
        <Button appearance="subtle" onClick={onUndo}>
          Stop and undo
        </Button>
      </>
    );
  if (progress.phase === 'undoing')
    return (
      <Button appearance="primary" onClick={() => run.resume()}>
        Go on undoing
      </Button>
    );
  return null;
}

function Steps({ progress, driving }: { progress: SetupProgress; driving: boolean }) {
  const list = useRef<HTMLOListElement>(null);
  const { step } = progress;
  // The step under way is in sight; only this list moves, never the page.
  useEffect(() => {
    const line = list.current?.children[Math.max(0, step - 2)];
    if (list.current && line instanceof HTMLElement) list.current.scrollTop = line.offsetTop - list.current.offsetTop;
  }, [step]);
  const lines = stepLines(progress, driving);
  if (lines.length === 0) return null;
  return (
    <ol ref={list} className={styles['steps']} aria-label="Steps" tabIndex={0}>
      {lines.map((line, index) => (
        <li key={index} className={styles[line.mark]}>
          <Mark kind={line.mark} name={line.state} />
          <strong className={layout['plain']}>{line.name}</strong>
          <small>{line.detail}</small>
          {line.time !== undefined && <time>{line.time}</time>}
        </li>
      ))}
    </ol>
  );
}

function FailedStep({ run, progress, onUndo }: { run: RunState; progress: SetupProgress; onUndo: () => void }) {
  const { failed, phase } = progress;
  const box = useRef<HTMLDivElement>(null);
  const reference = failed?.reference;
  useEffect(() => {
    if (reference !== undefined) box.current?.focus();
  }, [reference]);
  if (!failed || run.driving) return null;
  return (
    <Message ref={box} alert tone="danger" title={`${failed.name} was not done`}>
      <span>{failed.text}</span>
      <span className={layout['row']}>
        <Button spacing="compact" appearance="primary" onClick={() => run.resume()}>
          Try again
        </Button>
        {failed.skippable && (
          <Button spacing="compact" onClick={() => run.resume(true)}>
            Skip this step
          </Button>
        )}
        {phase === 'failed' && (
          <Button spacing="compact" appearance="subtle" onClick={onUndo}>
            Stop and undo
          </Button>
        )}
        <Reference value={failed.reference} />
      </span>
    </Message>
  );
}

const Aside = ({ made }: { made: number }) => (
  <aside className={layout['side']} aria-label="What you can do">
    <section className={layout['card']}>
      <h2>You can stop at any moment</h2>
      <p>
        <strong>Pause</strong> keeps what is done. Resume continues with the next step, also tomorrow and for another administrator.
      </p>
      <p>
        <strong>Stop and undo</strong> removes the {objects(made)} this plan made and nothing else.
      </p>
      <p>
        <strong>Again</strong> after the end writes nothing: what exists is found.
      </p>
    </section>
    <section className={layout['card']}>
      <h2>If a step fails</h2>
      <p>It is named here with Jira’s own answer, what it means, and Try again or Skip where skipping is safe.</p>
    </section>
  </aside>
);

export function Apply({ run, onAnother }: { run: RunState; onAnother: () => void }) {
  const [asking, setAsking] = useState(false);
  const { progress = BEGINNING, driving, trouble } = run;
  const { phase, step, of, reads, writes, made, kept, hash, startedBy, endedAt } = progress;
  const created = progress.done.reduce((sum, one) => sum + one.made, 0);
  const reused = progress.done.reduce((sum, one) => sum + one.reused, 0);
  const undoing = phase === 'undoing' || phase === 'undoFailed' || phase === 'undone';
  const told = phase === 'done' ? 'The plan is applied.' : phase === 'undone' ? 'The plan is undone.' : driving ? toldProgress(step, of) : '';
  const facts = [
    undoing ? `${objects(made)} still there` : `${String(created)} created`,
    !undoing && `${String(reused)} reused`,
    `${counted(writes, 'write')}, ${counted(reads, 'read')}`,
    startedBy && `by ${startedBy.name}`,
    endedAt !== undefined && wholeMoment(endedAt),
  ].filter((one) => typeof one === 'string');
  return (
    <>
      <Live>{told}</Live>
      <section className={layout['card']} aria-label="Progress">
        <div className={styles['head']}>
          <h2 className={styles['title']}>{headline(progress)}</h2>
          <span className={styles['state']}>
            {[standing(run), driving && timeLeft(progress)].filter((part) => typeof part === 'string').join(', ')}
          </span>
          <div className={styles['buttons']}>
            <Buttons run={run} progress={progress} onUndo={() => setAsking(true)} />
            {phase === 'undone' && (
              <Button appearance="primary" onClick={onAnother}>
                Read the site again
              </Button>
            )}
          </div>
        </div>
        <ProgressBar
          label={undoing ? 'Undoing the plan' : 'Applying the plan'}
          done={phase === 'done' || phase === 'undone' ? of : step}
          of={of}
          text={`Step ${String(step)} of ${String(of)}`}
        />
        <div className={styles['facts']}>
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
          <span>
            plan <code>{(hash ?? '').slice(0, 9)}</code>
          </span>
        </div>
      </section>
      {asking && (
        <Confirm
          danger
          title="Stop and undo what this plan has made?"
          action={`Remove ${objects(made)}`}
          keep="Keep it"
          onKeep={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            run.stop('undo');
          }}
        >
          <p>The {objects(made)} this plan has made so far are removed, one after the other. What was there before stays as it is.</p>
        </Confirm>
      )}
      {trouble && <Failed trouble={trouble} title="It stopped here" retry={() => (progress.hash === undefined ? void run.read() : run.resume())} />}
      <FailedStep run={run} progress={progress} onUndo={() => setAsking(true)} />
      {kept.length > 0 && (
        <Message tone="warning" title={`${objects(kept.length)} stayed`}>
          <ul className={layout['bullets']}>
            {kept.map(({ name, why }) => (
              <li key={name}>
                <strong>{name}</strong>: {why}
              </li>
            ))}
          </ul>
        </Message>
      )}
      <div className={layout['columns']}>
        <Steps progress={progress} driving={driving !== undefined} />
        <Aside made={made} />
      </div>
    </>
  );
}
