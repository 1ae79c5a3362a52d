/** The agreement panel of a work item, read as the person who looks; and choosing another agreement, with a reason. */
import { choicesFor, choosable, type Rests, restsOn, targetOf } from '../agreements/service';
import type { FixedPromise, WorkAgreementAnswer, WorkAgreementView } from '../contract';
import { needsAgreement, priorityOf, PROFILE_KEYS, words, type WorkTypeKey, workType } from '../method';
import { now } from '../platform/clock';
import { Fault } from '../platform/errors';
import type { Installed } from '../setup/model';
import { agreementOf, choose as keepChoice, type WorkAgreement } from './agreed-records';
import { readOfWork, reportedAt } from './agreed';
import { promiseText, type Seen, standing } from './agreement-view';
import { fixedBy } from './fixing';
import { editsAsPerson, readItem, readItems, rolesHeld, writeItem } from './jira';
import { keepPromise } from './keep-promise';
import type { Manners } from './manners';
import { personWith, type WorkItem } from './model';
import { namesOf } from './people';
import { planPromise } from './planned';
import { acceptedAt } from './promise';
import { type Receipt, receiptOfChild } from './receipts';
import { typeOf } from './settle';

/** Whoever asks is of the other side. */
const INSIDE = PROFILE_KEYS.filter((key) => key !== 'customer');

interface Looking {
  item: WorkItem;
  type: WorkTypeKey;
  site: Installed;
  manners: Manners;
  /** Of the organisation: holds a role of its own in the space. */
  inside: boolean;
}

interface Root {
  item: WorkItem | undefined;
  type: WorkTypeKey | undefined;
  kept: WorkAgreement | undefined;
}

/** What it was handed over from in the end, as far as this person may see it. */
async function rootOf(receipt: Receipt, site: Installed): Promise<Root> {
  const [kept, { items }] = await Promise.all([agreementOf(receipt.rootId), readItems('person', [receipt.rootId], site)]);
  const item = items.get(receipt.rootId);
  return { item, type: item && typeOf(item, site), kept };
}

const seen = (item: WorkItem | undefined, type: WorkTypeKey | undefined, kept: WorkAgreement | undefined): Seen | undefined =>
  item && type && kept?.promise ? { item, type, promise: kept.promise } : undefined;

/** What there is instead of a promise, in words. */
async function without({ item, type }: Looking): Promise<Pick<WorkAgreementView, 'kind' | 'text' | 'agreement'>> {
  if (type === 'wish') return { kind: 'exempt', text: 'A Wish needs no agreement: it leads to one. What comes of it is agreed before it is done.' };
  if (!needsAgreement(type)) return { kind: 'exempt', text: `${workType(type).name} improves how we work; nobody was promised a time for it.` };
  const found = await readOfWork(item);
  if (!found.begun)
    return {
      kind: 'unasked',
      text: 'No agreement is in force on this site yet, so nothing is promised and no clock runs. Draft one under USM, Agreements.',
    };
  const { applies, none } = found;
  if (applies && acceptedAt(item) === undefined) {
    const { agreement, version } = applies;
    return {
      kind: 'waits',
      text: `${agreement.id}, ${agreement.name}, version ${String(version.number)} applies. What it promises is fixed when this is accepted, counted from the report.`,
    };
  }
  if (applies)
    return {
      kind: 'none',
      text: 'It was accepted before an agreement applied to it, so nothing was promised. Choose an agreement to promise it from now on.',
    };
  return {
    kind: 'none',
    text: words(item.values, 'customer') === '' ? 'Set Customer and Service, so that the agreement is found.' : (none ?? 'Nothing applies.'),
  };
}

async function chosenView(kept: WorkAgreement | undefined): Promise<Pick<WorkAgreementView, 'chosen'>> {
  if (!kept?.chosen) return {};
  const { by, why, at } = kept.chosen;
  return { chosen: { by: personWith(by, await namesOf([by])), why, at } };
}

async function choicesOf({ item, type, inside }: Looking, receipt: Receipt | undefined): Promise<Pick<WorkAgreementView, 'choices'>> {
  const customer = words(item.values, 'customer');
  if (!inside || receipt || !needsAgreement(type) || customer === '') return {};
  const found = await choicesFor(customer, [reportedAt(item), now()]);
  return { choices: found.map(({ agreement, version }) => ({ id: agreement.id, name: agreement.name, version: version.number, customer })) };
}

interface Under {
  kept: WorkAgreement;
  customers: Seen | undefined;
  rests: Rests | undefined;
}

/** The agreement it is under, as it stands now. */
function agreementView({ kept, rests }: Under): Pick<WorkAgreementView, 'agreement'> {
  if (!kept.agreement || !rests) return {};
  const { status, customer, until } = rests;
  return { agreement: { ...kept.agreement, name: kept.promise?.name ?? '', status, customer, ...(until !== undefined && { until }) } };
}

/** When it was fixed and for which priority. */
function fixedView({ kept, customers }: Under, { tables }: Manners): Pick<WorkAgreementView, 'fixed'> {
  if (kept.acceptedAt === undefined) return {};
  const at = Math.max(kept.acceptedAt, kept.chosen?.at ?? 0);
  const priority = customers?.promise.priority;
  const now = customers && priorityOf(customers.type, customers.item.values, tables);
  return {
    fixed: {
      at,
      ...(priority !== undefined && { priority }),
      ...(now !== undefined && priority !== undefined && now !== priority && { priorityNow: now }),
    },
  };
}

