/** The gate: the function validator behind every step that asks something. It judges facts; it never writes but the record of a refusal. */
import { z } from 'zod';
import { hinders, isJudged, isWayOut, judge, refusal, type RuleId, type Transition, transitionOf } from '../method';
import { asFault, newReference } from '../platform/errors';
import { isLicensed } from '../platform/licence';
import { log } from '../platform/log';
import { ruleConfig, type RuleConfig } from '../setup/model';
import { factsOf } from './facts';
import { readItem } from './jira';
import { receiptsOf } from './receipts';
import { recordOutcome } from './rule-events';

/** Jira sends a rule's configuration as it was stored: an object, or its JSON text. */
export const configuration = z.preprocess((sent) => (typeof sent === 'string' ? (JSON.parse(sent) as unknown) : sent), ruleConfig);

export const gateEvent = z.object({
  issue: z.object({ key: z.string() }),
  configuration,
  transition: z.object({ modifiedFields: z.record(z.string(), z.unknown()).default({}) }),
});
export type GateEvent = z.infer<typeof gateEvent>;

/** Exactly these keys: anything more makes Jira refuse the answer. */
export type GateAnswer = { result: true } | { result: false; errorMessage: string };

/** Rules that look at hand-offs; only they cost a read in SQL. */
const LOOK_AT_HANDOFFS: readonly RuleId[] = ['V09', 'V10', 'V34', 'V52'];
export const looksAtHandoffs = ({ rules }: Pick<Transition, 'rules'>): boolean => rules.some((id) => LOOK_AT_HANDOFFS.includes(id) && isJudged(id));
async function decide(event: GateEvent, config: RuleConfig): Promise<GateAnswer> {
  const transition = transitionOf(config.type, config.transition);
  const item = await readItem('app', event.issue.key, config);
  const receipts = looksAtHandoffs(transition) ? await receiptsOf(item.id) : [];
  const facts = factsOf(item, config.type, receipts, config, event.transition.modifiedFields);
  const verdicts = judge(transition, facts, config.levels);
  const reference = newReference();
  const text = refusal(transition, facts, verdicts, reference);
  // A refusal names what hindered; a step that is let pass, what would have under a stricter level.
  const rules = verdicts.filter(text === undefined ? ({ state }) => state === 'unmet' : hinders).map((one) => one.rule);
  if (rules.length > 0) {
    const outcome = text === undefined ? 'letThrough' : 'refused';
    log.info(`gate.${outcome}`, { reference, key: item.key, transition: transition.key, rules: rules.join(' ') });
    const judged = verdicts.filter((one) => one.state !== 'notJudged').length;
    await recordOutcome({ item, transition: transition.key, rules, judged, outcome, reference }).catch(
      // The answer stands whether or not it could be noted.
      (thrown: unknown) => log.error('gate.notRecorded', thrown, { reference }),
    );
  }
  return text === undefined ? { result: true } : { result: false, errorMessage: text };
}

export async function gate(event: GateEvent): Promise<GateAnswer> {
  if (!isLicensed()) return { result: true };
  const { configuration: config } = event;
  try {
    return await decide(event, config);
  } catch (thrown) {
    const reference = newReference();
    log.error('gate.undecided', thrown, { reference, key: event.issue.key, transition: config.transition, code: asFault(thrown).code });
    if (isWayOut(transitionOf(config.type, config.transition))) return { result: true };
    return {
      result: false,
      errorMessage:
        'USM could not check this step just now and did not let it pass. Try again in a minute. ' +
        `If it stays, tell an administrator: reference ${reference}.`,
    };
  }
}
