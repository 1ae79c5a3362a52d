/** A Wish and what is drafted for it: its steps ask the draft, and the draft goes along with its steps. */
import type { Calendar, WishDrafting, WishOffer } from '../contract';
import * as agreements from '../agreements/service';
import { OFFER_RULES, type Offer, type StatusKey, STATUSES, type Transition, words, type WorkTypeKey } from '../method';
import { Fault } from '../platform/errors';
import { together } from '../platform/sql';
import type { Installed } from '../setup/model';
import { readItem } from './jira';
import { requesterOf, type WorkItem } from './model';
import { type Receipt, receiptsFrom, receiptsQuestion } from './receipts';
import { typeOf } from './settle';

/** Only these statuses are left by steps that ask the draft. */
const ASKING: readonly StatusKey[] = ['specifying', 'negotiating', 'realising', 'reviewing'];
const BRINGING: readonly StatusKey[] = ['realising', 'reviewing'];

export const asksOffer = ({ rules }: Pick<Transition, 'rules'>): boolean => rules.some((id) => OFFER_RULES.some((one) => one === id) || id === 'V35');

/** The draft as its steps ask it, with what was handed over: one statement. */
export async function readOffer(
  { id, status }: Pick<WorkItem, 'id' | 'status'>,
  calendars: readonly Calendar[],
): Promise<{ offer: Offer | undefined; receipts: Receipt[] }> {
  const { receipts, ...parts } = await together({
    ...agreements.offerQuestions(id, BRINGING.includes(status)),
    receipts: receiptsQuestion(id),
  });
  return { offer: agreements.offerFrom(parts, calendars)?.offer, receipts: receiptsFrom(receipts) };
}

/** What stands against the steps from here, for pages that show them. */
export const offerFor = async (
  item: Pick<WorkItem, 'id' | 'status' | 'typeId'>,
  site: Pick<Installed, 'workTypes'>,
  calendars: readonly Calendar[],
): Promise<Offer | undefined> =>
  typeOf(item, site) === 'wish' && ASKING.includes(item.status) ? (await readOffer(item, calendars)).offer : undefined;

const ENTERED: Readonly<Record<agreements.Owed, readonly StatusKey[]>> = {
  offer: ['negotiating'],
  revise: ['specifying'],
  agree: ['realising'],
  confirm: ['fulfilled'],
  end: ['cancelled'],
};

/** Pure. */
export function wishNow(item: WorkItem): agreements.WishNow {
  const moves = item.changes.flatMap(({ status, by }) => (status ? [{ ...status, by: by?.accountId }] : []));
  const entered = moves.findLast(({ to }) => to === item.status);
  return {
    id: item.id,
    key: item.key,
    status: item.status,
    wentBack: entered?.from !== undefined && entered.from !== 'accepted' && entered.from !== 'waiting',
    by: (deed) => moves.findLast(({ to }) => to && ENTERED[deed].includes(to))?.by ?? requesterOf(item)?.accountId ?? item.key,
    why: `${item.key} has ended. ${words(item.values, 'reasonText')}`.trim(),
  };
}

export async function followAgreement(item: WorkItem, site: Installed, calendars: readonly Calendar[]): Promise<void> {
  if (typeOf(item, site) === 'wish') await agreements.followWish(wishNow(item), calendars);
}

/** What is asked of Change, where nobody has said it otherwise. */
export async function realising(item: WorkItem, type: WorkTypeKey, now: number): ReturnType<typeof agreements.realisation> {
  const asked = type === 'wish' ? await agreements.realisation(item.id) : undefined;
  return asked && { what: asked.what, ...(asked.readyBy !== undefined && asked.readyBy > now && { readyBy: asked.readyBy }) };
}

async function wishAsPerson(itemId: string, site: Installed): Promise<agreements.Wish> {
  const item = await readItem('person', itemId, site);
  if (typeOf(item, site) !== 'wish') throw new Fault('person.input', `${item.key} is no Wish. What is agreed anew begins with one.`);
  return {
    id: item.id,
    key: item.key,
    summary: item.summary,
    customer: words(item.values, 'customer'),
    service: words(item.values, 'service'),
    open: STATUSES[item.status].category !== 'DONE',
  };
}

export const wishOffer = async (itemId: string, site: Installed, looking: Parameters<typeof agreements.offered>[1]): Promise<WishOffer> =>
  agreements.offered(await wishAsPerson(itemId, site), looking);

export const wishDraft = async (
  itemId: string,
  asked: { request: string; drafting: WishDrafting },
  site: Installed,
  looking: Parameters<typeof agreements.draftFor>[2],
): ReturnType<typeof agreements.draftFor> => agreements.draftFor(await wishAsPerson(itemId, site), asked, looking);
