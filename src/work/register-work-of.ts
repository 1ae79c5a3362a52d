/** The work items that have to do with an item, as far as this person may see them in Jira; the others are counted. */
import { z } from 'zod';
import { WORK_OF_ITEM, type WorkOfItem } from '../contract';
import { Fault } from '../platform/errors';
import * as register from '../register/service';
import type { Installed } from '../setup/model';
import { seenByPerson } from './seen';

const place = z.object({ at: z.number().int(), id: z.string().max(20) });

function placeIn(after: string | undefined): z.infer<typeof place> | undefined {
  if (after === undefined) return undefined;
  const [at, id = ''] = after.split(':');
  const parsed = place.safeParse({ at: Number(at), id });
  if (!parsed.success) throw new Fault('person.input', 'This page of the list is not known. Open the item anew.');
  return parsed.data;
}

export async function workOfItem(
  { key, after }: { key: string; after?: string | undefined },
  site: Installed,
): Promise<{ state: 'ok'; items: WorkOfItem[]; unseen: number; total: number; after?: string }> {
  const [ties, total] = await Promise.all([register.workOf(key, placeIn(after), WORK_OF_ITEM), register.countWork(key)]);
  const ids = ties.map(({ workId }) => workId);
  const seen = await seenByPerson(ids, site);
  const shown = ties.flatMap((tie): WorkOfItem[] => {
    const { key: workKey, type, status, summary } = seen.get(tie.workId) ?? {};
    if (workKey === undefined || summary === undefined || !type || !status) return [];
    const { role, open, reportedAt, outcome } = tie;
    return [{ key: workKey, type, summary, status, role, open, reportedAt, ...(outcome !== undefined && { outcome }) }];
  });
  const last = ties.at(-1);
  return {
    state: 'ok',
    items: shown,
    unseen: ties.length - shown.length,
    total,
    ...(last && ties.length === WORK_OF_ITEM && { after: `${String(last.reportedAt)}:${last.workId}` }),
  };
}
