/** The plan: what setup would make, what it finds and uses, and what stands in its way. Only reads. */
import { createHash } from 'node:crypto';
import { getMyPermissions } from 'jira.js/cloud';
import { z } from 'zod';
import type { PlanAction, PlanNode, SetupPlan, SetupTarget } from '../contract';
import { now } from '../platform/clock';
import { Fault } from '../platform/errors';
import { PARTS } from './parts';
import type { Survey } from './parts/part';
import { AT_ONCE, type Clients, type Count, type Site, siteOf } from './site';
import type { PlannedNodes } from './state';

const held = z.object({ havePermission: z.boolean() });

/** Setup acts with the rights of whoever runs it, so they must administer Jira. */
export async function requireAdministrator({ person }: Pick<Clients, 'person'>): Promise<void> {
  const { permissions = {} } = await getMyPermissions(person, { permissions: 'ADMINISTER' });
  const answer = held.safeParse(permissions['ADMINISTER']);
  if (answer.success && answer.data.havePermission) return;
  throw new Fault('person.forbidden', 'Setting up USM takes the Jira permission Administer Jira, which you do not have. Ask a Jira administrator.');
}

/** Independent of the order in which Jira lists things; details are words for people. */
function hashOf(target: SetupTarget, nodes: readonly PlanNode[]): string {
  const lines = nodes.map(({ id, name, action }) => JSON.stringify([id, name, action])).sort();
  const choices = Object.entries(target.choices).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([target.spaces, target.begin, choices]))
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

/** About what one request takes on a site in use, waits included. A guess for the person, never a promise. */
const MS_PER_REQUEST = 350;

const LEAVES: SetupPlan['leaves'] = {
  stays: [
    'All work items with everything people typed, their history and their links.',
    'The spaces, work types, statuses, fields, screens, schemes, roles and workflows listed here. Workflows keep working once USM’s rules are taken off (Rules, Remove).',
  ],
  goes: [
    'Panels, dialogs and this page, and the rules of the app.',
    'What the app itself keeps: hand-off receipts, the record of refusals, its settings. Atlassian deletes it 28 days after the uninstall.',
  ],
};

/** Looks at everything once. `site.ids` holds afterwards what was found. */
export async function planOn(site: Site): Promise<SetupPlan> {
  await requireAdministrator(site);
  const surveys: { items: Survey[]; looks: number }[] = [];
  for (const part of PARTS) surveys.push(await part.survey(site));
  const nodes = surveys.flatMap(({ items }) => items.map((one) => one.node));
  const count = (action: PlanAction): number => nodes.filter((one) => one.action === action).length;
  const requests = requestsOf(site.target, surveys, site.count);
  return {
    state: 'ok',
    target: site.target,
    hash: hashOf(site.target, nodes),
    madeAt: now(),
    nodes,
    counts: { create: count('create'), change: count('change'), reuse: count('reuse'), conflict: count('conflict') },
    requests,
    seconds: Math.ceil((requests * MS_PER_REQUEST) / AT_ONCE / 1_000) + 5,
    permissions: ['Administer Jira'],
    leaves: LEAVES,
  };
}

/** What setting up this target would do to the site. */
export const planSetup = (clients: Clients, target: SetupTarget, environmentId: string): Promise<SetupPlan> =>
  planOn(siteOf(clients, target, environmentId));

/** What of a plan is kept, to say later what changed since. */
export const nodesToKeep = ({ hash, nodes }: SetupPlan): PlannedNodes => ({
  hash,
  nodes: Object.fromEntries(nodes.map(({ id, name, action }) => [id, { name, action }])),
});

const IS: Record<PlanAction, string> = { create: 'is not there', change: 'lacks something', reuse: 'is there', conflict: 'stands in the way' };

/** What is different on the site since a plan was made, in words. */
export function changesSince(planned: PlannedNodes | undefined, now: SetupPlan): string[] {
  if (planned === undefined) return [];
  return now.nodes.flatMap(({ id, name, action }) => {
    const before = planned.nodes[id];
    return before?.action === action ? [] : [`“${name}” ${IS[action]} now`];
  });
}
