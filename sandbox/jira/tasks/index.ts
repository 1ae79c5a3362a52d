import { personsOnly, rowOr404 } from '../configure';
import { isAdministrator } from '../lookups';
import { forbidden, ok, operation, requirePerson, type Jira, type Operation } from '../rest';
import type { Json, Task } from '../store';
import { statusOf } from './run';

export { refuseWhileRunning, startTask, statusOf } from './run';

/** A task as `GET /task/{taskId}` and every answer that hands one out show it. */
export function taskBean(jira: Jira, task: Task) {
  return {
    self: `${jira.baseUrl}/rest/api/3/task/${task.id}`,
    id: task.id,
    description: task.description,
    status: statusOf(jira.store, task),
    ...(task.message !== undefined && { message: task.message }),
    ...(task.result !== undefined && { result: task.result }),
    // The document gives a number here, the old user id, which no caller can resolve.
    submittedBy: 10000,
    progress: task.progress,
    elapsedRuntime: (task.finished ?? jira.clock.now().getTime()) - (task.started ?? task.submitted),
    submitted: task.submitted,
    ...(task.started !== undefined && { started: task.started }),
    ...(task.finished !== undefined && { finished: task.finished }),
    lastUpdate: task.finished ?? task.started ?? task.submitted,
  };
}

/** Writes down work that Jira does in the background and that this site has done at once. */
export function finishedTask(jira: Jira, submittedBy: string, description: string, result?: Json): Task {
  const now = jira.clock.now().getTime();
  return jira.store.tasks.put({
    id: jira.store.nextId('task'),
    description,
    status: 'COMPLETE',
    progress: 100,
    submittedBy,
    submitted: now,
    started: now,
    finished: now,
    ...(result !== undefined && { result }),
  });
}

/** 303 with the address of the task, as Jira answers where it goes on in the background. */
export const seeTask = (jira: Jira, task: Task) => {
  const bean = taskBean(jira, task);
  return { status: 303, body: bean, headers: { Location: bean.self } };
};

export const operations: Operation[] = personsOnly([
  operation('getTask', 'GET', '/rest/api/3/task/{taskId}', (call) => {
    const task = rowOr404(call.jira.store.tasks, call.params.taskId, 'The task was not found.');
    const person = requirePerson(call);
    if (task.submittedBy !== person.id && !isAdministrator(call.jira.store, person)) throw forbidden('You cannot see this task.');
    return ok(taskBean(call.jira, task));
  }),
]);
