/**
 * Keeps the promise of a work item in sight: fixed as it is accepted, then told in Jira's own fields whenever it stands otherwise, and looked at again at
 * the moment at which time alone will change it. Every step comes by here; it may run twice, and late.
 */
import type { Clocks } from '../agreements/service';
import { type FieldKey, NOTICE_TEXTS, type PromiseState, type WorkTypeKey, words, workType } from '../method';
import { now } from '../platform/clock';
import { agreementOf, fix, type WorkAgreement } from './agreed-records';
import { promised } from './fixing';
import { asMoment } from './jira';
import type { Manners } from './manners';
import type { WorkItem } from './model';
import { handlersOf } from './notify';
import { acceptedAt, nextTurn, promiseClocks, stateOf } from './promise';
import { tell } from './tell';

type Values = Partial<Record<FieldKey, unknown>>;

/** The agreement and its version as the field says it. */
export const agreementText = ({ agreement, promise }: WorkAgreement): string =>
  agreement ? `${agreement.id} ${promise?.name ?? ''}, version ${String(agreement.version)}` : '';

/** What is fixed; fixed now, where it was accepted and nobody has. */
async function fixedOf(item: WorkItem, type: WorkTypeKey, manners: Manners): Promise<WorkAgreement | undefined> {
  const there = await agreementOf(item.id);
  const at = acceptedAt(item);
  if (there?.acceptedAt !== undefined || at === undefined) return there;
  const known = there?.chosen && there.promise ? there : undefined;
  const fixing = known ? { agreement: known.agreement, promise: known.promise } : await promised({ item, type, manners, at });
  await fix(item.id, { ...fixing, acceptedAt: at });
  return { agreement: fixing.agreement, chosen: there?.chosen, acceptedAt: at, promise: fixing.promise };
}

/** What acceptance would promise: until somebody has answered, just that is what matters. */
async function foreseen(item: WorkItem, type: WorkTypeKey, manners: Manners): Promise<WorkAgreement | undefined> {
  if (item.status !== 'registered') return undefined;
  const { agreement, promise } = await promised({ item, type, manners, at: now() });
  return promise && { agreement, chosen: undefined, acceptedAt: undefined, promise };
}

/** What was foreseen holds no more: another service or customer was set since. */
const emptied = ({ values }: WorkItem): Values =>
  words(values, 'agreement') === '' ? {} : { agreement: null, promise: null, respondBy: null, dueBy: null };

/** To the second, as Jira keeps moments. */
const same = (a: number, b: unknown): boolean => typeof b === 'number' && Math.abs(a - b) < 1_000;

/** What the fields should say and do not say yet. A moment that nobody knows while it waits for the customer stays as it was. */
function valuesOf(item: WorkItem, kept: WorkAgreement, clocks: Clocks, state: PromiseState | undefined): Values {
  const { values } = item;
  const text = agreementText(kept);
  const byDate = kept.promise?.by === undefined && kept.promise?.deliver === 'agreedDate';
  const { respond, deliver } = clocks;
  const responds = kept.promise?.respond !== undefined && respond.due !== undefined && !same(respond.due, values.respondBy);
  const delivers = !byDate && deliver.due !== undefined && deliver.state !== 'over' && !same(deliver.due, values.dueBy);
  return {
    ...(text !== words(values, 'agreement') && { agreement: text === '' ? null : text }),
    ...((state ?? '') !== words(values, 'promise') && { promise: state === undefined ? null : { value: state } }),
    ...(responds && respond.due !== undefined && { respondBy: asMoment(respond.due) }),
    ...(delivers && deliver.due !== undefined && { dueBy: asMoment(deliver.due) }),
  };
}

export interface Kept {
  /** What to write, in Jira's form. */
  values: Values;
  /** When time alone will change it; undefined: never. */
  next: number | undefined;
  clocks?: Clocks;
  state?: PromiseState | undefined;
}

export async function keepPromise(item: WorkItem, type: WorkTypeKey, manners: Manners): Promise<Kept> {
  const fixed = await fixedOf(item, type, manners);
  const kept = fixed?.acceptedAt === undefined ? await foreseen(item, type, manners) : fixed;
  if (!kept?.promise) return { values: item.status === 'registered' ? emptied(item) : {}, next: undefined };
  const at = now();
  const clocks = promiseClocks(kept.promise, item, at);
  const state = stateOf(clocks);
  return { values: valuesOf(item, kept, clocks, state), next: nextTurn(kept.promise, clocks, at), clocks, state };
}

/** Whoever has it in hand is told once when it comes at risk, and once when it is late; by clock and due moment, so that a moved date is told anew. */
export async function remind(item: WorkItem, type: WorkTypeKey, { clocks }: Kept, manners: Manners): Promise<void> {
  if (!clocks) return;
  const handlers = handlersOf(item);
  const accountable = manners.accountable(workType(type).process);
  // Nobody has taken it on yet: whoever answers for the process sees to that.
  const to = handlers.length > 0 || !accountable ? handlers : [accountable];
  for (const [what, clock] of [
    ['answer', clocks.respond],
    ['result', clocks.deliver],
  ] as const) {
    const kind = clock.verdict === 'atRisk' ? 'atRisk' : clock.verdict === 'missed' ? 'late' : undefined;
    if (clock.state !== 'running' || !kind || !manners.tells(kind)) continue;
    const due = clock.due === undefined ? undefined : manners.inWords(clock.due);
    const id = `${item.id}:${what}:${String(clock.due ?? 0)}:${kind}`;
    await tell({ id, key: item.key, kind, to, text: NOTICE_TEXTS[kind](item.key, what, due) });
  }
}
