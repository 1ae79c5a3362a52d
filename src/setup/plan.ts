/** The plan: what setup would make, what it finds and uses, and what stands in its way. Only reads. */
import { createHash } from 'node:crypto';
import { getMyPermissions } from 'jira.js/cloud';
import { z } from 'zod';
import type { PlanNode, SetupPlan, SetupTarget } from '../contract';
import { Fault } from '../platform/errors';
import { PARTS } from './parts';
import type { Survey } from './parts/part';
import { type Clients, type Count, type Site, siteOf } from './site';

const held = z.object({ havePermission: z.boolean() });

/** Setup acts with the rights of whoever runs it, so they must administer Jira. */
export async function requireAdministrator({ person }: Pick<Clients, 'person'>): Promise<void> {
  const { permissions = {} } = await getMyPermissions(person, { permissions: 'ADMINISTER' });
  const answer = held.safeParse(permissions['ADMINISTER']);
  if (answer.success && answer.data.havePermission) return;
  throw new Fault('person.forbidden', 'Setting up USM takes the Jira permission Administer Jira, which you do not have. Ask a Jira administrator.');
}

const SETTINGS: PlanNode = { id: 'settings', kind: 'settings', name: 'Settings of the app', action: 'create' };

/** Independent of the order in which Jira lists things; details are words for people. */
function hashOf(target: SetupTarget, nodes: readonly PlanNode[]): string {
  const lines = nodes.map(({ id, name, action }) => JSON.stringify([id, name, action])).sort();
  return createHash('sha256')
    .update(JSON.stringify([target.projectKey, target.projectName]))
    .update(lines.join('\n'))
    .digest('hex');
}

/** Requests of all steps together: every step looks again before it makes anything. */
function requestsOf(target: SetupTarget, surveys: readonly { items: Survey[]; looks: number }[], planned: Count): number {
  const looks = PARTS.map((part, index) => part.groups(target).length * (surveys[index]?.looks ?? 0));
  const made = surveys.flatMap(({ items }) => items.map((one) => one.requests));
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
  // Once to check the plan, once more within the steps; then what is made, and what the last step asks.
  return planned.reads * 2 + sum(looks) + sum(made) + 1;
}

/** Looks at everything once. `site.ids` holds afterwards what was found. */
export async function planOn(site: Site): Promise<SetupPlan> {
  await requireAdministrator(site);
  const surveys: { items: Survey[]; looks: number }[] = [];
  for (const part of PARTS) surveys.push(await part.survey(site));
  const nodes = [...surveys.flatMap(({ items }) => items.map((one) => one.node)), SETTINGS];
  const count = (action: PlanNode['action']): number => nodes.filter((one) => one.action === action).length;
  return {
    state: 'ok',
    target: site.target,
    hash: hashOf(site.target, nodes),
    nodes,
    counts: { create: count('create'), reuse: count('reuse'), conflict: count('conflict') },
    requests: requestsOf(site.target, surveys, site.count),
  };
}

/** What setting up this target would do to the site. */
export const planSetup = (clients: Clients, target: SetupTarget, environmentId: string): Promise<SetupPlan> =>
  planOn(siteOf(clients, target, environmentId));
