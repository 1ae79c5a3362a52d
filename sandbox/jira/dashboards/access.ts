/** Who may see and change a dashboard. */
import { isShared } from '../shares/share';
import { notFound, RestError, type Call, type Jira } from '../rest';
import type { Dashboard, Gadget, User } from '../store';

export const NOT_THERE = "The dashboard you requested either does not exist or you don't have the required permissions to perform this action.";

export const maySee = (jira: Jira, person: User | undefined, one: Dashboard): boolean =>
  one.ownerId === person?.id || isShared(jira, person, one.shares) || isShared(jira, person, one.editShares);

export const mayEdit = (jira: Jira, person: User | undefined, one: Dashboard): boolean =>
  one.ownerId === person?.id || (person !== undefined && isShared(jira, person, one.editShares));

/** The dashboard of an id for somebody who may see it, or 404. */
export function visibleDashboard({ jira, person }: Call, id: string | undefined): Dashboard {
  const found = jira.store.dashboards.get(id ?? '');
  if (!found || !maySee(jira, person, found)) throw notFound(NOT_THERE);
  return found;
}

/** The same for somebody who may change it; `refusal` for those who only see it. */
export function editableDashboard(call: Call, id: string | undefined, refusal: 403 | 404 = 404): Dashboard {
  const found = visibleDashboard(call, id);
  if (!mayEdit(call.jira, call.person, found)) throw new RestError(refusal, [NOT_THERE]);
  return found;
}

/** A gadget of a dashboard, or 404. */
export function gadgetOf(dashboard: Dashboard, id: string | undefined): Gadget {
  const gadget = dashboard.gadgets.find((one) => one.id === id);
  if (!gadget) throw notFound('The dashboard gadget was not found.');
  return gadget;
}
