/** Which trigger modules a product event reaches. Pure. */
import type { JiraEvent } from '../../contract';
import type { Json } from '../../jira/store';
import { triggerSchema, type EventFilter, type Manifest } from '../manifest';
import type { Task } from './dispatch';

export interface Reached {
  tasks: Task[];
  /** Events that a filter kept from a module where the site cannot judge the filter. */
  unjudged: { moduleKey: string; reason: string }[];
}

/** Tasks for every trigger that wants this event. `appAccountId`: the app's own user, for `selfGenerated` and `ignoreSelf`. */
export function reach(manifest: Manifest, event: JiraEvent, appAccountId: string | undefined, cloudId: string): Reached {
  const own = event.atlassianId !== undefined && event.atlassianId === appAccountId;
  const reached: Reached = { tasks: [], unjudged: [] };
  for (const raw of manifest.modulesOf('trigger')) {
    const trigger = triggerSchema.safeParse(raw);
    // A trigger with an endpoint instead of a function runs elsewhere.
    if (!trigger.success) continue;
    const { key: moduleKey, function: functionKey, events, filter } = trigger.data;
    const wanted = events.find((one) => (typeof one === 'string' ? one : one.eventType) === event.eventType);
    if (wanted === undefined) continue;
    const filters: EventFilter[] = [filter, typeof wanted === 'string' ? undefined : wanted.filter].filter((one) => one !== undefined);
    if (own && filters.some((one) => one.ignoreSelf)) continue;
    if (filters.some((one) => one.expression !== undefined)) {
      reached.unjudged.push({ moduleKey, reason: 'its filter is an expression' });
      continue;
    }
    const argument: Record<string, Json> = {
      eventType: event.eventType,
      ...event.payload,
      ...(event.atlassianId ? { atlassianId: event.atlassianId } : {}),
      ...(own ? { selfGenerated: true } : {}),
      context: { cloudId, moduleKey },
    };
    reached.tasks.push({ moduleType: 'trigger', moduleKey, functionKey, argument });
  }
  return reached;
}
