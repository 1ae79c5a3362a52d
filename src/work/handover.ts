/** Handing over from the panel: receipt, then transition, then child. A refused step leaves nothing in another team's queue. */
import { randomUUID } from 'node:crypto';
import type { Ask, HandOverAnswer, HandOverForm, HandOverFormAnswer, HandOverRequest, HandOverRoute, Supplier } from '../contract';
import {
  actor,
  answeredByHandingOver,
  endsTheChain,
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
  staysPassing,
  type Transition,
  transitionOf,
  workType,
  type WorkTypeKey,
  words,
} from '../method';
import { now } from '../platform/clock';
import { Fault } from '../platform/errors';
import type { Installed } from '../setup/model';
import { factsOf } from './facts';
import { choices, mayMove, move, readItem, rolesHeld } from './jira';
import { make } from './make';
import { requesterOf, type WorkItem } from './model';
import { readRegister } from './named';
import { processPanel } from './panel';
import { claimVersion, type Draft, isAsked, prepare, type Receipt, receiptsOf, recordOf, voidPrepared } from './receipts';
import { typeOf } from './settle';
import { placeAt, shared } from './supplier';
import { type Conduct, whoWords } from './view';
import { offerFor, realising } from './wish';

export interface Asker {
  accountId: string;
  name: string;
}

interface Here {
  /** None is taken, since more is asked for in Realising, or since a supplier is asked where no process can be. */
  step: Transition | undefined;
  /** The step that hands over to processes; none where only a supplier can be asked. */
  fork: Transition | undefined;
}

/** How it can be handed over from where it stands. */
function forkHere(item: WorkItem, type: WorkTypeKey, suppliers: readonly Supplier[]): Here | undefined {
  const fork = forkOf(type);
  if (fork?.from.includes(item.status)) return { step: fork, fork };
  if (item.status === fork?.to) return { step: undefined, fork };
  return suppliers.length > 0 && staysPassing(type, item.status) ? { step: undefined, fork: undefined } : undefined;
}

/** Suppliers this person can pass it to. Where Jira is asked for no step, whoever may let it wait may have it wait for a supplier. */
async function passable(item: WorkItem, type: WorkTypeKey, suppliers: readonly Supplier[]): Promise<readonly Supplier[]> {
  if (suppliers.length === 0 || !staysPassing(type, item.status)) return suppliers;
  return (await mayMove('person', item.key, transitionOf(type, 'pause').id)) ? suppliers : [];
}

/** Asking for more is no step of the workflow, so no condition of Jira's guards it: whoever may take the step that hands over may ask for more. */
async function maySendMore(item: WorkItem, fork: Transition, site: Installed): Promise<void> {
  const held = await rolesHeld(item.projectId);
  if (fork.who.some((key) => actor(key).profiles.some((profile) => held.has(site.roles[profile])))) return;
  throw new Fault('person.forbidden', `${whoWords(fork)} can hand over more of ${item.key}. Ask one of them, or say in a comment what is missing.`);
}

const notFromHere = (item: WorkItem, type: WorkTypeKey | undefined): string =>
  type && !forkOf(type)
    ? `A ${endsTheChain(type)}`
    : `${item.key} cannot be handed over while it is ${STATUSES[item.status].name}. Look at USM process.`;

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

const PASS_ON: HandOverRoute = {
  type: 'supplier',
  typeName: 'Pass to supplier',
  verb: 'Supplier',
  purpose: 'A supplier does it in a space of their own. They are told what is asked and by when, and nothing about who asks.',
  allowed: true,
};

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
  { levels, terms, suppliers: known }: Pick<Conduct, 'levels' | 'terms' | 'suppliers'>,
): Promise<HandOverFormAnswer> {
  const item = await readItem('person', itemId, site);
  const type = typeOf(item, site);
  const suppliers = type ? await passable(item, type, known) : [];
  const here = type && forkHere(item, type, suppliers);
  if (!here) return { state: 'notNow', text: notFromHere(item, type) };
  const [receipts, offer, register] = await Promise.all([
    receiptsOf(item.id),
    offerFor(item, site, terms.calendars),
    readRegister(item, here.step ? [here.step] : [], terms.trend),
  ]);
  const facts = factsOf(item, type, receipts, site, { actor: me, terms, offer, register, now: now() });
  const dueBy = item.values.dueBy;
  const realise = await realising(item, type, facts.now);
  const readyBy = typeof dueBy === 'number' ? dueBy : realise?.readyBy;
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
    ...(!here.step && { staysIn: STATUSES[item.status].name }),
    routes: [...(here.fork ? routesFor(type, facts) : []), ...(suppliers.length > 0 ? [PASS_ON] : [])],
    teams: here.fork ? await choices(item.key, 'solutionTeam', site) : [],
    suppliers: suppliers.map(({ id, name }) => ({ id, name })),
    shared: shared(item, type),
    ...(team?.id !== undefined && { defaultTeam: team.id }),
    ...(readyBy !== undefined && { readyBy }),
    ...(realise && { what: realise.what }),
    ...(typeof dueBy === 'number' && { dueBy }),
    carried: shown(item, requesterOf(item)?.name),
    unmet: unmet.map(({ rule, text, help }) => ({ rule, state: 'unmet' as const, text, help })),
    version: (await recordOf(item.id)).version,
  };
}

