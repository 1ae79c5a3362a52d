/** Applying: how far it is, what is being done, and the way to stop. */
import Button from '@atlaskit/button/new';
import { Live } from '../shared/hidden';
import { Mark } from '../shared/mark';
import { Message } from '../shared/message';
import { Reference } from '../shared/reference';
import { Finished } from './finished';
import layout from './layout.module.css';
import { toldProgress } from './plan';
import styles from './run-view.module.css';
import type { Screen } from './use-setup';

interface RunViewProps {
  screen: Extract<Screen, { name: 'run' }>;
  onPause: () => void;
  onResume: () => void;
  onAnother: () => void;
}

function Bar({ screen: { progress, driving, pausing, run }, onPause, onResume }: RunViewProps) {
  const { step, of, current, phase, writes } = progress;
  const percent = of === 0 ? 0 : Math.round((step / of) * 100);
  const title =
    of === 0
      ? 'Beginning'
      : `${phase === 'done' ? 'All' : `Step ${String(Math.min(step + 1, of))} of`} ${String(of)}${phase === 'done' ? ' steps' : ''}`;
  return (
    <section className={layout['card']} aria-label="Progress">
      <div className={styles['head']}>
        <h2 className={styles['title']}>{title}</h2>
        {current !== undefined && phase === 'running' && <span className={styles['current']}>{current}</span>}
        {phase === 'running' && (
          <span className={styles['buttons']}>
            {driving ? (
              <Button onClick={onPause}>{pausing ? 'Pausing' : 'Pause after this step'}</Button>
            ) : (
              <Button appearance="primary" onClick={onResume}>
                Resume
              </Button>
            )}
          </span>
        )}
      </div>
      <div
        role="progressbar"
        aria-label="Applying the plan"
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={`Step ${String(step)} of ${String(of)}`}
        className={styles['bar']}
      >
        <span style={{ width: `${String(percent)}%` }} />
      </div>
      <div className={styles['facts']}>
        <span>
          {writes === 1 ? '1 write to Jira' : `${String(writes)} writes to Jira`}
          {phase === 'running' && !driving && ', paused'}
        </span>
        <span>
          plan <code>{run.hash.slice(0, 9)}</code>
        </span>
      </div>
    </section>
  );
}

const Done = ({ names }: { names: readonly string[] }) =>
  names.length === 0 ? null : (
    <ol className={styles['done']} reversed aria-label="Done just now">
      {[...names].reverse().map((name, index) => (
        <li key={names.length - index}>
          <Mark kind="met" />
          {name}
        </li>
      ))}
    </ol>
  );

const Aside = () => (
  <aside className={layout['side']}>
    <section className={layout['card']}>
      <h2>You can stop at any moment</h2>
      <p>
        <strong>Pause</strong> keeps what is done. Resume continues with the next step, also tomorrow and for another administrator.
      </p>
      <p>
        <strong>Again</strong> after the end writes nothing: what exists is found.
      </p>
    </section>
    <section className={layout['card']}>
      <h2>If a step fails</h2>
      <p>It is named here with Jira’s own answer and what it means. What was done before stays.</p>
    </section>
  </aside>
);

export function RunView(props: RunViewProps) {
  const { screen, onResume, onAnother } = props;
  const { progress, driving, done } = screen;
  const { failed, phase } = progress;
  return (
    <>
      <Live>{phase === 'done' ? 'The plan is applied.' : driving ? toldProgress(progress.step, progress.of) : ''}</Live>
      <Bar {...props} />
      <div className={phase === 'done' ? undefined : layout['columns']}>
        <div className={layout['main']}>
          {failed && !driving && (
            <Message alert tone="danger" title={`${failed.name} was not done`}>
              <span>{failed.text}</span>
              <Reference value={failed.reference} />
              <Button spacing="compact" onClick={onResume}>
                Try again
              </Button>
            </Message>
          )}
          {phase === 'done' && <Finished target={screen.run.target} onAnother={onAnother} />}
          {phase !== 'done' && <Done names={done} />}
        </div>
        {phase !== 'done' && <Aside />}
      </div>
    </>
  );
}
