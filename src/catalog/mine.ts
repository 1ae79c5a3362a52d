/** What somebody has asked for and is not finished, in words that name no status; and what waits for their yes. */
import { searchAndReconsileIssuesUsingJqlPost } from 'jira.js/cloud';
import { z } from 'zod';
import * as agreements from '../agreements/service';
import type { CatalogMine } from '../contract';
import { jira } from '../jira/client';
import type { StatusKey } from '../method';
import { platformFault } from '../platform/errors';
import type { Installed } from '../setup/model';
import { itemsWith } from './items';
import type { Looking } from './looking';
import { waitingOrders } from './orders';

const found = z.object({
  issues: z.array(z.object({ key: z.string(), fields: z.looseObject({ summary: z.string(), status: z.object({ id: z.string() }) }) })),
});
const SHOWN = 20;

const TEXTS: Readonly<Partial<Record<StatusKey, string>>> = {
  registered: 'We have it. Nobody has taken it on yet.',
  accepted: 'Somebody has taken it on.',
  waiting: 'We wait for an answer or a day.',
  negotiating: 'You get our answer soon.',
  reviewing: 'It is done. Is it right?',
};

async function open({ projects, fields, statuses }: Installed): Promise<CatalogMine['open']> {
  if (projects.length === 0) return [];
  const own = [fields.requester, fields.askedBy].map((id) => `cf[${id.replace(/\D/g, '')}] = currentUser()`);
  const jql = `project in (${projects.map(({ id }) => id).join(', ')}) AND statusCategory != Done AND (reporter = currentUser() OR ${own.join(' OR ')}) ORDER BY updated DESC`;
  const parsed = found.safeParse(
    await searchAndReconsileIssuesUsingJqlPost(jira('person'), {
      jql,
      fields: ['summary', 'status', fields.requester, fields.askedBy],
      maxResults: SHOWN,
    }),
  );
  if (!parsed.success) throw platformFault('platform.answer', parsed.error);
  return parsed.data.issues.map(({ key, fields: { summary, status } }) => {
    const stands = (Object.keys(statuses) as StatusKey[]).find((one) => statuses[one] === status.id);
    return { key, summary, text: (stands && TEXTS[stands]) ?? 'We are working on it.', confirm: stands === 'reviewing' };
  });
}

async function toApprove({ accountId, names }: Looking): Promise<CatalogMine['approve']> {
  const waiting = await waitingOrders();
  const below = await agreements.representedBy(accountId);
  const mine = waiting.filter(({ approver, customer }) => (approver === undefined ? below.has(customer) : approver === accountId));
  const [items, people] = await Promise.all([itemsWith([...new Set(mine.map(({ item }) => item))]), names(mine.map(({ requester }) => requester))]);
  return mine.flatMap(({ made, item, requester, begunAt }) => {
    const title = items.get(item)?.approved?.title;
    if (!made || title === undefined) return [];
    return [{ key: made.key, item, title, by: { accountId: requester, name: people.get(requester) ?? 'somebody' }, at: begunAt }];
  });
}

export async function mine(looking: Looking): Promise<CatalogMine> {
  const [asked, approve] = await Promise.all([open(looking.site), toApprove(looking)]);
  return { state: 'ok', open: asked, approve };
}
