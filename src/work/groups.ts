/** Grouping work items under a main one. The links in Jira say who belongs to a group, also those made by hand; what they may not say is listed. */
import { deleteIssueLink, getIssue, linkIssues, searchAndReconsileIssuesUsingJqlPost } from 'jira.js/cloud';
import { z } from 'zod';
import type { GroupCandidates, GroupView } from '../contract';
import { jira, JiraError } from '../jira/client';
import { allOf, fieldIs, inSpaces, isNot, isOpen, ofType } from '../jira/jql';
import { type Groupable, LINK_TYPES, notGroupable, STATUSES, words, type WorkTypeKey } from '../method';
import { now } from '../platform/clock';
import { Fault, platformFault } from '../platform/errors';
import { lease } from '../platform/lease';
import type { Installed } from '../setup/model';
import { type Along, alongOf } from './along-records';
import { readItem } from './jira';
import { foreignStatus, type LinkedItem, statusOf, type WorkItem } from './model';
import { recordGrouped } from './ledger';
import { typeOf } from './settle';

const linksOf = (item: Pick<WorkItem, 'links'>, site: Installed, direction: LinkedItem['direction']): LinkedItem[] =>
  item.links.filter((one) => one.typeId === site.linkTypes.group && one.direction === direction);

export const groupable = (item: WorkItem, site: Installed): Groupable => ({
  key: item.key,
  type: typeOf(item, site),
  status: item.status,
  under: linksOf(item, site, 'inward').map((one) => one.key),
  groups: linksOf(item, site, 'outward').map((one) => one.key),
});

/** Why a link that stands there does not count; undefined: it does. */
function forbidden(item: Groupable, other: LinkedItem): string | undefined {
  if (other.type !== item.type) return 'Another work type. Only work of the same type is grouped; take the link away.';
  if (other.direction === 'inward')
    return item.under[0] === other.key ? undefined : `A second group. It counts with ${item.under[0] ?? ''}; take this link away.`;
  return item.under.length > 0 ? `A group in a group. Group it under ${item.under[0] ?? ''} instead.` : undefined;
}

/** Those that follow this work item: grouped under it by links that count. */
export const membersOf = (item: WorkItem, site: Installed): LinkedItem[] =>
  linksOf(item, site, 'outward').filter((one) => forbidden(groupable(item, site), one) === undefined);

const hasEnded = ({ status }: Pick<LinkedItem, 'status'>): boolean => status !== undefined && STATUSES[status].category === 'DONE';

const seen = ({ key, summary, status }: LinkedItem) => ({ key, summary, ...(status && { status }) });

function memberOf(one: LinkedItem, along: readonly Along[]): GroupView['members'][number] {
  const known = along.find((other) => other.itemId === one.id);
  if (hasEnded(one)) return { ...seen(one), state: 'done' };
  if (known?.state === 'left') return { ...seen(one), state: 'left', why: known.why };
  return { ...seen(one), state: known?.state === 'going' ? 'going' : 'waits' };
}

/** What the users are told by default: what was done about the main one. */
const proposed = (item: WorkItem): string => words(item.values, 'result') || words(item.values, 'solution') || 'This is solved.';

/** Reads SQL only where there are group links. */
export async function groupOf(item: WorkItem, type: WorkTypeKey, site: Installed): Promise<GroupView | undefined> {
  const links = [...linksOf(item, site, 'inward'), ...linksOf(item, site, 'outward')];
  if (links.length === 0) return undefined;
  const self = groupable(item, site);
  const [under] = linksOf(item, site, 'inward').filter((one) => one.type === type);
  const members = membersOf(item, site);
  const along = members.length > 0 ? await alongOf(item.id) : [];
  const view = members.map((one) => memberOf(one, along));
  const ready = item.status === 'fulfilled' && view.some((one) => one.state === 'waits' || one.state === 'left');
  return {
    ...(under && { under: seen(under) }),
    members: view,
    forbidden: links.flatMap((one) => {
      const why = forbidden(self, one);
      return why === undefined ? [] : [{ key: one.key, why }];
    }),
    ...(ready && { bring: { message: proposed(item) } }),
  };
}

const found = z.object({
  issues: z.array(z.object({ key: z.string(), fields: z.object({ summary: z.string(), status: foreignStatus }) })),
});
const CANDIDATES = 20;

/** Open work of the same type, and of the same service where it is known, as this person may see it. */
export async function groupCandidates(itemId: string, site: Installed): Promise<GroupCandidates> {
  const item = await readItem('person', itemId, site);
  const type = typeOf(item, site);
  if (!type) throw new Fault('person.conflict', `${item.key} is not part of USM, so it is not grouped.`);
  const service = words(item.values, 'service');
  const jql = allOf(
    [
      inSpaces(site.projects.map((one) => one.id)),
      ofType(item.typeId),
      isOpen,
      isNot(item.key),
      ...(service === '' ? [] : [fieldIs(site.fields.service, service)]),
    ],
    'created DESC',
  );
  const answer = await searchAndReconsileIssuesUsingJqlPost(jira('person'), { jql, fields: ['summary', 'status'], maxResults: CANDIDATES });
  const parsed = found.safeParse(answer);
  if (!parsed.success) throw platformFault('platform.answer', parsed.error);
  return {
    state: 'ok',
    candidates: parsed.data.issues.map(({ key, fields: { summary, status } }) => {
      const known = statusOf(site, status.id);
      return { key, summary, ...(known && { status: known }) };
    }),
  };
}

/** Groups it as the person, who has to be allowed to link. Two at once end as one group: whoever comes second finds the link. */
export async function group(itemId: string, mainKey: string, me: string, site: Installed): Promise<void> {
  const guard = lease(`group:${itemId}`);
  if (!(await guard.take())) throw new Fault('person.conflict', 'Somebody else is grouping this work item just now. Look again in a moment.');
  try {
    const [item, main] = [await readItem('person', itemId, site), await readItem('person', mainKey, site)];
    const why = notGroupable(groupable(item, site), groupable(main, site));
    if (why !== undefined) throw new Fault('person.input', why);
    await linkIssues(jira('person'), { type: { name: LINK_TYPES.group.name }, inwardIssue: { key: main.key }, outwardIssue: { key: item.key } });
    await recordGrouped(item.id, main.id, now(), me);
  } finally {
    await guard.release();
  }
}

const ownLinks = z.object({
  fields: z.object({
    issuelinks: z.array(z.object({ id: z.string(), type: z.object({ id: z.string() }), inwardIssue: z.object({}).optional() })).default([]),
  }),
});

/** Takes the work item out of its group, as the person. */
export async function ungroup(itemId: string, site: Installed): Promise<void> {
  const { fields } = ownLinks.parse(await getIssue(jira('person'), { issueIdOrKey: itemId, fields: ['issuelinks'] }));
  for (const one of fields.issuelinks.filter(({ type, inwardIssue }) => type.id === site.linkTypes.group && inwardIssue)) {
    await deleteIssueLink(jira('person'), { linkId: one.id }).catch((thrown: unknown) => {
      // Somebody else was faster.
      if (!(thrown instanceof JiraError) || thrown.status !== 404) throw thrown;
    });
  }
}
