/** Long work of Jira: a request answers with a task, and the task is asked until it has ended. */
import { getTask } from 'jira.js/cloud';
import type { Client } from 'jira.js/core';
import { z } from 'zod';
import { platformFault } from '../../platform/errors';

/** Ids arrive as texts or numbers. */
export const task = z.looseObject({ id: z.union([z.string(), z.number()]).transform(String), status: z.string() });
export type Task = z.infer<typeof task>;

const UNDER_WAY = new Set(['ENQUEUED', 'RUNNING', 'CANCEL_REQUESTED']);
const PAUSES_MS = [200, 400, 800, 1_600, 3_000];
/** Waiting longer than this belongs to the next invocation, which finds the task ended or asks again. */
const PATIENCE_MS = 15_000;

/** Waits until the task has ended. Throws `platform.busy` where it takes too long: run the step again. */
export async function ended(client: Client, begun: Task): Promise<void> {
  let current = begun;
  let waited = 0;
  for (let ask = 0; UNDER_WAY.has(current.status); ask += 1) {
    if (waited > PATIENCE_MS) throw platformFault('platform.busy', new Error(`task ${begun.id} is still ${current.status}`));
    const pause = PAUSES_MS[Math.min(ask, PAUSES_MS.length - 1)] ?? 0;
    await new Promise((done) => setTimeout(done, pause));
    waited += pause;
    current = task.parse(await getTask(client, { taskId: begun.id }));
  }
  if (current.status !== 'COMPLETE') throw platformFault('platform.unavailable', new Error(`task ${begun.id} ended ${current.status}`));
}
