/** Acts in the register panel: Jira's fields are changed as the person, then the register is told; what comes of a change is carried out once. */
import { editIssue } from 'jira.js/cloud';
import type { RegisterActAnswer, TiePlan, TieOutcome, TieRole } from '../contract';
import { FIELDS, list, words, type WorkTypeKey } from '../method';
import { jira, JiraError } from '../jira/client';
import { Fault } from '../platform/errors';
import { log } from '../platform/log';
import { now } from '../platform/clock';
import * as register from '../register/service';
import { editsAsPerson } from './jira';
import type { WorkItem } from './model';
import { NAMING, tellRegister } from './named';
import { actsOn, lookAt, registerView } from './register-panel';
import type { RuledSite } from './trend';

const same = (a: string, b: string): boolean => register.folded(a) === register.folded(b);
const refused = (text: string): RegisterActAnswer => ({ state: 'refused', text });

type ChangingRole = Exclude<TieRole, 'concerned'>;

/** Reads it anew, tells the register and answers the panel. */
async function shown(itemId: string, site: RuledSite): Promise<RegisterActAnswer> {
  const looking = await lookAt(itemId, site);
  if ('state' in looking) return looking;
  await tellRegister(looking.item, looking.type);
  return registerView(looking);
}

/** Names an item, or takes the name away; Jira decides whether this person may. */
export async function nameItem(
  itemId: string,
  { role, key, named }: { role: TieRole; key: string; named: boolean },
  site: RuledSite,
): Promise<RegisterActAnswer> {
  const looking = await lookAt(itemId, site);
  if ('state' in looking) return looking;
  const { item } = looking;
  const field = NAMING[role];
  const there = list(item.values, field).filter((one) => same(one, key));
  if (named) {
    const text = await register.notChoosable(key, role);
    if (text !== undefined) return refused(text);
  }
  const steps = named ? (there.length > 0 ? [] : [{ add: key }]) : there.map((one) => ({ remove: one }));
  if (steps.length > 0) {
    try {
      await editIssue(jira('person'), { issueIdOrKey: item.key, update: { [site.fields[field]]: steps } });
    } catch (thrown) {
      if (!(thrown instanceof JiraError) || (thrown.status !== 400 && thrown.status !== 403)) throw thrown;
      throw new Fault('person.forbidden', `Jira does not let you change ${item.key}. Ask its coordinator.`, { cause: thrown });
    }
  }
  return shown(itemId, site);
}

async function acting(
  itemId: string,
  act: 'plan' | 'confirm',
  site: RuledSite,
): Promise<{ item: WorkItem; type: WorkTypeKey } | Exclude<RegisterActAnswer, { state: 'ok' }>> {
  const looking = await lookAt(itemId, site);
  if ('state' in looking) return looking;
  const { item } = looking;
  if (!actsOn(looking)[act]) {
    return {
      state: 'refused',
      text:
        act === 'plan'
          ? 'What changes is planned on a Request for Change that is open.'
          : `${item.key} has not been put in place yet, so nothing is known of it.`,
    };
  }
  if (!(await editsAsPerson(itemId))) throw new Fault('person.forbidden', `Whoever works on ${item.key} says what changes. Ask its coordinator.`);
  await tellRegister(looking.item, looking.type);
  return looking;
}

export async function planItem(
  itemId: string,
  { role, key, plan }: { role: ChangingRole; key: string; plan: TiePlan },
  site: RuledSite,
): Promise<RegisterActAnswer> {
  const looking = await acting(itemId, 'plan', site);
  if ('state' in looking) return looking;
  const tie = (await register.changesOf([itemId])).find((one) => one.role === role && same(one.key, key));
  if (!tie) return refused(`${looking.item.key} does not name ${key}. Add it first.`);
  if (tie.outcome === 'updated') return refused(`${key} has been updated already. What changes besides is a change of its own.`);
  const kept = await register.planFor(key, role, plan);
  if ('text' in kept) return refused(kept.text);
  await register.keepPlan(itemId, tie.key, role, kept.plan);
  return shown(itemId, site);
}

export interface Confirming {
  role: ChangingRole;
  key: string;
  outcome: TieOutcome;
  why?: string | undefined;
  version?: number | undefined;
}

export async function confirmItem(
  itemId: string,
  me: string,
  { role, key, outcome, why, version }: Confirming,
  site: RuledSite,
): Promise<RegisterActAnswer> {
  const looking = await acting(itemId, 'confirm', site);
  if ('state' in looking) return looking;
  const tie = (await register.changesOf([itemId])).find((one) => one.role === role && same(one.key, key));
  if (!tie) return refused(`${looking.item.key} does not name ${key}.`);
  if (outcome === 'noChange') {
    if (why === undefined || why === '') return refused(`Say why nothing of ${key} changed after all.`);
    if (tie.outcome === 'updated') return refused(`The register says already what changed of ${key}.`);
    await register.keepOutcome(itemId, tie.key, role, { outcome, why, by: me, at: now() });
    return shown(itemId, site);
  }
  if (tie.outcome === 'updated') return shown(itemId, site);
  const told = await register.carryOut({ work: { id: itemId, key: looking.item.key }, key: tie.key, tie, by: me, seen: version });
  if (told.state === 'refused') return refused(told.text);
  if (told.state === 'stale') return refused(`The register says something else of ${key} by now. Look at it here, and say it again.`);
  return shown(itemId, site);
}

const [UPDATED] = FIELDS.registerUpdate.options;

/** By Jira's own field, all at once: what was planned is carried out where the register says what it said then; the rest stays to be told one by one. */
export async function applyPlans(item: WorkItem, type: WorkTypeKey, by: string | undefined): Promise<void> {
  if (type !== 'rfc' || words(item.values, 'registerUpdate') !== UPDATED) return;
  for (const tie of await register.changesOf([item.id])) {
    if (tie.outcome !== undefined || tie.plan === undefined) continue;
    const { state } = await register.carryOut({ work: { id: item.id, key: item.key }, key: tie.key, tie, by });
    if (state !== 'done') log.info('register.notCarriedOut', { key: item.key, item: tie.key, state });
  }
}
