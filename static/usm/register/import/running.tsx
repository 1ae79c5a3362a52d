/** The import as it goes on: phases with their counts, what is left, and the way to stop. */
import Button from '@atlaskit/button/new';
import { useEffect, useRef, useState } from 'react';
import type { ImportPhase, ImportProgress } from '../../../../src/contract';
import { Live } from '../../../shared/hidden';
import { Mark } from '../../../shared/mark';
import { Message } from '../../../shared/message';
import layout from '../../../setup/ui/layout.module.css';
import { ProgressBar } from '../../../setup/ui/progress-bar';
import { counted, seconds, toldProgress } from '../../../setup/ui/words';
import { number } from '../words';
import styles from './import.module.css';
import type { Importing } from './use-import';

const NAMES: Partial<Record<ImportPhase, string>> = {
  looking: 'Look up existing items',
  creating: 'Create',
  updating: 'Update',
  relating: 'Relations',
  checking: 'Check: read back and compare',
  undoing: 'Set back',
};
const WRITING: readonly ImportPhase[] = ['creating', 'updating', 'relating', 'checking'];

/** How long it still takes at the pace that was seen so far; undefined: too early to tell. */
function useLeft(done: number, of: number): string | undefined {
  const first = useRef<{ at: number; done: number }>(undefined);
  const [left, setLeft] = useState<string>();
  useEffect(() => {
    first.current ??= { at: Date.now(), done };
    const took = Date.now() - first.current.at;
    const came = done - first.current.done;
    setLeft(came > 0 && took > 2_000 ? `about ${seconds(((of - done) / came) * took)} left` : undefined);
  }, [done, of]);
  return left;
}

export function Running({ importing, progress }: { importing: Importing; progress: ImportProgress }) {
  const { run, phases } = progress;
  const undoing = run.phase === 'undoing';
  const shown = phases.filter(({ phase }) => NAMES[phase] !== undefined && (phase === 'undoing') === undoing);
  const writing = undoing ? shown : phases.filter(({ phase }) => WRITING.includes(phase));
  const done = undoing ? progress.done : writing.reduce((sum, one) => sum + one.done, 0);
  const of = writing.reduce((sum, one) => sum + one.of, 0);
  const written = progress.written.created + progress.written.updated;
  const left = useLeft(done, of);
  const title = undoing
    ? `Setting back: ${number(progress.done)} of ${counted(progress.of, 'item')}`
    : `Importing: ${number(written)} of ${counted(progress.counts.create + progress.counts.update, 'item')}`;
  return (
    <div className={styles['narrow']}>
      <section className={layout['card']} aria-labelledby="running">
        <div className={layout['row']}>
          <h2 id="running">{title}</h2>
          <span className={layout['small']}>{run.stopped ? 'stopped' : left}</span>
        </div>
        <ProgressBar label={title} done={done} of={of} text={toldProgress(done, of)} />
        {shown.map((one) => {
          const here = one.phase === run.phase;
          const over = !here && (one.until !== undefined || (one.of > 0 && one.done === one.of));
          return (
            <div key={one.phase} className={styles['phases']}>
              <Mark kind={over ? 'met' : here ? 'running' : 'nothing'} />
              {here ? <strong>{NAMES[one.phase]}</strong> : <span>{NAMES[one.phase]}</span>}
              <span className={styles['end']}>{one.of === 0 ? 'none' : `${number(one.done)} of ${number(one.of)}`}</span>
              <small className={`${layout['small'] ?? ''} ${styles['end'] ?? ''}`}>
                {one.from !== undefined && one.until !== undefined ? seconds(one.until - one.from) : ''}
              </small>
            </div>
          );
        })}
        <p>
          You can leave this page: the import goes on by itself, more slowly, and stands here when you come back. It runs in portions of a few hundred
          items; a portion that fails is tried again and never written twice.
        </p>
        <div className={layout['row']}>
          {run.stopped ? (
            <Button onClick={() => void importing.stop(false)}>Go on with it</Button>
          ) : (
            <Button onClick={() => void importing.stop(true)}>Stop after this portion</Button>
          )}
          {run.stopped && written > 0 && <Button onClick={() => void importing.undo()}>Undo what was written</Button>}
          <span className={layout['small']}>
            Started by {run.by.name}, run {run.name}
          </span>
        </div>
      </section>
      {progress.again > 0 && (
        <Message tone="warning" title={`${counted(progress.again, 'portion was', 'portions were')} tried again`}>
          <span>The register was interrupted in the middle. What was written was found again. Nothing was lost, nothing was written twice.</span>
        </Message>
      )}
      <Live>{run.stopped ? 'The import is stopped' : toldProgress(done, of)}</Live>
    </div>
  );
}
