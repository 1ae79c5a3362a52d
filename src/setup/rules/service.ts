/**
 * The rules page's use cases. What is decided is kept first, then brought into Jira's workflows by one call at a time; what dies half-way is finished
 * by the next call or by the five-minute round, which compares Jira with what is decided and writes only the difference.
 */
import { type Level, MOST_HOURS_PAUSED, type RulesOverview, type Trouble } from '../../contract';
import { jira } from '../../jira/client';
import { levelOf, RULE_IDS, RULES, type RuleId, type RuleLevels } from '../../method';
import { cached } from '../../platform/cache';
import { now } from '../../platform/clock';
import { environmentId, remainingMs } from '../../platform/environment';
import { Fault } from '../../platform/errors';
import { lease } from '../../platform/lease';
import { log } from '../../platform/log';
import { type Conduct, checkPassed, forgetOldEvents, outcomesSince, passedIn } from '../../work/service';
import type { Installed } from '../model';
import { type By, installedSite } from '../service';
import { terms } from '../settings/kept';
import { behind, disableRules, levelsIn, rulesInJira, writeRules } from './in-jira';
import { type Act, type RuleState, stateWith, wantedOf, withDue, withLevel, withLevelLater, withoutPause, withoutRules, withPause } from './model';
import { overviewOf } from './overview';
import { changeState, store } from './state';
import { takeOff } from './take-off';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** What a rule did is counted over so long. */
const COUNTED_DAYS = 30;
/** A level may be set to begin at most so far ahead. */
const AHEAD_DAYS = 366;
const MOST_EXCEPTIONS = 200;
/** So long a process panel may show the rules as they were. */
const CACHED_MS = 60_000;
/** Jira tells of a step up to three minutes later (Forge docs: product events), so a pause is looked at when the ledger has heard of all of it. */
const LEDGER_LATE_MS = 5 * 60_000;
/** Portions of a pause that one round looks at. */
const PORTIONS_A_ROUND = 5;
/** Kept back to write down how far it came. */
const RESERVE_MS = 3_000;
/** In a burst of decisions one call does not go on for ever; the round does the rest. */
const TURNS = 5;

const actOf = (by: By): Act => ({ by: by.name, at: now() });

/** Before anything was decided here, Jira's own rules say how strict they are. */
async function firstState(): Promise<RuleState> {
  const found = await rulesInJira(jira('app'));
  return stateWith(found.reduce<RuleLevels>((levels, rule) => ({ ...levels, ...levelsIn(rule) }), {}));
}

/** Changes what is decided, with what falls due. Nothing is written where nothing is different. */
async function decided(change: (state: RuleState) => RuleState = (state) => state): Promise<RuleState> {
  const next = (state: RuleState): RuleState => change(withDue(state, now()));
  const found = await store.read();
  if (found && next(found.value) === found.value) return found.value;
  return (await changeState(next, found ? undefined : await firstState())).value;
}

const pushing = lease('rules');

/** What is decided now, into Jira. A decision made meanwhile is not marked as told. */
async function push(): Promise<void> {
  const found = await store.read();
  if (!found?.value.due) return;
  const app = jira('app');
  await writeRules(app, behind(await rulesInJira(app), wantedOf(found.value)));
  await store.write({ ...found.value, due: false }, found.version);
}

/** Brings Jira in line with what is decided. One call at a time: whoever comes meanwhile has their decision carried along by it. */
async function bringInLine(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) {
    if (!(await pushing.take())) return;
    try {
      await push();
    } finally {
      await pushing.release();
    }
    // Somebody may have decided something, and met the lease, after the look.
    if (!(await store.read())?.value.due) return;
  }
}

/** What was decided stands, whether or not Jira could be told; the overview shows what is behind. */
async function told(): Promise<void> {
  inForce.forget();
  await bringInLine().catch((thrown: unknown) => log.error('rules.behind', thrown));
}

async function shown(state: RuleState): Promise<RulesOverview> {
  if (state.due) await told();
  const { lastPause } = state;
  const [inJira, counted, exceptions] = await Promise.all([
    rulesInJira(jira('app')),
    outcomesSince(now() - COUNTED_DAYS * DAY_MS),
    lastPause ? passedIn(lastPause.from, lastPause.to, MOST_EXCEPTIONS) : [],
  ]);
  return overviewOf({ state, inJira, counted, exceptions, now: now() });
}

