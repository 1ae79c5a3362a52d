/** What follows a step: the post function behind transitions that have effects. Late, doubled, or overtaken by others; each effect can run again. */
import { z } from 'zod';
import {
  askedByField,
  type Effect,
  type FieldKey,
  FIELDS,
  filled,
  HANDOFFS,
  HAND_OVER_FIELDS,
  namesApprovers,
  transitionOf,
  WORK_TYPE_KEYS,
  words,
  workType,
} from '../method';
import { approvedCalled } from '../catalog/model';
import { toAdf } from '../jira/adf';
import { Fault } from '../platform/errors';
import type { Installed, RuleConfig } from '../setup/model';
import { planVersion, recordApproval } from './approvals';
import { factsOf, pathRootOf } from './facts';
import { followAccepted } from './follow';
import { configuration } from './gate';
import { asMoment, asUserValue, type Edit, readItem, writeItem } from './jira';
import { followedSteps, stepId } from './ledger';
import { keepPromise } from './keep-promise';
import { make } from './make';
import type { Manners } from './manners';
import { mirror, newProperty } from './mirror';
import { requesterOf, type WorkItem } from './model';
import { tellRegister } from './named';
import { notifyDispute } from './notify';
import { priorityIdOf, type Priorities } from './priority';
import { chainOf, type Draft, prepare, type Receipt, receiptsOf, recordOperateHere } from './receipts';
import { planPromise } from './planned';
import { settle, typeOf } from './settle';
import { followStep } from './step';
import { recordStep } from './walk';
import { realising } from './wish';
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
  /** Work items are made by this step. */
  made: boolean;
  priorities: Priorities;
  manners: () => Promise<Manners>;
}

async function accept({ item, config, actor, at, priorities }: Step): Promise<Edit> {
  const asked = requesterOf(item);
  const priority = await priorityIdOf(config.type, item.values, priorities);
  const values = {
    ...(!item.values.coordinator && actor !== undefined && { coordinator: asUserValue(actor) }),
    ...(!item.values.askedBy && asked && { askedBy: asUserValue(asked.accountId) }),
    ...(item.values.reportTime === undefined && { reportTime: asMoment(item.created) }),
  };
  const system = priority !== undefined && item.priorityId !== priority ? { priority: { id: priority } } : {};
  await followAccepted(item.id, at, actor);
  return { values, system };
}

