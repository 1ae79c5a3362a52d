/**
 * Bringing grouped work items along once their main one is confirmed: a note, the confirmation "With its group", and the steps the method has. Each
 * is a row of its own, taken by a lease, so that it may die anywhere and is gone on with; what cannot go is listed with the reason, never forced.
 */
import { addComment, doTransition, getComments } from 'jira.js/cloud';
import { z } from 'zod';
import { fromAdf, toAdf } from '../jira/adf';
import { jira, JiraError } from '../jira/client';
import { CONFIRMED_WITH_GROUP, STATUSES, stepsAlong, type Transition, transitionOf, words, type WorkTypeKey } from '../method';
import { now } from '../platform/clock';
import { remainingMs } from '../platform/environment';
import { Fault } from '../platform/errors';
import { log } from '../platform/log';
import type { Installed } from '../setup/model';
import { type Along, alongOf, askAlong, claimAlong, endAlong } from './along-records';
import { groupable, membersOf } from './groups';
import { asMoment, editItem, mayMove, readItem } from './jira';
import { givenSinceEntry, type WorkItem } from './model';
import { recordGrouped } from './ledger';
import { typeOf } from './settle';

/** One of them takes a few seconds at worst; what is left goes on with the next call or the next round. */
const RESERVE_MS = 9_000;

export async function bringAlong(mainId: string, message: string, me: string, site: Installed): Promise<void> {
  const main = await readItem('person', mainId, site);
  const type = typeOf(main, site);
  if (!type || main.status !== 'fulfilled') throw new Fault('person.conflict', `${main.key} is not confirmed, so nothing follows it yet.`);
  if (!(await mayMove('person', main.key, transitionOf(type, 'close').id)))
    throw new Fault('person.forbidden', `Only whoever may close ${main.key} brings along what is grouped under it.`);
  const known = await alongOf(mainId);
  const open = membersOf(main, site).filter((one) => one.status && STATUSES[one.status].category !== 'DONE');
  const fresh = open.filter((one) => known.find((other) => other.itemId === one.id)?.state !== 'going');
  await askAlong(main, fresh, message, me);
  for (const one of await alongOf(mainId)) {
    if (one.state !== 'going') continue;
    if (remainingMs() < RESERVE_MS) break;
    await takeAlong(one, site).catch((thrown: unknown) => log.error('along.failed', thrown, { key: one.itemKey }));
  }
}

const noteOf = ({ message, mainKey }: Along): string => `${message}\n\nThis was grouped under ${mainKey}, which is confirmed.`;

const comments = z.object({ comments: z.array(z.object({ body: z.unknown() })) });
const LOOKED_AT = 50;

/** An earlier run may have said it and died. */
async function isSaid(key: string, text: string): Promise<boolean> {
  const { comments: said } = comments.parse(await getComments(jira('app'), { issueIdOrKey: key, orderBy: '-created', maxResults: LOOKED_AT }));
  return said.some(({ body }) => fromAdf(body) === text);
}

/** What the step asks, given by the app: as far as it was not given in this stay already. */
async function prepare(step: Transition, item: WorkItem, along: Along, site: Installed): Promise<Record<string, unknown>> {
  if (step.key === 'fixOnTheSpot') return { [site.fields.result]: toAdf(along.message) };
  if (givenSinceEntry(item).has('confirmedWords')) return {};
  const values = {
    confirmedHow: { value: CONFIRMED_WITH_GROUP },
    confirmedAt: asMoment(now()),
    confirmedWords: toAdf(`Confirmed with ${along.mainKey}.`),
    // The cause is dealt with where the work is done.
    ...(typeOf(item, site) === 'incident' &&
      words(item.values, 'whyNoPrevention') === '' && { whyNoPrevention: toAdf(`Dealt with in ${along.mainKey}, under which this is grouped.`) }),
  };
  await editItem(item.key, values, {}, site);
  return {};
}

async function step(transition: Transition, item: WorkItem, along: Along, site: Installed): Promise<string | undefined> {
  const fields = await prepare(transition, item, along, site);
  try {
    await doTransition(jira('app'), {
      issueIdOrKey: item.key,
      transition: { id: String(transition.id) },
      ...(Object.keys(fields).length > 0 && { fields }),
    });
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof JiraError)) throw thrown;
    return [...thrown.messages, ...Object.values(thrown.fields)].join('\n');
  }
}

/** Why it does not go with this group any more. */
function strayed(item: WorkItem, type: WorkTypeKey | undefined, along: Along, site: Installed): string | undefined {
  const { under } = groupable(item, site);
  if (!type) return 'It is not part of USM any more.';
  if (under.length > 1) return `It is grouped under ${under.join(' and ')}. Take one link away, then bring it along again.`;
  return under[0] === along.mainKey ? undefined : `It is no longer grouped under ${along.mainKey}.`;
}

/** Brings one along, from wherever it stands. */
export async function takeAlong(given: Along, site: Installed): Promise<void> {
  if (!(await claimAlong(given))) return;
  let item = await readItem('app', given.itemId, site);
  const type = typeOf(item, site);
  if (STATUSES[item.status].category === 'DONE') return endAlong(given, 'done');
  const stray = strayed(item, type, given, site);
  const steps = type && stray === undefined ? stepsAlong(type, item.status) : (stray ?? '');
  if (typeof steps === 'string') return endAlong(given, 'left', steps);
  const note = noteOf(given);
  if (given.tries === 0 || !(await isSaid(item.key, note))) await addComment(jira('app'), { issueIdOrKey: item.key, body: toAdf(note) });
  for (const [index, transition] of steps.entries()) {
    if (index > 0) item = await readItem('app', given.itemId, site);
    const refused = await step(transition, item, given, site);
    if (refused !== undefined && (await readItem('app', given.itemId, site)).status === item.status) return endAlong(given, 'left', refused);
  }
  await recordGrouped(given.itemId, given.mainId, now(), given.askedBy);
  await endAlong(given, 'done');
  log.info('along.done', { key: given.itemKey, main: given.mainKey });
}
