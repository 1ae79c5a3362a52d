/** The process panel as data, from what Jira and the records say. Pure: the verdicts are the gate's own. */
import type { ChainLink, NextStep, Pause, ProcessPanel, RuleLine, Supplier } from '../contract';
import {
  actor,
  type AgreedFact,
  type ActorKey,
  answeredByHandingOver,
  type Facts,
  forkOf,
  isOpen,
  judge,
  type Offer,
  pathMeaning,
  pathOf,
  type Path,
  PROCESS_KEYS,
  type ProcessKey,
  type ProfileKey,
  type RegisterFact,
  PROCESSES,
  processesOf,
  PROFILES,
  type RuleLevels,
  settlement,
  type StatusKey,
  STATUSES,
  staysPassing,
  type Transition,
  transitionsFrom,
  type Verdict,
  WORKFLOWS,
  workType,
  type WorkTypeKey,
} from '../method';
import type { Installed } from '../setup/model';
import { approvalsOf, newest, planVersion, type Said } from './approvals';
import { askOf, asPaused, othersFrom, takeOf, type Ways } from './deeds/steps';
import { blocking, factsOf, onPath, pathRootOf, pathType, stateOf, type Terms } from './facts';
import { coordinatorOf, entry, type Followed, type Foreign, type Person, requesterOf, type WorkItem } from './model';
import { byReceipt, type Note } from './receipt-notes';
import type { ItemRecord, Receipt } from './receipts';
import { receiptView, standsForAsker, strayLinks } from './record';

export interface PanelSources {
  /** The steps that Jira offers to whoever looks. */
  ways: Ways;
  item: WorkItem;
  type: WorkTypeKey;
  /** Receipts of the whole chain. */
  chain: readonly Receipt[];
  /** The chain's work items this person may see, by id; `item` among them. */
  visible: ReadonlyMap<string, Followed>;
  /** Those that do not follow USM. */
  foreign: ReadonlyMap<string, Foreign>;
  record: ItemRecord;
  /** Lines of the receipts this work item stands in. */
  notes: readonly Note[];
  /** Names of people whom no work item names. */
  people: ReadonlyMap<string, string>;
  /** May edit it in Jira; asked only where that decides something. */
  edits: boolean;
  me: string;
  now: number;
  binding: Installed;
  conduct: Conduct;
  /** What was said of the plan; absent where nobody is asked. */
  said?: readonly Said[] | undefined;
  /** What is drafted for a Wish, where a step from here asks it. */
  offer?: Offer | undefined;
  /** What this person holds in the space, where a rule asks it. */
  profiles?: ReadonlySet<ProfileKey> | undefined;
  /** What is agreed about it, where a rule asks it. */
  agreed?: AgreedFact | undefined;
  /** What the register says of what it names, where a rule asks it. */
  register?: RegisterFact | undefined;
}

/** How the rules are set on this site, and who answers for a process. */
export interface Conduct {
  levels: RuleLevels;
  paused?: Pause | undefined;
  accountable: { readonly [process in ProcessKey]?: Person | undefined };
  terms: Terms;
  suppliers: readonly Supplier[];
}

const ACTOR_WORDS: Partial<Record<ActorKey, string>> = {
  requester: 'whoever asked for it',
  askedBy: 'whoever asked for it',
  approver: 'an approver',
  acceptor: 'whoever accepts it for production',
};

const profileWords = (key: ActorKey): string => {
  const [profile] = actor(key).profiles;
  return profile ? PROFILES[profile].name.replace(/^USM /, '') : '';
};

