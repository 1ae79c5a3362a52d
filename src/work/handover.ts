/** Handing over from the panel: receipt, then transition, then child. A refused step leaves nothing in another team's queue. */
import { randomUUID } from 'node:crypto';
import type { HandOverAnswer, HandOverForm, HandOverFormAnswer, HandOverRequest, HandOverRoute } from '../contract';
import {
  actor,
  answeredByHandingOver,
  type Facts,
  FIELDS,
  type FieldKey,
  forkOf,
  HANDOFFS,
  handoffsFrom,
  hinders,
  judge,
  list,
  PROCESSES,
  STATUSES,
  type Transition,
  workType,
  type WorkTypeKey,
  words,
} from '../method';
import { now } from '../platform/clock';
import { Fault } from '../platform/errors';
import type { Installed } from '../setup/model';
import { factsOf } from './facts';
import { choices, move, readItem, rolesHeld } from './jira';
import { make } from './make';
import { requesterOf, type WorkItem } from './model';
import { processPanel } from './panel';
import { claimVersion, type Draft, prepare, receiptsOf, recordOf, voidPrepared } from './receipts';
import { typeOf } from './settle';
import { type Conduct, whoWords } from './view';

export interface Asker {
  accountId: string;
  name: string;
}

/** The step that hands over from here; `undefined` step: already Realising, and more can be asked for. */
function forkHere(item: WorkItem, type: WorkTypeKey): { step: Transition | undefined; fork: Transition } | undefined {
  const fork = forkOf(type);
  if (!fork) return undefined;
  if (fork.from.includes(item.status)) return { step: fork, fork };
  return item.status === fork.to ? { step: undefined, fork } : undefined;
}

/** Asking for more is no step of the workflow, so no condition of Jira's guards it: whoever may take the step that hands over may ask for more. */
async function maySendMore(item: WorkItem, fork: Transition, site: Installed): Promise<void> {
  const held = await rolesHeld(item.projectId);
  if (fork.who.some((key) => actor(key).profiles.some((profile) => held.has(site.roles[profile])))) return;
  throw new Fault('person.forbidden', `${whoWords(fork)} can hand over more of ${item.key}. Ask one of them, or say in a comment what is missing.`);
}

const QUESTIONS: Record<WorkTypeKey, string> = {
  wish: 'What has to be realised?',
  rfc: 'How is the change put in place?',
  incident: 'How will it be recovered?',
  serviceRequest: 'Who goes on with it?',
  complaint: 'What puts it right?',
  improvement: 'How is the measure deployed?',
  preventiveAction: 'How is the measure deployed?',
  optimization: 'How is the measure deployed?',
};

/** Only what the matrix allows; what today's data forbid is shown with the reason. */
export function routesFor(type: WorkTypeKey, facts: Facts): HandOverRoute[] {
  const items = list(facts.fields, 'itemsToChange');
  const route = words(facts.fields, 'recoveryRoute');
  return handoffsFrom(type).map(({ to, purpose }): HandOverRoute => {
    const { name, process } = workType(to);
    const common = { type: to, typeName: name, verb: PROCESSES[process], purpose, allowed: true };
    if (to === 'rfc' && items.length > 0) return { ...common, suggested: `Needed: ${items.join(', ')} ${items.length === 1 ? 'changes' : 'change'}` };
    if (to === 'rfc' && route.startsWith('Change')) return { ...common, suggested: 'Chosen as the recovery route' };
    if (to === 'serviceRequest' && items.length > 0 && type !== 'rfc')
      return { ...common, purpose: `${purpose} Possible beside the change, not instead of it.` };
    if (to === 'serviceRequest' && route === 'Operate') return { ...common, suggested: 'Chosen as the recovery route' };
    return common;
  });
}

const SHOWN: readonly FieldKey[] = [
  'customer',
  'service',
  'category',
  'impact',
  'urgency',
  'itemsToChange',
  'itemsConcerned',
  'solution',
  'plan',
  'deploymentPlan',
];

const shown = (item: WorkItem, requester: string | undefined): HandOverForm['carried'] => [
  ...(requester === undefined ? [] : [{ label: 'Requester', value: requester }]),
  ...SHOWN.flatMap((key) => {
    const value = item.values[key];
    if (value === undefined) return [];
    return [{ label: FIELDS[key].name, value: Array.isArray(value) ? value.join(', ') : String(value) }];
  }),
];

