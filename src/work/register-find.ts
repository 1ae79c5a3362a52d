/** Items to name on a work item: found by words, or suggested by its service, by earlier work of whoever asks, and by similar work. */
import { searchAndReconsileIssuesUsingJqlPost } from 'jira.js/cloud';
import { z } from 'zod';
import { serviceCalled } from '../agreements/service';
import type { FoundItem, ItemSuggestion, Trouble } from '../contract';
import { jira } from '../jira/client';
import { allOf, anyOf, fieldIs, hasValue, isNot, reportedBy } from '../jira/jql';
import { words } from '../method';
import { platformFault } from '../platform/errors';
import * as register from '../register/service';
import type { Installed } from '../setup/model';
import { readItem } from './jira';
import { decodeValue, requesterOf, type WorkItem } from './model';
import { NAMING, namesIn } from './named';

const FOUND = 12;
/** Of each kind. */
const SUGGESTED = 5;
/** Earlier work that is looked at. */
const EARLIER = 40;

export async function findItems(typed: string): Promise<{ state: 'ok'; items: FoundItem[] }> {
  const classes = await register.classesNow();
  const found = await register.itemsCalled(typed, classes, FOUND);
  return { state: 'ok', items: found.map((one) => register.foundOf(one, classes)) };
}

const answer = z.object({ issues: z.array(z.object({ fields: z.record(z.string(), z.unknown()) })) });

/** What earlier work was about that this person may see: of whoever asks, and of the same kind. */
async function earlier(item: WorkItem, site: Installed): Promise<{ requester: string[]; similar: string[] }> {
  const [service, category, asker] = [words(item.values, 'service'), words(item.values, 'category'), requesterOf(item)?.accountId];
  const field = (key: 'service' | 'requester' | 'askedBy' | 'itemsConcerned'): string => site.fields[key];
  const theirs = asker === undefined ? [] : [fieldIs(field('requester'), asker), fieldIs(field('askedBy'), asker), reportedBy(asker)];
  const alike = service === '' ? [] : [fieldIs(field('service'), service)];
  if (theirs.length + alike.length === 0) return { requester: [], similar: [] };
  const jql = allOf([hasValue(field('itemsConcerned')), isNot(item.key), anyOf([...theirs, ...alike])], 'created DESC');
  const fields = ['reporter', ...(['service', 'category', 'requester', 'askedBy', 'itemsConcerned'] as const).map((key) => site.fields[key])];
  const parsed = answer.safeParse(await searchAndReconsileIssuesUsingJqlPost(jira('person'), { jql, fields, maxResults: EARLIER }));
  if (!parsed.success) throw platformFault('platform.answer', parsed.error);
  const [requester, similar]: [string[], string[]] = [[], []];
  for (const { fields: sent } of parsed.data.issues) {
    const of = (key: 'service' | 'category' | 'requester' | 'askedBy' | 'itemsConcerned') => decodeValue(key, sent[site.fields[key]]);
    const items = z.array(z.string()).catch([]).parse(of('itemsConcerned'));
    const reporter = z.object({ accountId: z.string() }).safeParse(sent['reporter']).data?.accountId;
    if (asker !== undefined && [of('askedBy') ?? of('requester') ?? reporter].includes(asker)) requester.push(...items);
    if (service !== '' && of('service') === service && of('category') === (category === '' ? undefined : category)) similar.push(...items);
  }
  return { requester, similar };
}

export async function suggestItems(itemId: string, site: Installed): Promise<{ state: 'ok'; suggestions: ItemSuggestion[] } | Trouble> {
  const item = await readItem('person', itemId, site);
  if (!(await register.holdsItems())) return { state: 'ok', suggestions: [] };
  const [classes, past, service] = await Promise.all([register.classesNow(), earlier(item, site), serviceCalled(words(item.values, 'service'))]);
  const supporting = service === undefined ? [] : await register.supportingItems(service, EARLIER);
  const named = new Set([...list(item)]);
  const known = await register.itemsByKeys([...past.requester, ...past.similar]);
  const byKeys = (keys: readonly string[]) => [...new Set(keys.map(register.folded))].flatMap((key) => known.get(key) ?? []);
  const shown = (why: ItemSuggestion['why'], all: readonly register.StoredItem[]): ItemSuggestion[] => {
    const items = all
      .map((one) => register.foundOf(one, classes))
      .filter(({ key, over }) => !over && !named.has(register.folded(key)))
      .slice(0, SUGGESTED);
    for (const { key } of items) named.add(register.folded(key));
    return items.length === 0 ? [] : [{ why, items }];
  };
  return {
    state: 'ok',
    suggestions: [...shown('similar', byKeys(past.similar)), ...shown('requester', byKeys(past.requester)), ...shown('service', supporting)],
  };
}

const list = ({ values }: WorkItem): string[] => namesIn({ itemsConcerned: values[NAMING.concerned] ?? [] }).map(register.folded);