export function whoWords(transition: Transition): string {
  const people = transition.who.filter((key) => key !== 'app').map((key) => ACTOR_WORDS[key] ?? profileWords(key));
  const text = people.length === 0 ? 'moves by itself' : people.join(' or ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function line(verdict: Verdict, later: boolean, mayHandOver: boolean, ask: Pick<RuleLine, 'ask'>): RuleLine {
  const state = verdict.state !== 'unmet' ? verdict.state : verdict.level === 'warn' ? 'warning' : later ? 'later' : 'unmet';
  const helps = state === 'unmet' && mayHandOver && answeredByHandingOver(verdict.rule);
  return { rule: verdict.rule, state, text: verdict.text, help: verdict.help, ...(helps && { action: 'handOver' as const }), ...ask };
}

const ORDER: Record<RuleLine['state'], number> = { unmet: 0, warning: 1, later: 2, met: 3, notJudged: 4 };
const sorted = (lines: RuleLine[]): RuleLine[] => [...lines].sort((a, b) => ORDER[a.state] - ORDER[b.state]);

/** The ways on: the usual one first. Whoever asked sees their own Confirm, everybody else what a recorded one needs. */
function onward(sources: PanelSources): Transition[] {
  const { item, type, me, chain } = sources;
  const own = requesterOf(item)?.accountId === me;
  const hasHandoffs = chain.some((one) => one.parentId === item.id);
  const { path } = workType(type);
  const usual = path[path.indexOf(item.status) + 1];
  return transitionsFrom(type, item.status)
    .filter((one) => one.kind === 'onward' || (one.kind === 'auto' && one.key === 'workReturned' && (hasHandoffs || forkOf(type) !== undefined)))
    .filter((one) => one.key !== (own ? 'confirmFor' : 'confirm'))
    .sort((a, b) => Number(b.to === usual) - Number(a.to === usual));
}

const factsFor = ({ item, type, chain, binding, conduct, me, now, said, offer, profiles, agreed, register }: PanelSources): Facts =>
  factsOf(item, type, chain, binding, {
    actor: { accountId: me, ...(profiles && { profiles }) },
    said,
    offer,
    terms: conduct.terms,
    agreed,
    register,
    now,
  });

function nextSteps(sources: PanelSources, mayHandOver: boolean): NextStep[] {
  const { conduct, type, ways } = sources;
  const facts = factsFor(sources);
  return onward(sources).map((transition) => {
    const verdicts = judge(transition, facts, conduct.levels);
    const take = takeOf(transition, type, conduct.paused ? asPaused(verdicts) : verdicts, ways);
    return {
      transition: transition.key,
      name: transition.name,
      to: transition.to,
      toName: STATUSES[transition.to].name,
      auto: transition.kind === 'auto',
      who: whoWords(transition),
      rules: sorted(verdicts.map((verdict) => line(verdict, false, mayHandOver, askOf(verdict, type, ways, transition)))),
      ...(take && { take }),
    };
  });
}

/** What the step after the next will ask, while the next one comes by itself. */
function later(sources: PanelSources): ProcessPanel['later'] {
  const { item, type, conduct, ways } = sources;
  if (item.status !== 'realising') return undefined;
  const confirm = WORKFLOWS[type].transitions.find((one) => one.key === 'confirmFor');
  if (!confirm) return undefined;
  const rules = judge(confirm, factsFor(sources), conduct.levels)
    .filter((one) => one.rule !== 'V09' && one.state !== 'notJudged')
    .map((verdict) => line(verdict, true, false, askOf(verdict, type, ways)));
  return rules.length === 0 ? undefined : { toName: STATUSES[confirm.to].name, rules: sorted(rules) };
}

function steps(item: WorkItem, type: WorkTypeKey): Pick<ProcessPanel, 'steps' | 'position'> {
  const { path } = workType(type);
  const enteredAt = (status: StatusKey): number | undefined =>
    item.changes.findLast((change) => change.status?.to === status)?.at ?? (status === path[0] ? item.created : undefined);
  const left = item.changes.findLast((change) => change.status?.to === item.status)?.status?.from;
  const standing = path.includes(item.status) ? item.status : (left ?? path[0]);
  const position = Math.max(0, path.indexOf(standing));
  return {
    position,
    steps: path.map((status, index) => {
      const at = index <= position ? enteredAt(status) : undefined;
      return { status, name: STATUSES[status].name, ...(at !== undefined && { at }) };
    }),
  };
}

type ProcessState = ProcessPanel['path']['processes'][number]['state'];

function pathView(sources: PanelSources): ProcessPanel['path'] {
  const { item, type, chain } = sources;
  const rootId = pathRootOf(item.id, chain);
  const root = sources.visible.get(rootId) ?? { type };
  const live = onPath(rootId, chain);
  const path: Path = pathOf(root.type, live.map(pathType), sources.record.operateHere);
  const order = processesOf(root.type, path);
  const here = workType(type).process;
  const stateOf = (process: (typeof PROCESS_KEYS)[number]): ProcessState => {
    if (process === here) return 'here';
    if (!order.includes(process)) return 'off';
    if (process === workType(root.type).process) return 'waits';
    const states = live.filter((one) => workType(pathType(one)).process === process).map((one) => visibleState(one, sources));
    if (states.length === 0) return 'ahead';
    if (states.every((state) => state === 'fulfilled')) return 'fulfilled';
    return states.some((state) => state === 'accepted') ? (order.indexOf(process) < order.indexOf(here) ? 'waits' : 'running') : 'asked';
  };
  return {
    code: path,
    meaning: pathMeaning(root.type, path),
    processes: PROCESS_KEYS.map((process) => {
      const index = order.indexOf(process);
      return {
        process,
        verb: PROCESSES[process],
        ...(index >= 0 && { order: index + 1 }),
        state: item.status === 'closed' && process === here ? 'fulfilled' : stateOf(process),
      };
    }),
  };
}

/** State of a receipt by its child, where this person may see it. */
export function visibleState(receipt: Receipt, { visible, foreign }: Pick<PanelSources, 'visible' | 'foreign'>): Receipt['state'] {
  const status = visible.get(receipt.childId ?? '')?.item.status;
  const category = status ? STATUSES[status].category : foreign.get(receipt.childId ?? '')?.category;
  return stateOf(receipt, { status, category });
}

/** Who has it in hand: the assignee, else the coordinator. */
export const ownerOf = (item: WorkItem): Person | undefined => item.assignee ?? coordinatorOf(item);

const endOf = (item: WorkItem): number | undefined =>
  STATUSES[item.status].category === 'DONE'
    ? item.changes.findLast((one) => one.status && one.status.to && STATUSES[one.status.to].category === 'DONE')?.at
    : undefined;

function link(known: { item: WorkItem; type: WorkTypeKey }, depth: number, here: boolean, receipt?: Receipt): ChainLink {
  const { item, type } = known;
  const owner = ownerOf(item);
  const team = receipt?.team?.name;
  const until = endOf(item);
  return {
    key: item.key,
    type,
    typeName: workType(type).name,
    verb: PROCESSES[workType(type).process],
    summary: item.summary,
    status: item.status,
    depth,
    here,
    since: item.created,
    ...(until !== undefined && { until }),
    ...(owner && { owner }),
    ...(team !== undefined && { team }),
  };
}

/** A supplier's work item as far as this person may see it there by themselves. */
function seenThere(
  receipt: Receipt,
  { visible, foreign }: PanelSources,
): Pick<Foreign, 'key' | 'summary' | 'typeName' | 'statusName' | 'category'> | undefined {
  const known = visible.get(receipt.childId ?? '')?.item;
  if (!known) return foreign.get(receipt.childId ?? '');
  return { ...known, statusName: STATUSES[known.status].name, category: STATUSES[known.status].category };
}

/** Passed to a supplier: who, and what this person may see of it. */
function atSupplier(receipt: Receipt, sources: PanelSources): ChainLink {
  const there = seenThere(receipt, sources);
  return {
    key: there?.key,
    type: receipt.type,
    typeName: there?.typeName ?? workType(receipt.type).name,
    verb: 'Supplier',
    summary: there?.summary ?? (receipt.childId === undefined ? receipt.what : 'A work item you may not see'),
    depth: receipt.depth,
    here: false,
    team: receipt.team?.name,
    supplier: { status: there?.statusName, category: there?.category, unseen: receipt.place?.unseen ?? false },
    since: receipt.askedAt ?? receipt.preparedAt,
    until: receipt.endedAt,
  };
}

/** Root to leaf, children under their parent. A link this person may not see shows its process and state, nothing else. */
function chainView(sources: PanelSources, rootId: string, people: ReadonlyMap<string, string>): ChainLink[] {
  const { chain, visible, item } = sources;
  const root = visible.get(rootId);
  const below = (parentId: string): ChainLink[] =>
    chain
      .filter((one) => one.parentId === parentId)
      .flatMap((receipt) => {
        const known = receipt.childId === undefined ? undefined : visible.get(receipt.childId);
        const own: ChainLink =
          receipt.kind === 'supplier'
            ? atSupplier(receipt, sources)
            : known
              ? link(known, receipt.depth, known.item.id === item.id, receipt)
              : {
                  type: receipt.type,
                  typeName: workType(receipt.type).name,
                  verb: PROCESSES[workType(receipt.type).process],
                  summary: receipt.childId === undefined ? receipt.what : 'A work item you may not see',
                  depth: receipt.depth,
                  here: false,
                  ...(receipt.team && { team: receipt.team.name }),
                };
        const handoff: NonNullable<ChainLink['handoff']> = {
          state: visibleState(receipt, sources),
          askedAt: receipt.askedAt ?? receipt.preparedAt,
          by: { accountId: receipt.askedBy, name: people.get(receipt.askedBy) ?? receipt.askedBy },
          ...(receipt.acceptedAt !== undefined && { acceptedAt: receipt.acceptedAt }),
          ...(receipt.readyBy !== undefined && { readyBy: receipt.readyBy }),
        };
        return [{ ...own, handoff }, ...(receipt.childId === undefined || receipt.kind === 'supplier' ? [] : below(receipt.childId))];
      });
  return [...(root ? [link(root, 0, root.item.id === item.id)] : []), ...below(rootId)];
}

/** Every name the answers of Jira carried, by account id. */
export function namesIn(visible: PanelSources['visible']): Map<string, string> {
  const names = new Map<string, string>();
  for (const { item } of visible.values()) {
    for (const [id, name] of item.names) names.set(id, name);
    for (const one of [item.reporter, item.assignee, ...item.changes.map((change) => change.by)]) if (one) names.set(one.accountId, one.name);
  }
  return names;
}

/** Who has to move, while something handed over is open. */
function waitsFor(item: WorkItem, mine: readonly Receipt[]): Pick<ProcessPanel, 'waitsFor'> {
  const asked = mine.filter((one) => one.blocks);
  const open = asked[blocking(item, mine).findIndex((one) => isOpen(one.state))];
  if (!open) return {};
  return { waitsFor: { party: open.team?.name ?? PROCESSES[workType(open.type).process], since: open.askedAt ?? open.preparedAt } };
}

/** The last refusal, as long as the work item stands where it was refused. */
function refused(item: WorkItem, type: WorkTypeKey, { refused: last }: ItemRecord): Pick<ProcessPanel, 'refused'> {
  if (!last || last.at < entry(item).at) return {};
  const name = WORKFLOWS[type].transitions.find((one) => one.key === last.transition)?.name ?? '';
  return { refused: { ...last, transition: name } };
}

function waiting(item: WorkItem): Pick<ProcessPanel, 'waiting'> {
  if (item.status !== 'waiting') return {};
  const until = item.values.waitingUntil;
  return { waiting: { for: String(item.values.waitingFor ?? 'an answer'), ...(typeof until === 'number' && { until }) } };
}

function coordinator(item: WorkItem): Pick<ProcessPanel, 'coordinator'> {
  const steers = coordinatorOf(item);
  return steers ? { coordinator: steers } : {};
}

function may({ item, type, ways, conduct: { suppliers } }: PanelSources, mine: readonly Receipt[]): ProcessPanel['may'] {
  const fork = forkOf(type);
  // Something asked for was not made yet, or what came back did not bring the work item with it.
  const unmade = mine.some((one) => one.state === 'prepared' && (item.status === 'realising' || one.place?.stepless));
  const retry = unmade || settlement(item.status, blocking(item, mine)).move !== 'none';
  const reclassify = transitionsFrom(type, item.status).some((one) => one.key === 'reclassify' && ways.has(one.id));
  const forks = fork !== undefined && (fork.from.includes(item.status) || item.status === fork.to);
  return { handOver: forks || (suppliers.length > 0 && staysPassing(type, item.status)), retry, reclassify, followUp: true };
}

/** The receipt this work item was made for, those it wrote itself, and links that look like one. */
function receiptsView(sources: PanelSources): Pick<ProcessPanel, 'receipt' | 'receipts' | 'strayLinks'> {
  const { item, chain, visible, notes, people, edits, me, now, binding } = sources;
  const lines = byReceipt(notes);
  const names = new Map([...people, ...namesIn(visible)]);
  const seenFrom = (receipt: Receipt, side: 'asked' | 'asks') =>
    receiptView({
      receipt,
      notes: lines.get(receipt.id) ?? [],
      state: visibleState(receipt, sources),
      side,
      parent: visible.get(receipt.parentId),
      child: receipt.childId === undefined ? undefined : visible.get(receipt.childId),
      names,
      asks: edits || standsForAsker(receipt, visible.get(receipt.parentId)?.item, me),
      now,
    });
  const own = chain.find((one) => one.childId === item.id);
  // A supplier answers in words of their own, which the chain shows.
  const mine = chain.filter((one) => one.kind === 'handOff' && one.parentId === item.id && one.childId !== undefined);
  const stray = strayLinks(item, chain, binding);
  return {
    ...(own && { receipt: seenFrom(own, 'asked') }),
    ...(mine.length > 0 && { receipts: mine.map((one) => seenFrom(one, 'asks')) }),
    ...(stray.length > 0 && { strayLinks: stray }),
  };
}

function approvals({ item, said, me }: PanelSources): Pick<ProcessPanel, 'approvals'> {
  if (!said) return {};
  const { asked } = approvalsOf(item, said);
  const last = newest(said);
  return {
    approvals: {
      version: planVersion(item.values),
      asked: asked.map((person) => {
        const { verdict, words, at } = last.get(person.accountId) ?? {};
        return { person, ...(verdict && { verdict }), ...(words !== undefined && { words }), ...(at !== undefined && { at }) };
      }),
      ...(asked.some(({ accountId }) => accountId === me) && { mine: last.get(me)?.verdict ?? 'asked' }),
    },
  };
}

export function panelOf(sources: PanelSources): ProcessPanel {
  const { item, type, chain, visible, record, conduct } = sources;
  const rootId = chain[0]?.rootId ?? item.id;
  const mine = chain.filter((one) => one.parentId === item.id);
  const allowed = may(sources, mine);
  const facts = factsFor(sources);
  const dueBy = item.values.dueBy;
  const after = later(sources);
  const { process } = workType(type);
  const accountable = conduct.accountable[process];
  return {
    state: 'ok',
    key: item.key,
    type,
    typeName: workType(type).name,
    status: item.status,
    statusName: STATUSES[item.status].name,
    statusMeaning: STATUSES[item.status].meaning,
    since: entry(item).at,
    path: pathView(sources),
    ...steps(item, type),
    ...waiting(item),
    ...(typeof dueBy === 'number' && { dueBy }),
    next: nextSteps(sources, allowed.handOver),
    others: othersFrom(type, item.status, sources.ways, (transition) => judge(transition, facts, conduct.levels)),
    ...(after && { later: after }),
    accountable: { role: `Process manager, ${PROCESSES[process]}`, ...(accountable && { person: accountable }) },
    ...coordinator(item),
    ...waitsFor(item, mine),
    chain: chainView(sources, rootId, namesIn(visible)),
    ...receiptsView(sources),
    ...approvals(sources),
    ...refused(item, type, record),
    ...(conduct.paused && { paused: conduct.paused }),
    may: allowed,
    asOf: sources.now,
  };
}
