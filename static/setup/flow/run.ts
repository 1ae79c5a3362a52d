/** How a run stands, in the lines and words of the page. Pure. */
import type { SetupProgress, StepResult } from '../../../src/contract';
import type { MarkKind } from '../../shared/kinds';
import { counted, seconds } from '../ui/words';
import type { Stage } from './stages';

/** Work is under way, or was left in the middle. */
export const isUnfinished = ({ phase }: SetupProgress): boolean => phase === 'running' || phase === 'undoing';

/** Where the page begins, by what has been done before. */
export function stageOf({ phase }: SetupProgress): Stage {
  switch (phase) {
    case 'none':
    case 'undone':
      return 'assess';
    case 'running':
    case 'failed':
    case 'undoing':
    case 'undoFailed':
      return 'apply';
    case 'done':
      return 'verify';
  }
}

export interface StepLine {
  name: string;
  mark: MarkKind;
  /** Of the mark, for screen readers. */
  state: string;
  detail?: string;
  time?: string;
}

function resultText({ made, reused, note }: StepResult): string {
  const counts = [made > 0 && `${String(made)} created`, reused > 0 && `${String(reused)} reused`].filter((part) => part !== false).join(', ');
  return [counts, note].filter((part) => part !== undefined && part !== '').join('. ');
}

/** Every step: done, under way or failed, still to come. */
export function stepLines({ done, left, failed, phase }: SetupProgress, driving: boolean): StepLine[] {
  const past = done.map((step): StepLine => ({
    name: step.name,
    mark: step.note === undefined ? 'met' : 'later',
    state: step.note === undefined ? 'done' : 'done, with a note',
    detail: resultText(step),
    time: seconds(step.took),
  }));
  const ahead = left.map((name, index): StepLine => {
    if (index > 0) return { name, mark: 'open', state: 'to come' };
    if (failed) return { name, mark: 'unmet', state: 'failed' };
    const running = driving && (phase === 'running' || phase === 'undoing');
    return running ? { name, mark: 'running', state: 'under way' } : { name, mark: 'open', state: 'next' };
  });
  return [...past, ...ahead];
}

/** About how long it still takes, by how long the steps took so far; undefined while that is a guess. */
export function timeLeft({ done, left, phase }: SetupProgress): string | undefined {
  if ((phase !== 'running' && phase !== 'undoing') || done.length < 2) return undefined;
  const spent = done.reduce((sum, { took }) => sum + took, 0);
  return `about ${seconds(Math.max(1000, (spent / done.length) * left.length))} left`;
}

export function headline({ phase, step, of, left }: SetupProgress): string {
  const steps = counted(of, 'step');
  switch (phase) {
    case 'done':
      return `All ${steps} done`;
    case 'undone':
      return 'Everything this plan made is removed';
    case 'undoing':
    case 'undoFailed':
      return of === 0 ? 'Beginning to undo' : `Undoing, step ${String(Math.min(step + 1, of))} of ${String(of)}`;
    case 'none':
    case 'running':
    case 'failed':
      return of === 0 ? 'Beginning' : `Step ${String(Math.min(step + 1, of))} of ${String(of)}${left[0] === undefined ? '' : `: ${left[0]}`}`;
  }
}