/** By Jira's own screen: fields say what is asked. The dialog has written its receipts beforehand. */
async function draftsFromFields(step: Step): Promise<Draft[]> {
  const { item, config, site, actor, act } = step;
  const facts = factsOf(item, config.type, [], site, { now: step.at });
  // After the step the fields belong to the status before; they are emptied once used, so whatever stands there is this step's.
  const types = askedByField({ fields: facts.fields, fresh: new Set(['handOverTo']) });
  const team = z.object({ id: z.string(), value: z.string() }).safeParse(item.raw.solutionTeam).data;
  const realise = types.length === 0 ? undefined : await realising(item, config.type, step.at);
  const readyBy = item.values.readyBy ?? realise?.readyBy;
  return types.flatMap((type): Draft[] => {
    const rule = HANDOFFS.find((one) => one.from === config.type && one.to === type);
    if (!rule) return [];
    return [
      {
        kind: 'handOff',
        type,
        blocks: rule.blocks,
        team: team && { id: team.id, name: team.value },
        what: words(item.values, 'whatIsAsked') || (realise?.what ?? item.summary),
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

async function fork(step: Step): Promise<Edit> {
  const { item, site } = step;
  const drafts = await draftsFromFields(step);
  if (drafts.length > 0) await prepare(item, step.act, drafts, false);
  const [first] = await makeAll(item, site);
  const given = HAND_OVER_FIELDS.filter((key) => key !== 'solutionTeam' && key in item.raw);
  // The path of the whole chain stands on its root.
  const rootId = first && first.rootId !== item.id ? pathRootOf(item.id, await chainOf(item.id)) : item.id;
  if (rootId !== item.id) await mirrorOf(rootId, site);
  return { values: Object.fromEntries(given.map((key) => [key, null])) };
}

/** Whoever was moved on gets the property with the news of that step. */
async function settleOwn({ item, config, made, site, manners }: Step): Promise<Edit> {
  // What was just made is not among the links that were read.
  const moved = await settle(item.id, site, manners, { given: made ? undefined : item, mirrors: false });
  return moved ? {} : { property: await newProperty(item, config.type) };
}

async function mirrorOf(itemId: string, site: Installed): Promise<void> {
  const item = await readItem('app', itemId, site);
  const type = typeOf(item, site);
  if (type) await mirror(item, type, site);
}

async function reclassify(step: Step): Promise<undefined> {
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

/** Where nobody is named, taking the step is the approval. */
async function approvedByStep({ item, actor, act, at }: Step): Promise<undefined> {
  if (actor === undefined || namesApprovers(item.values)) return;
  const version = planVersion(item.values);
  await recordApproval({ id: act, itemId: item.id, subject: 'plan', version, person: actor, verdict: 'approve', manager: false, at });
}

const [STANDARD] = FIELDS.changeCategory.options;

/** The template of the standard it was ordered as; what somebody has written stays. */
async function template({ item }: Step): Promise<Edit | undefined> {
  const title = words(item.values, 'catalogItem');
  const standard = title === '' ? undefined : await approvedCalled(title);
  if (standard?.type !== 'rfc') return undefined;
  const { plan, tests, deployment, backOut } = standard;
  const written: [FieldKey, string][] = [
    ['plan', plan],
    ['testPlan', tests],
    ['deploymentPlan', deployment],
    ['backOut', backOut],
  ];
  const empty = written.filter(([key, text]) => text !== '' && !filled(item.values, key));
  return {
    values: {
      ...Object.fromEntries(empty.map(([key, text]) => [key, toAdf(text)])),
      ...(!filled(item.values, 'changeCategory') && { changeCategory: { value: STANDARD } }),
    },
  };
}

/** What an effect changes of the work item itself is answered, so that one request writes it with the property. */
const EFFECTS: Record<Effect, (step: Step) => Promise<Edit | undefined>> = {
  accept,
  fork,
  reclassify,
  // Every step tells whoever waits for it; by this effect it is told at once.
  wake: () => Promise.resolve(undefined),
  // The same.
  agreement: () => Promise.resolve(undefined),
  settle: settleOwn,
  operateHere: async ({ item }) => void (await recordOperateHere(item.id)),
  approve: approvedByStep,
  template,
  dispute: async ({ item, config, site, act, actor, manners }) =>
    void (await notifyDispute({ id: act, item, type: config.type, by: actor }, site, await manners())),
};

/** What the site has set, each asked for only where a step needs it. */
export interface Customs {
  priorities: Priorities;
  manners: () => Promise<Manners>;
  inForce: InForce;
}

export async function afterStep(event: AfterEvent, site: Installed, { priorities, manners, inForce }: Customs): Promise<void> {
  const config = event.configuration;
  const { after } = transitionOf(config.type, config.transition);
  const before = await followedSteps(event.issue.id);
  const item = await readItem('app', event.issue.id, site);
  const change = item.changes.find((one) => one.id === event.changelog?.id);
  const step: Step = {
    item,
    config,
    site,
    act: event.changelog?.id ?? event.transition?.executionId ?? item.id,
    at: change?.at ?? item.created,
    actor: event.atlassianId ?? change?.by?.accountId,
    made: after.includes('fork'),
    priorities,
    manners,
  };
  await recordWarned(item, transitionOf(config.type, config.transition), step, inForce);
  await tellRegister(item, config.type);
  // Before the property, which names the agreement.
  const kept = await keepPromise(item, config.type, await manners());
  await planPromise(item.id, kept.next);
  let edit: Edit = {};
  for (const effect of after) edit = { ...edit, ...(await EFFECTS[effect](step)) };
  if (!after.includes('settle')) edit = { ...edit, property: await newProperty(item, config.type) };
  await writeItem(item.key, { ...edit, values: { ...edit.values, ...kept.values } }, site);
  // Where the changelog does not tell of it yet, the event will.
  if (!change?.status?.to) return;
  const { from, to } = change.status;
  await followStep({ id: change.id, itemId: item.id, from, to, by: step.actor }, item, site, manners);
  await recordStep(item, change.id, site);
  // Of two steps at once the later may have told how it stands before this one did.
  const others = [...(await followedSteps(item.id))].filter((id) => !before.has(id) && id !== stepId(item.id, change.id));
  if (others.length > 0) await mirrorOf(item.id, site);
}
