/** Work that goes on after the answer: a task is enqueued, begins at the next tick of the site's clock, and ends complete or failed. */
import { recordChanges, snapshot } from '../audit/record';
import { RestError, type Jira } from '../rest';
import type { Json, Store, Task } from '../store';

/** Tasks of this process that have not ended. One that stands open in the store but not here was lost when the site stopped. */
const underWay = new WeakMap<Store, Set<string>>();

const openTasks = (store: Store): Set<string> => {
  const tasks = underWay.get(store) ?? new Set<string>();
  underWay.set(store, tasks);
  return tasks;
};

/** What a task is at now. */
export const statusOf = (store: Store, task: Task): Task['status'] =>
  (task.status === 'ENQUEUED' || task.status === 'RUNNING') && !openTasks(store).has(task.id) ? 'DEAD' : task.status;

interface Assignment {
  submittedBy: string;
  kind: NonNullable<Task['kind']>;
  description: string;
  /** Answers the result; throws a RestError to fail with its words. `report` takes the progress in percent. */
  work(report: (progress: number) => void): Promise<Json | undefined> | Json | undefined;
}

/** Enqueues work. */
export function startTask(jira: Jira, { submittedBy, kind, description, work }: Assignment): Task {
  const { store, clock } = jira;
  const now = (): number => clock.now().getTime();
  const task = store.tasks.put({
    id: store.nextId('task'),
    kind,
    description,
    status: 'ENQUEUED',
    progress: 0,
    submittedBy,
    submitted: now(),
  });
  openTasks(store).add(task.id);
  const run = async (): Promise<void> => {
    task.status = 'RUNNING';
    task.started = now();
    const before = kind === 'bulk' || kind === 'properties' ? undefined : snapshot(store);
    try {
      const result = await work((progress) => (task.progress = progress));
      task.status = 'COMPLETE';
      task.progress = 100;
      if (result !== undefined) task.result = result;
    } catch (error) {
      task.status = 'FAILED';
      task.message = error instanceof RestError ? error.message : 'The task failed.';
      if (!(error instanceof RestError)) console.error(`Task ${task.id} (${description}) failed:`, error);
    }
    if (before) recordChanges(jira, submittedBy, before);
    task.finished = now();
    openTasks(store).delete(task.id);
  };
  clock.after(0, () => void run());
  return task;
}

/** 409 while a task of this kind has not ended. */
export function refuseWhileRunning(store: Store, kind: NonNullable<Task['kind']>): void {
  const running = [...openTasks(store)].find((id) => store.tasks.get(id)?.kind === kind);
  if (running === undefined) return;
  throw new RestError(409, ['Another task is currently running, please try again later.'], { conflictingTaskId: running });
}