export async function handOverForm(
  itemId: string,
  me: Asker,
  site: Installed,
  { levels, terms }: Pick<Conduct, 'levels' | 'terms'>,
): Promise<HandOverFormAnswer> {
  const item = await readItem('person', itemId, site);
  const type = typeOf(item, site);
  const here = type && forkHere(item, type);
  if (!here) return { state: 'notNow', text: `${item.key} cannot be handed over while it is ${STATUSES[item.status].name}.` };
  const facts = factsOf(item, type, await receiptsOf(item.id), site, { actor: me, terms, now: now() });
  const dueBy = item.values.dueBy;
  const unmet = here.step ? judge(here.step, facts, levels).filter((one) => hinders(one) && !answeredByHandingOver(one.rule)) : [];
  const team = item.raw.solutionTeam as { id?: string } | undefined;
  return {
    state: 'ok',
    key: item.key,
    summary: item.summary,
    fromVerb: PROCESSES[workType(type).process],
    ...(here.step && { transitionName: here.step.name }),
    me,
    question: QUESTIONS[type],
    routes: routesFor(type, facts),
    teams: await choices(item.key, 'solutionTeam', site),
    ...(team?.id !== undefined && { defaultTeam: team.id }),
    ...(typeof dueBy === 'number' && { readyBy: dueBy, dueBy }),
    carried: shown(item, requesterOf(item)?.name),
    unmet: unmet.map(({ rule, text, help }) => ({ rule, state: 'unmet' as const, text, help })),
    version: (await recordOf(item.id)).version,
  };
}

function toDrafts(type: WorkTypeKey, request: HandOverRequest, me: string, known: readonly { id: string; name: string }[]): Draft[] {
  return request.asks.map((ask) => {
    const rule = HANDOFFS.find((one) => one.from === type && one.to === ask.type);
    if (!rule) {
      throw new Fault(
        'person.input',
        `${workType(type).name} does not hand over to ${workType(ask.type).name}. Choose one of the ways the dialog shows.`,
      );
    }
    const team = known.find((one) => one.id === ask.team);
    if (!team) throw new Fault('person.input', 'That team is no longer in the list. Choose the team again.');
    return { kind: 'handOff', type: ask.type, blocks: rule.blocks, team, what: ask.what, readyBy: ask.readyBy, askedBy: me };
  });
}

export async function handOver(itemId: string, me: string, request: HandOverRequest, site: Installed, conduct: Conduct): Promise<HandOverAnswer> {
  const item = await readItem('person', itemId, site);
  const type = typeOf(item, site);
  const here = type && forkHere(item, type);
  if (!here) throw new Fault('person.conflict', `${item.key} has moved on, so it cannot be handed over from here. Look at USM process.`);
  if (!here.step) await maySendMore(item, here.fork, site);
  const drafts = toDrafts(type, request, me, await choices(item.key, 'solutionTeam', site));
  if (!(await claimVersion(item.id, request.version))) {
    throw new Fault('person.conflict', `Somebody else handed ${item.key} over just now. Look at the chain, then decide whether to ask for more.`);
  }
  const act = randomUUID();
  await prepare(item, act, drafts, here.step === undefined);
  if (here.step) {
    const outcome = await move('person', item.key, here.step.id);
    if (!outcome.moved) {
      await voidPrepared(item.id, act);
      return { state: 'refused', text: outcome.text };
    }
  }
  for (const receipt of await receiptsOf(item.id)) await make(receipt, item, site);
  return { state: 'done', made: await madeBy(item.id), panel: await processPanel(item.id, me, site, conduct) };
}

const PATIENCE = { tries: 6, pauseMs: 300 };

/** The post function may be making the same child: then it is waited for, briefly. */
async function madeBy(itemId: string): Promise<{ key: string; typeName: string }[]> {
  for (let attempt = 1; ; attempt += 1) {
    const receipts = (await receiptsOf(itemId)).filter((one) => one.kind === 'handOff');
    const newest = Math.max(...receipts.map((one) => one.round));
    const round = receipts.filter((one) => one.round === newest);
    if (round.every((one) => one.childKey !== undefined) || attempt === PATIENCE.tries) {
      return round.flatMap((one) => (one.childKey === undefined ? [] : [{ key: one.childKey, typeName: workType(one.type).name }]));
    }
    await new Promise((done) => setTimeout(done, PATIENCE.pauseMs));
  }
}