async function decide(change: (state: RuleState) => RuleState): Promise<RulesOverview | Trouble> {
  if (!(await installedSite())) return { state: 'notSetUp' };
  return shown(await decided(change));
}

export const overview = (): Promise<RulesOverview | Trouble> => decide((state) => state);

export async function setLevel(rule: RuleId, to: Level, at: number | undefined, by: By): Promise<RulesOverview | Trouble> {
  if (RULES[rule].level !== 'configurable') {
    throw new Fault('person.input', `${rule} is always asked: the method does not work without it. Only rules with a choice can be set.`);
  }
  if (at !== undefined && at > now() + AHEAD_DAYS * DAY_MS) {
    throw new Fault('person.input', 'A level can begin at most a year from now. Choose an earlier moment.');
  }
  const act = actOf(by);
  return decide((state) => (at === undefined || at <= now() ? withLevel(state, rule, to, act) : withLevelLater(state, rule, to, at, act)));
}

/** Of the rules that can be set; for the file of settings. */
export async function levels(): Promise<RuleLevels> {
  const state = (await store.read())?.value;
  return state ? Object.fromEntries(RULE_IDS.filter((id) => RULES[id].level === 'configurable').map((id) => [id, levelOf(id, state.levels)])) : {};
}

/** As a file of settings has them. */
export async function setLevels(wanted: RuleLevels, by: By): Promise<void> {
  const act = actOf(by);
  const pairs = Object.entries(wanted) as [RuleId, Level][];
  await decide((state) => pairs.reduce((now, [rule, to]) => withLevel(now, rule, to, act), state));
}

export async function pause(reason: string, hours: number, by: By): Promise<RulesOverview | Trouble> {
  const act = actOf(by);
  const until = act.at + Math.min(hours, MOST_HOURS_PAUSED) * HOUR_MS;
  return decide((state) => {
    if (state.removed) throw new Fault('person.conflict', 'The rules were taken off the workflows, so there is nothing to pause.');
    return withPause(state, { reason, until }, act);
  });
}

export const resume = (by: By): Promise<RulesOverview | Trouble> => decide((state) => withoutPause(state, actOf(by)));

/** First every rule is switched off, by the app; then the workflows are rewritten one by one, by the administrator. What is left is found again. */
export async function remove(by: By): Promise<RulesOverview | Trouble> {
  if (!(await installedSite())) return { state: 'notSetUp' };
  await decided((state) => withoutRules(state, actOf(by)));
  await told();
  const names = [...new Set((await rulesInJira(jira('app'))).map((one) => one.workflow))];
  for (const name of names) {
    if (remainingMs() < RESERVE_MS) break;
    await takeOff(jira('person'), name, environmentId());
  }
  return overview();
}

/** How the rules stand, for whoever shows or asks them. */
const inForce = cached(CACHED_MS, async (): Promise<Pick<Conduct, 'levels' | 'paused'>> => {
  const { levels = {}, paused } = (await store.read())?.value ?? {};
  return { levels, paused };
});
export const conduct = (): Promise<Pick<Conduct, 'levels' | 'paused'>> => inForce.get();

/** Looks at what was passed in pauses, portion by portion, keeping how far it came. */
async function checkPauses(site: Installed): Promise<void> {
  for (let portion = 0; portion < PORTIONS_A_ROUND; portion += 1) {
    const state = (await store.read())?.value;
    const [period, ...rest] = state?.unchecked ?? [];
    if (!state || !period || now() < period.to + LEDGER_LATE_MS) return;
    const after = await checkPassed(period, site, state.levels, terms);
    await changeState((latest) => ({
      ...latest,
      unchecked: after ? [{ ...period, after }, ...latest.unchecked.slice(1)] : latest.unchecked.filter((one) => one.from !== period.from),
    }));
    if (!after && rest.length === 0) return;
  }
}

/** The five-minute round's part: levels that begin, a pause that ends, what died half-way, and what a pause left to look at. */
export async function round(site: Installed): Promise<void> {
  if (!(await store.read())) return;
  const { due } = await decided();
  if (due) {
    inForce.forget();
    await bringInLine();
  }
  await checkPauses(site);
}

/** Once a day is often enough to forget. */
export const forget = (): Promise<number> => forgetOldEvents();

/** Before the app goes. Whatever happens, it must not keep the uninstall waiting. */
export async function leaving(): Promise<void> {
  try {
    log.info('rules.leaving', { disabled: await disableRules(jira('app')) });
  } catch (thrown) {
    log.error('rules.leaving', thrown);
  }
}
