/** Which trigger modules a product event reaches. Pure. */
import { z } from 'zod';
import type { JiraEvent } from '../../contract';
import { Budget, FILTER_LIMITS, LIMITS, evaluate, fromJson, typeOf } from '../../jira/expressions/language';
import type { Json } from '../../jira/store';
import { triggerSchema, type EventFilter, type Manifest } from '../manifest';
import type { Task } from './dispatch';

export interface Reached {
  tasks: Task[];
  /** Filters whose expression failed, where the manifest wants to know (`onError`). */
  faults: { moduleKey: string; reason: string }[];
}

export interface Receiver {
  /** The app's own user, for `selfGenerated` and `ignoreSelf`. */
  appAccountId: string | undefined;
  cloudId: string;
  now: number;
  /** For `appIsLicensed`; absent = it is. */
  licensed?: boolean;
}

type OnError = Record<'receive' | 'log', boolean>;

/** Forge docs: trigger, filter reference. */
const ON_ERROR: Record<string, OnError> = {
  IGNORE: { receive: false, log: false },
  IGNORE_AND_LOG: { receive: false, log: true },
  RECEIVE: { receive: true, log: false },
  RECEIVE_AND_LOG: { receive: true, log: true },
};
const BY_DEFAULT: OnError = { receive: false, log: true };

/** What a filter's expression says: a verdict, or why there is none. Anything but a boolean is a fault. */
function filterVerdict(expression: string, event: { [key: string]: Json }, now: number): boolean | { fault: string } {
  if (expression.length > FILTER_LIMITS.characters) return { fault: `the expression is longer than ${FILTER_LIMITS.characters} characters` };
  const budget = new Budget({ steps: FILTER_LIMITS.steps, expensiveOperations: LIMITS.expensiveOperations });
  const outcome = evaluate(expression, { budget, now, zone: 'Etc/UTC', variables: { event: fromJson(event) } });
  if (!outcome.ok) return { fault: outcome.reason };
  return typeof outcome.value === 'boolean' ? outcome.value : { fault: `the expression must answer Boolean, not ${typeOf(outcome.value)}` };
}

/** Tasks for every trigger that wants this event. */
export function reach(manifest: Manifest, event: JiraEvent, { appAccountId, cloudId, now, licensed = true }: Receiver): Reached {
  const own = event.atlassianId !== undefined && event.atlassianId === appAccountId;
  const reached: Reached = { tasks: [], faults: [] };
  for (const raw of manifest.modulesOf('trigger')) {
    const trigger = triggerSchema.safeParse(raw);
    // A trigger with an endpoint instead of a function runs elsewhere.
    if (!trigger.success) continue;
    const { key: moduleKey, function: functionKey, events, filter } = trigger.data;
    const wanted = events.find((one) => (typeof one === 'string' ? one : one.eventType) === event.eventType);
    if (wanted === undefined) continue;
    const filters: EventFilter[] = [filter, typeof wanted === 'string' ? undefined : wanted.filter].filter((one) => one !== undefined);
    if (own && filters.some((one) => one.ignoreSelf)) continue;
    if (!licensed && filters.some((one) => one.appIsLicensed)) continue;
    const payload: Record<string, Json> = {
      eventType: event.eventType,
      ...event.payload,
      ...(event.atlassianId ? { atlassianId: event.atlassianId } : {}),
      ...(own ? { selfGenerated: true } : {}),
    };
    const passes = filters.every(({ expression, onError = '' }) => {
      if (expression === undefined) return true;
      const verdict = filterVerdict(expression, payload, now);
      if (typeof verdict === 'boolean') return verdict;
      const { receive, log } = ON_ERROR[onError] ?? BY_DEFAULT;
      if (log) reached.faults.push({ moduleKey, reason: verdict.fault });
      return receive;
    });
    if (!passes) continue;
    // One event has a context of its own: the work item on which an expression failed.
    const argument = { ...payload, context: { ...z.record(z.string(), z.json()).catch({}).parse(payload['context']), cloudId, moduleKey } };
    reached.tasks.push({ moduleType: 'trigger', moduleKey, functionKey, argument });
  }
  return reached;
}