async function restsOf(kept: WorkAgreement | undefined, customers: Seen | undefined, { calendars }: Manners): Promise<Rests | undefined> {
  if (!kept?.agreement || !customers) return undefined;
  return restsOn({ ...kept.agreement, type: customers.type, rank: customers.promise.priority }, calendars);
}

/** Whose agreement it is under, and what the work item itself was promised by its team. */
async function sidesOf({ item, type, site, inside }: Looking, receipt: Receipt | undefined) {
  const kept = await agreementOf(item.id);
  if (!receipt) return { kept, customers: seen(item, type, kept), own: undefined, handedOver: {} };
  const root = await rootOf(receipt, site);
  const leg = inside && kept?.agreement ? { leg: `${kept.agreement.id}, ${kept.promise?.name ?? ''}` } : {};
  const own = inside ? seen(item, type, kept) : undefined;
  const handedOver: Pick<WorkAgreementView, 'root'> = { root: { ...(root.item && { key: root.item.key }), ...leg } };
  return { kept: root.kept, customers: seen(root.item, root.type, root.kept), own, handedOver };
}

async function viewOf(looking: Looking): Promise<WorkAgreementView> {
  const { item, manners, inside } = looking;
  const receipt = await receiptOfChild(item.id);
  const { kept, customers, own, handedOver } = await sidesOf(looking, receipt);
  const at = now();
  const [chosen, choices] = await Promise.all([chosenView(kept), choicesOf(looking, receipt)]);
  const common = { state: 'ok' as const, key: item.key, type: looking.type, status: item.status, asOf: at, ...chosen, ...choices, ...handedOver };
  const one = customers ?? own;
  if (!one) return { ...common, ...(await without(looking)), targets: [], stops: [] };
  const rests = await restsOf(kept, customers, manners);
  const under = kept && { kept, customers, rests };
  const stands = standing({ customers, own, rests, inside, now: at });
  const text = promiseText(one.promise, one.type, words(one.item.values, 'service'), manners.inWords);
  return {
    ...common,
    kind: 'kept',
    ...(text !== undefined && { promise: text }),
    ...(under && { ...agreementView(under), ...fixedView(under, manners) }),
    ...stands,
    ...(stands.targets.length === 0 && { text: `Nothing is promised for a ${workType(one.type).name} of this priority.` }),
    ...(inside && rests?.legs && rests.state && { rests: { legs: rests.legs, state: rests.state, text: rests.text ?? '' } }),
  };
}

async function lookAt(itemId: string, site: Installed, manners: Manners): Promise<Looking | { state: 'notUsm'; typeName: string }> {
  const item = await readItem('person', itemId, site);
  const type = typeOf(item, site);
  if (!type) return { state: 'notUsm', typeName: item.typeName };
  const held = await rolesHeld(item.projectId);
  return { item, type, site, manners, inside: INSIDE.some((profile) => held.has(site.roles[profile])) };
}

export async function agreementPanel(itemId: string, site: Installed, manners: Manners): Promise<WorkAgreementAnswer> {
  const looking = await lookAt(itemId, site, manners);
  return 'state' in looking ? looking : viewOf(looking);
}

/** Moments that an earlier promise left and that nobody promises any more. */
const emptied = (before: WorkAgreement | undefined, next: FixedPromise | undefined) => ({
  ...(before?.promise?.respond !== undefined && next?.respond === undefined && { respondBy: null }),
  ...(typeof before?.promise?.deliver === 'number' && next?.deliver === undefined && { dueBy: null }),
});

/** V03's other way out: somebody says which agreement applies, and why. After acceptance what is promised is fixed anew. */
export async function chooseAgreement(
  itemId: string,
  me: string,
  { agreement: id, reason }: { agreement: string; reason: string },
  site: Installed,
  manners: Manners,
): Promise<WorkAgreementAnswer> {
  const looking = await lookAt(itemId, site, manners);
  if ('state' in looking) return looking;
  const { item, type, inside } = looking;
  if (!inside || !(await editsAsPerson(itemId)))
    throw new Fault('person.forbidden', `Whoever works on ${item.key} chooses its agreement. Ask its coordinator.`);
  const receipt = await receiptOfChild(item.id);
  if (receipt) return { state: 'refused', text: `${item.key} was handed over, so it is under the agreement of what asked for it. Choose it there.` };
  if (!needsAgreement(type)) return { state: 'refused', text: `${workType(type).name} needs no agreement.` };
  const found = await choosable(id, [reportedAt(item), now()]);
  if (!found)
    return { state: 'refused', text: `${id} was not in force at the report and is not now. Choose one that is, extend it, or register a Wish.` };
  const { agreement, version } = found;
  const [at, before] = [acceptedAt(item), await agreementOf(item.id)];
  const target = targetOf(version.terms.targets, type, { rank: priorityOf(type, item.values, manners.tables) });
  const promise = at === undefined ? undefined : fixedBy(target, agreement.name, reportedAt(item), { item, type, manners, at });
  await keepChoice(item.id, { agreement: { id, version: version.number }, by: me, why: reason, at: now(), promise });
  if (at !== undefined) {
    const kept = await keepPromise(item, type, manners);
    await planPromise(item.id, kept.next);
    await writeItem(item.key, { values: { ...emptied(before, promise), ...kept.values } }, site);
  }
  return viewOf(at === undefined ? looking : { ...looking, item: await readItem('person', itemId, site) });
}
