/** Drift's use cases. Whoever calls administers Jira: the entry has checked it. The daily reading runs as the app. */
import type { DriftReport, Trouble, Verification } from '../../contract';
import { jira } from '../../jira/client';
import { now } from '../../platform/clock';
import { environmentId } from '../../platform/environment';
import { Fault } from '../../platform/errors';
import { changeVersioned, setting, versioned } from '../../platform/kvs';
import { blueprintHash } from '../blueprint-hash';
import { type Installed, installed } from '../model';
import { rulesPutIn, store as rules } from '../rules/state';
import type { By } from '../service';
import { accountable } from '../settings/service';
import { observe } from './observe';
import { repair as repairOn } from './repair';
import { dayOf, decisions, type DriftTools, NO_DECISIONS, reading, reportOf, type StoredReading, withAcceptance, withoutAcceptance } from './state';
import { verification } from './verify';

const NOT_SET_UP: Trouble = { state: 'notSetUp' };

const tools = (): DriftTools => ({
  clients: { person: jira('person'), app: jira('app') },
  environmentId: environmentId(),
  installed: setting('installed', installed),
  reading: setting('drift.reading', reading),
  decisions: versioned('drift.decisions', decisions),
  rules: {
    read: async () => (await rules.read())?.value,
    putIn: (by) => rulesPutIn('enforce', by),
  },
});

async function onSite<Answer>(act: (on: DriftTools, site: Installed) => Promise<Answer>): Promise<Answer | Trouble> {
  const on = tools();
  const site = await on.installed.read();
  return site ? act(on, site) : NOT_SET_UP;
}

async function report({ decisions: decided }: DriftTools, site: Installed, read: StoredReading | undefined): Promise<DriftReport> {
  return reportOf(read, (await decided.read())?.value ?? NO_DECISIONS, site.blueprint !== blueprintHash(), now());
}

/** `fresh`: reads the site now; otherwise what was read last. */
export const read = (fresh: boolean): Promise<DriftReport | Trouble> =>
  onSite(async (on, site) => report(on, site, fresh ? (await observe(on, site, 'person')).reading : await on.reading.read()));

export const repair = (ids: readonly string[], by: By): Promise<DriftReport | Trouble> =>
  onSite(async (on, site) => report(on, site, await repairOn(on, site, ids, by)));

/** Brings everything but additions and accepted variants up to the blueprint: what setup does after an upgrade. Answers how much that was. */
export async function straighten(by: By): Promise<number> {
  const before = await read(true);
  if (before.state !== 'ok') return 0;
  const ids = before.items.filter((one) => one.severity !== 'added' && one.repair.length > 0 && !one.accepted).map((one) => one.id);
  if (ids.length > 0) await repair(ids, by);
  return ids.length;
}

export const accept = (id: string, reason: string, review: string, by: By): Promise<DriftReport | Trouble> =>
  onSite(async (on, site) => {
    const last = await on.reading.read();
    if (!last?.items.some((one) => one.id === id)) throw new Fault('person.notFound', 'This deviation is not there any more. Read the site again.');
    if (review <= dayOf(now())) throw new Fault('person.input', 'The review date has to lie ahead. Choose a later day.');
    await changeVersioned(on.decisions, NO_DECISIONS, (state) => withAcceptance(state, id, { reason, review, by, at: now() }));
    return report(on, site, last);
  });

export const reopen = (id: string): Promise<DriftReport | Trouble> =>
  onSite(async (on, site) => {
    await changeVersioned(on.decisions, NO_DECISIONS, (state) => withoutAcceptance(state, id));
    return report(on, site, await on.reading.read());
  });

export const verify = (): Promise<Verification | Trouble> =>
  onSite(async (on, site) => verification(on, site, { accountable: Object.keys(await accountable()).length }));

/** Once a day, as the app, so that whoever opens the page finds a reading of this morning. */
export const daily = async (): Promise<void> => {
  await onSite((on, site) => observe(on, site, 'app'));
};
