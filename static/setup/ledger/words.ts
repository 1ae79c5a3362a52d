/** What the page of the ledger says. Pure. */
import type { LedgerRebuild, LedgerStatus } from '../../../src/contract';
import { momentToTheMinute } from '../../shared/time';
import { counted } from '../ui/words';

export const seenWords = ({ seen, total }: LedgerRebuild): string => `${String(seen)} of about ${String(total)} work items`;

const strayWords = (strays: number): string =>
  strays === 0 ? '' : ` ${counted(strays, 'step')} of the ledger ${strays === 1 ? 'is' : 'are'} in no changelog; the log names them.`;

const missing = (added: number): string =>
  added === 0 ? 'Nothing was missing.' : `${counted(added, 'line')} ${added === 1 ? 'was' : 'were'} missing and added.`;

export const addedWords = ({ added, strays }: LedgerRebuild): string => `${missing(added)}${strayWords(strays)}`;

export const completeWords = ({ complete, asOf }: LedgerStatus): string =>
  complete === undefined ? 'Not compared with Jira yet' : `Compared with Jira up to ${momentToTheMinute(complete, asOf)}`;

export function holdsWords({ steps, handoffs, latest, asOf }: LedgerStatus): string {
  const holds = `It holds ${counted(steps, 'step')} and ${counted(handoffs, 'event')} of hand-offs.`;
  return latest === undefined ? holds : `${holds} The latest is of ${momentToTheMinute(latest, asOf)}.`;
}

export function dailyWords({ daily, asOf }: LedgerStatus): string {
  if (!daily) return 'Once a day the work items that changed are compared with their changelogs. That has not happened yet.';
  const seen = `The daily comparison of ${momentToTheMinute(daily.at, asOf)} looked at ${counted(daily.seen, 'work item')}. ${missing(daily.added)}`;
  const behind = daily.behind === undefined ? '' : ` It did not come to the end and goes on tomorrow from ${momentToTheMinute(daily.behind, asOf)}.`;
  return `${seen}${strayWords(daily.strays)}${behind}`;
}