/** The supplier's space is asked before anything is written: whoever may not create there learns it while nothing has moved. */
async function toSupplier(type: WorkTypeKey, ask: Ask, me: string, suppliers: readonly Supplier[], stepless: boolean): Promise<Draft> {
  const supplier = suppliers.find((one) => one.id === ask.team);
  if (!supplier) throw new Fault('person.input', 'That supplier is no longer in the list. Choose the supplier again.');
  const { id, name } = supplier;
  return {
    kind: 'supplier',
    type,
    blocks: true,
    team: { id, name },
    what: ask.what,
    readyBy: ask.readyBy,
    askedBy: me,
    place: { ...(await placeAt(supplier)), stepless },
  };
}

/** `teams`: who can be asked; absent where no process can be. */
function toDraft(type: WorkTypeKey, ask: Ask, me: string, teams: readonly { id: string; name: string }[] | undefined): Draft {
  const rule = HANDOFFS.find((one) => one.from === type && one.to === ask.type);
  if (!rule || !teams) {
    throw new Fault(
      'person.input',
      `${workType(type).name} does not hand over to ${ask.type === 'supplier' ? 'a supplier' : workType(ask.type).name} here. Choose one of the ways the dialog shows.`,
    );
  }
  const team = teams.find((one) => one.id === ask.team);
  if (!team) throw new Fault('person.input', 'That team is no longer in the list. Choose the team again.');
  return { kind: 'handOff', type: rule.to, blocks: rule.blocks, team, what: ask.what, readyBy: ask.readyBy, askedBy: me };
}

const justNow = ({ key }: WorkItem): Fault =>
  new Fault('person.conflict', `Somebody else handed ${key} over just now. Look at the chain, then decide whether to ask for more.`);

/** So long a dialog may be at work between what it asks and the step; after that it has died. */
const AT_WORK_MS = 60_000;

/** The step makes whatever is prepared: what another dialog is asking for at this moment is waited for, what a dead one asked for is taken back. */
async function clearTheWay(item: WorkItem): Promise<void> {
  const others = (await receiptsOf(item.id)).filter(
    (one) => one.state === 'prepared' && one.leaseUntil === undefined && isAsked(one) && !one.place?.stepless,
  );
  if (others.some((one) => one.preparedAt > now() - AT_WORK_MS)) throw justNow(item);
  for (const one of others) await voidPrepared(item.id, one.fork);
}

export async function handOver(itemId: string, me: string, request: HandOverRequest, site: Installed, conduct: Conduct): Promise<HandOverAnswer> {
  const item = await readItem('person', itemId, site);
  const type = typeOf(item, site);
  const suppliers = type ? await passable(item, type, conduct.suppliers) : [];
  const here = type && forkHere(item, type, suppliers);
  if (!here) throw new Fault('person.conflict', notFromHere(item, type));
  if (here.fork && !here.step) await maySendMore(item, here.fork, site);
  const teams = here.fork ? await choices(item.key, 'solutionTeam', site) : undefined;
  const drafts: Draft[] = [];
  for (const ask of request.asks) {
    drafts.push(ask.type === 'supplier' ? await toSupplier(type, ask, me, suppliers, here.step === undefined) : toDraft(type, ask, me, teams));
  }
  if (!(await claimVersion(item.id, request.version))) {
    throw justNow(item);
  }
  if (here.step) await clearTheWay(item);
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

const nameOf = ({ kind, type, team }: Receipt): string => (kind === 'supplier' ? `At ${team?.name ?? 'a supplier'}:` : workType(type).name);

const PATIENCE = { tries: 6, pauseMs: 300 };

/** The post function may be making the same child: then it is waited for, briefly. */
async function madeBy(itemId: string): Promise<{ key: string; typeName: string }[]> {
  for (let attempt = 1; ; attempt += 1) {
    const receipts = (await receiptsOf(itemId)).filter(isAsked);
    const newest = Math.max(...receipts.map((one) => one.round));
    const round = receipts.filter((one) => one.round === newest);
    if (round.every((one) => one.childKey !== undefined) || attempt === PATIENCE.tries) {
      return round.flatMap((one) => (one.childKey === undefined ? [] : [{ key: one.childKey, typeName: nameOf(one) }]));
    }
    await new Promise((done) => setTimeout(done, PATIENCE.pauseMs));
  }
}
