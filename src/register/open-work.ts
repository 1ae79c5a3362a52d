/** Work that is running on items, as far as Jira shows it to whoever asks; of the rest only how much there is. */
import { bulkFetchIssues } from 'jira.js/cloud';
import { z } from 'zod';
import type { OpenWork, RegisterImpact } from '../contract';
import { jira } from '../jira/client';
import { platformFault } from '../platform/errors';
import { overlapsOf } from './overlaps';
import { openWorkOn, type WorkTie } from './reach';

const answer = z.object({ issues: z.array(z.object({ id: z.string(), key: z.string(), fields: z.looseObject({ summary: z.string() }) })) });
/** A bulk read takes at most this many (OpenAPI: bulkFetchIssues). */
const READ_LIMIT = 100;
const MOST_WORK = 300;
const KEYS_TOLD = 5;
const OVERLAPS_TOLD = 20;

async function summaries(ids: readonly string[]): Promise<Map<string, { key: string; summary: string }>> {
  const parts = Array.from({ length: Math.ceil(ids.length / READ_LIMIT) }, (_, part) => ids.slice(part * READ_LIMIT, (part + 1) * READ_LIMIT));
  const answers = await Promise.all(parts.map((part) => bulkFetchIssues(jira('person'), { issueIdsOrKeys: part, fields: ['summary'] })));
  const parsed = z.array(answer).safeParse(answers);
  if (!parsed.success) throw platformFault('platform.answer', parsed.error);
  return new Map(parsed.data.flatMap(({ issues }) => issues.map(({ id, key, fields }) => [id, { key, summary: fields.summary }])));
}

export type Running = Pick<RegisterImpact, 'workItems' | 'unseen' | 'overlaps' | 'overlapsMore'>;

/** `keys`: of items, nearest first. What has a window comes first, by when it begins. */
export async function runningOn(keys: readonly string[]): Promise<Running> {
  const byWork = new Map<string, WorkTie[]>();
  for (const tie of await openWorkOn(keys)) byWork.set(tie.id, [...(byWork.get(tie.id) ?? []), tie]);
  const all = [...byWork.keys()];
  const seen = await summaries(all.slice(0, MOST_WORK));
  const shown = [...byWork].flatMap(([id, ties]): OpenWork[] => {
    const item = seen.get(id);
    if (!item) return [];
    const window = ties.find(({ start, end }) => start !== undefined && end !== undefined);
    return [
      {
        ...item,
        items: [...new Set(ties.map((tie) => tie.item))].slice(0, KEYS_TOLD),
        ...(window?.start !== undefined && { start: window.start }),
        ...(window?.end !== undefined && { end: window.end }),
      },
    ];
  });
  const { overlaps, more } = overlapsOf(
    shown.flatMap(({ key, start, end }) => (start === undefined || end === undefined ? [] : [{ key, start, end }])),
    OVERLAPS_TOLD,
  );
  return {
    workItems: shown.sort((a, b) => (a.start ?? Infinity) - (b.start ?? Infinity) || (a.key < b.key ? -1 : 1)),
    unseen: all.length - shown.length,
    overlaps,
    overlapsMore: more,
  };
}
