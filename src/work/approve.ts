/** Somebody named says yes or not yet to the plan that was shown to them. */
import { randomUUID } from 'node:crypto';
import type { ApproveRequest, ProcessAnswer } from '../contract';
import { asksForApproval, list } from '../method';
import { now } from '../platform/clock';
import { Fault } from '../platform/errors';
import type { Installed } from '../setup/model';
import { planVersion, recordApproval } from './approvals';
import { readItem, rolesHeld } from './jira';
import { processPanel } from './panel';
import { typeOf } from './settle';
import type { Conduct } from './view';

export async function approve(itemId: string, me: string, request: ApproveRequest, site: Installed, conduct: Conduct): Promise<ProcessAnswer> {
  // Read as the person first: whoever may not see the work item approves nothing.
  const item = await readItem('person', itemId, site);
  const { key, values, status } = item;
  if (typeOf(item, site) !== 'rfc' || !asksForApproval(status, values)) {
    throw new Fault('person.conflict', `Nobody is asked to approve ${key} any more. Look at USM process for where it stands.`);
  }
  if (!list(values, 'approvers').includes(me)) {
    throw new Fault('person.forbidden', `Only those named in Approvers can approve ${key}. Ask its coordinator to name you.`);
  }
  const version = planVersion(values);
  if (version !== request.version) {
    throw new Fault('person.conflict', `The plan of ${key} was changed meanwhile. Read it again, then decide.`);
  }
  const manager = (await rolesHeld(item.projectId)).has(site.roles.processManager);
  const { verdict, words } = request;
  await recordApproval({ id: randomUUID(), itemId: item.id, subject: 'plan', version, person: me, verdict, words, manager, at: now() });
  return processPanel(itemId, me, site, conduct);
}
