/** An item that fails again and again: a Preventive Action is proposed, and made once (A14). */
import { linkIssues } from 'jira.js/cloud';
import type { TrendProposal } from '../contract';
import { FIELDS, LINK_TYPES, type TrendRule } from '../method';
import { jira } from '../jira/client';
import { now } from '../platform/clock';
import { Fault } from '../platform/errors';
import * as register from '../register/service';
import type { Installed } from '../setup/model';
import { makeFollowUps } from './deeds/follow-ups';
import { editItem, readItem } from './jira';
import type { WorkItem } from './model';
import { NAMING, tellRegister } from './named';
import { type Seen, seenByPerson } from './seen';
import { typeOf } from './settle';

/** A site, and what counts there as failing too often. */
export type RuledSite = Installed & { trend: TrendRule };

interface Trend {
  key: string;
  name: string;
  id: number;
  failures: readonly register.TiedWork[];
  made: register.TiedWork | undefined;
}

type Incident = Seen & { id: string };

/** undefined: it has not failed so often lately. */
async function trendOf(key: string, { trend }: RuledSite): Promise<Trend | undefined> {
  const found = (await register.itemsByKeys([key])).get(register.folded(key));
  if (!found) return undefined;
  const failures = await register.failuresOf(key, register.trendSince(now(), trend));
  if (!register.isTrend(failures.length, trend)) return undefined;
  const { item, id } = found;
  // One that was begun after the first of them knew what it was about.
  return { key: item.key, name: item.name, id, failures, made: await register.preventionOf(key, failures[0]?.reportedAt ?? 0) };
}

function seenOf({ failures, made }: Trend, site: RuledSite): Promise<Map<string, Seen>> {
  const ids = [...failures.map(({ id }) => id), ...(made ? [made.id] : [])];
  return seenByPerson(ids, site);
}

export async function proposalFor(key: string, site: RuledSite): Promise<{ proposal?: TrendProposal }> {
  const trend = await trendOf(key, site);
  if (!trend) return {};
  const seen = await seenOf(trend, site);
  const { failures, made, name } = trend;
  const madeKey = made && seen.get(made.id)?.key;
  return {
    proposal: {
      item: trend.key,
      name,
      times: failures.length,
      days: site.trend.days,
      incidents: failures.flatMap(({ id }) => seen.get(id)?.key ?? []),
      ...(made && { made: madeKey === undefined ? {} : { key: madeKey } }),
    },
  };
}

const [, BY_TREND] = FIELDS.source.options;

/** The id of a request, the same for the same trend: so it is made once, whoever asks and however often. */
const requestOf = ({ id, failures }: Trend): string => `trend:${String(id)}:${failures[0]?.id ?? ''}`;

/** One Preventive Action that follows from each of the incidents and names the item. */
export async function prevent(
  wanted: string,
  me: string,
  site: RuledSite,
): Promise<{ state: 'ok'; key: string } | { state: 'refused'; text: string }> {
  const trend = await trendOf(wanted, site);
  if (!trend)
    return {
      state: 'refused',
      text: `${wanted} did not fail ${String(site.trend.incidents)} times in ${String(site.trend.days)} days. Register a Preventive Action by Create.`,
    };
  const seen = await seenOf(trend, site);
  const shown = trend.failures.flatMap(({ id }): Incident[] => {
    const one = seen.get(id);
    return one ? [{ id, ...one }] : [];
  });
  const there = trend.made && seen.get(trend.made.id);
  if (trend.made && !there) return { state: 'refused', text: 'A Preventive Action deals with it already; you may not see it.' };
  // The first of them, so that everybody asks it of the same; the rest are linked.
  const [first, ...rest] = shown;
  if (!first || first.id !== trend.failures[0]?.id)
    throw new Fault('person.forbidden', 'You may not see the first of these incidents. Ask its coordinator to create the Preventive Action.');
  const key = there?.key ?? (await made(trend, await readItem('app', first.id, site), shown, me, site));
  await linked(key, rest, site);
  return { state: 'ok', key };
}

async function made(trend: Trend, first: WorkItem, shown: readonly Incident[], me: string, site: RuledSite): Promise<string> {
  const summary = `${trend.key} ${trend.name} failed ${String(trend.failures.length)} times in ${String(site.trend.days)} days`.slice(0, 250);
  const text = `Incidents:\n${shown.map((one) => `${one.key} ${one.summary}`).join('\n')}`.slice(0, 2_000);
  const [found] = await makeFollowUps(first, [{ id: requestOf(trend), type: 'preventiveAction', summary, text }], me, site);
  if (!found) throw new Fault('platform.busy', 'It is being made. Look again in a minute.');
  await editItem(found.key, { source: { value: BY_TREND }, [NAMING.concerned]: [trend.key] }, {}, site);
  return found.key;
}

/** It follows from each of them; what is linked already stays as it is. */
async function linked(key: string, incidents: readonly Incident[], site: RuledSite): Promise<void> {
  const item = await readItem('app', key, site);
  const type = typeOf(item, site);
  if (type) await tellRegister(item, type);
  const { name } = LINK_TYPES.followUp;
  const there = item.links.filter(({ typeId }) => typeId === site.linkTypes.followUp).map(({ id }) => id);
  for (const one of incidents.filter(({ id }) => !there.includes(id)))
    await linkIssues(jira('app'), { type: { name }, inwardIssue: { key: one.key }, outwardIssue: { key } });
}
