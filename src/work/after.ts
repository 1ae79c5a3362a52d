/** What follows a step: the post function behind transitions that have effects. Late, doubled, or overtaken by others; each effect can run again. */
import { z } from 'zod';
import { askedByField, type Effect, HANDOFFS, HAND_OVER_FIELDS, namesApprovers, transitionOf, WORK_TYPE_KEYS, words, workType } from '../method';
import { Fault } from '../platform/errors';
import type { Installed, RuleConfig } from '../setup/model';
import { planVersion, recordApproval } from './approvals';
import { factsOf } from './facts';
import { configuration } from './gate';
import { asMoment, asUserValue, editItem, mirror, readItem } from './jira';
import { make } from './make';
import type { Manners } from './manners';
import { requesterOf, type WorkItem } from './model';
import { notifyDispute } from './notify';
import { pathNow } from './paths';
import { priorityIdOf, type Priorities } from './priority';
import { type Draft, prepare, type Receipt, receiptOfChild, receiptsOf, recordAccepted, recordOperateHere } from './receipts';
import { lineOf, settle } from './settle';
import { type InForce, recordWarned } from './warned';

export const afterEvent = z.object({
  issue: z.object({ id: z.string(), key: z.string() }),
  configuration,
  transition: z.object({ executionId: z.string() }).optional(),
  changelog: z.object({ id: z.string() }).optional(),
  atlassianId: z.string().optional(),
});
export type AfterEvent = z.infer<typeof afterEvent>;

interface Step {
  item: WorkItem;
  config: RuleConfig;
  site: Installed;
  /** Names this very step, however often we hear of it. */
  act: string;
  at: number;
  actor: string | undefined;
  priorities: Priorities;
  manners: () => Promise<Manners>;
}

async function accept({ item, config, site, actor, at, priorities }: Step): Promise<void> {
  const asked = requesterOf(item);
  const priority = await priorityIdOf(config.type, item.values, priorities);
  const values = {
    ...(!item.values.coordinator && actor !== undefined && { coordinator: asUserValue(actor) }),
    ...(!item.values.askedBy && asked && { askedBy: asUserValue(asked.accountId) }),
    ...(item.values.reportTime === undefined && { reportTime: asMoment(item.created) }),
  };
  const system = priority !== undefined && item.priorityId !== priority ? { priority: { id: priority } } : {};
  if (Object.keys(values).length + Object.keys(system).length > 0) await editItem(item.key, values, system, site);
  await recordAccepted(item.id, at);
}

/** By Jira's own screen: fields say what is asked. The dialog has written its receipts beforehand. */
function draftsFromFields(step: Step): Draft[] {
  const { item, config, site, actor, act } = step;
  const facts = factsOf(item, config.type, [], site, { now: step.at });
  // After the step the fields belong to the status before; they are emptied once used, so whatever stands there is this step's.
  const types = askedByField({ fields: facts.fields, fresh: new Set(['handOverTo']) });
  const team = z.object({ id: z.string(), value: z.string() }).safeParse(item.raw.solutionTeam).data;
  const readyBy = item.values.readyBy;
  return types.flatMap((type): Draft[] => {
    const rule = HANDOFFS.find((one) => one.from === config.type && one.to === type);
    if (!rule) return [];
    return [
      {
        kind: 'handOff',
        type,
        blocks: rule.blocks,
        team: team && { id: team.id, name: team.value },
        what: words(item.values, 'whatIsAsked') || item.summary,
        readyBy: typeof readyBy === 'number' ? readyBy : undefined,
        askedBy: actor ?? requesterOf(item)?.accountId ?? act,
      },
    ];
  });
}

async function makeAll(item: WorkItem, site: Installed): Promise<Receipt[]> {
  for (const receipt of await receiptsOf(item.id)) await make(receipt, item, site);
  return receiptsOf(item.id);
}

async function fork(step: Step): Promise<void> {
  const { item, config, site } = step;
  const drafts = draftsFromFields(step);
  if (drafts.length > 0) await prepare(item, step.act, drafts, false);
  const receipts = await makeAll(item, site);
  const given = HAND_OVER_FIELDS.filter((key) => key !== 'solutionTeam' && key in item.raw);
  if (given.length > 0) await editItem(item.key, Object.fromEntries(given.map((key) => [key, null])), {}, site);
  await mirror(item.key, { path: await pathNow(item.id, config.type, site), line: lineOf(item, config.type, receipts) });
}

async function reclassify(step: Step): Promise<void> {
  const { item, site, actor } = step;
  const name = words(item.values, 'reclassifyAs');
  const type = WORK_TYPE_KEYS.find((key) => workType(key).name === name);
  if (!type) throw new Fault('person.input', `${item.key} was reclassified without saying as what. Register it again under the right work type.`);
  const draft: Draft = {
    kind: 'reclassification',
    type,
    blocks: false,
    team: undefined,
    what: words(item.values, 'reasonText') || item.summary,
    readyBy: undefined,
    askedBy: actor ?? item.reporter?.accountId ?? '',
  };
  await prepare(item, step.act, [draft], false);
  await makeAll(item, site);
}

async function wake({ item, site, config, manners }: Step): Promise<void> {
  const receipt = await receiptOfChild(item.id);
  if (item.status === 'fulfilled') {
    const path = await pathNow(item.id, config.type, site);
    await mirror(item.key, { path, fulfilment: receipt ? 'process' : 'workflow', line: lineOf(item, config.type, []) });
  }
  if (receipt) await settle(receipt.parentId, site, manners);
}

/** Where nobody is named, taking the step is the approval. */
async function approvedByStep({ item, actor, act, at }: Step): Promise<void> {
  if (actor === undefined || namesApprovers(item.values)) return;
  const version = planVersion(item.values);
  await recordApproval({ id: act, itemId: item.id, subject: 'plan', version, person: actor, verdict: 'approve', manager: false, at });
}

const EFFECTS: Record<Effect, (step: Step) => Promise<void>> = {
  accept,
  fork,
  reclassify,
  wake,
  settle: ({ item, site, manners }) => settle(item.id, site, manners),
  operateHere: ({ item }) => recordOperateHere(item.id),
  approve: approvedByStep,
  dispute: async ({ item, config, site, act, actor, manners }) =>
    notifyDispute({ id: act, item, type: config.type, by: actor }, site, await manners()),
};

export async function afterStep(
  event: AfterEvent,
  site: Installed,
  priorities: Priorities,
  manners: () => Promise<Manners>,
  inForce: InForce,
): Promise<void> {
  const config = event.configuration;
  const transition = transitionOf(config.type, config.transition);
  const item = await readItem('app', event.issue.id, site);
  const change = item.changes.find((one) => one.id === event.changelog?.id);
  const step: Step = {
    item,
    config,
    site,
    act: event.changelog?.id ?? event.transition?.executionId ?? item.id,
    at: change?.at ?? item.created,
    actor: event.atlassianId ?? change?.by?.accountId,
    priorities,
    manners,
  };
  await recordWarned(item, transition, step, inForce);
  for (const effect of transition.after) await EFFECTS[effect](step);
}
