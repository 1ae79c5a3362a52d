/** Fixes what is promised for a work item as it is accepted: which agreement, which of its targets, in which hours. */
import { type TeamLeg, targetOf, teamLeg } from '../agreements/service';
import type { Calendar, FixedPromise, Target } from '../contract';
import { priorityOf, type WorkTypeKey } from '../method';
import { agreementOf, type Fixed } from './agreed-records';
import { readOfWork, reportedAt } from './agreed';
import type { Manners } from './manners';
import type { WorkItem } from './model';
import { type Receipt, receiptOfChild } from './receipts';

interface About {
  item: WorkItem;
  type: WorkTypeKey;
  manners: Pick<Manners, 'tables' | 'calendars'>;
  /** When it was accepted. */
  at: number;
}

const rankOf = ({ item, type, manners }: About): number | undefined => priorityOf(type, item.values, manners.tables);

const hours = (calendars: readonly Calendar[], id: string): { calendar?: Calendar } => {
  const calendar = calendars.find((one) => one.id === id);
  return calendar ? { calendar } : {};
};

/** A target whose hours are not there any more promises nothing that could be counted. */
export function fixedBy(target: Target | undefined, name: string, from: number, about: About): FixedPromise {
  const priority = rankOf(about);
  const counted = target ? hours(about.manners.calendars, target.calendar) : {};
  const counts = counted.calendar !== undefined;
  return {
    name,
    from,
    ...(priority !== undefined && { priority }),
    ...(target && counts && target.respond !== undefined && { respond: target.respond }),
    ...(target?.deliver !== undefined && (counts || target.deliver === 'agreedDate') && { deliver: target.deliver }),
    ...(target && { percent: target.percent }),
    ...counted,
  };
}

/** What was handed over has a promise of its own: ready by the moment that was asked, and what is agreed with the team. */
async function ofChild(receipt: Receipt, about: About): Promise<Omit<Fixed, 'acceptedAt'>> {
  const root = (await agreementOf(receipt.rootId))?.agreement;
  const { item, type, at } = about;
  const leg: TeamLeg | undefined =
    root && receipt.team && (await teamLeg({ agreement: root.id, version: root.version, team: receipt.team.name, type, rank: rankOf(about), at }));
  if (!leg && receipt.readyBy === undefined) return { agreement: undefined, promise: undefined };
  const promise = fixedBy(leg?.target, leg?.name ?? '', receipt.askedAt ?? item.created, about);
  return {
    agreement: leg && { id: leg.id, version: leg.version },
    promise: { ...promise, ...(receipt.readyBy !== undefined && { by: receipt.readyBy }) },
  };
}

/** What would be fixed now. */
export async function promised(about: About): Promise<Omit<Fixed, 'acceptedAt'>> {
  const { item, type } = about;
  const receipt = await receiptOfChild(item.id);
  if (receipt) return ofChild(receipt, about);
  const { applies } = await readOfWork(item);
  if (!applies) return { agreement: undefined, promise: undefined };
  const target = targetOf(applies.version.terms.targets, type, { rank: rankOf(about) });
  return {
    agreement: { id: applies.agreement.id, version: applies.version.number },
    promise: fixedBy(target, applies.agreement.name, reportedAt(item), about),
  };
}
