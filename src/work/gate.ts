/** The gate: the function validator behind every step that asks something. It judges facts; it never writes but the record of a refusal. */
import { z } from 'zod';
import { isJudged, judge, refusal, type RuleId, transitionOf } from '../method';
import { asFault, newReference } from '../platform/errors';
import { isLicensed } from '../platform/licence';
import { log } from '../platform/log';
import { ruleConfig, type RuleConfig } from '../setup/model';
import { factsOf } from './facts';
import { readItem } from './jira';
import { receiptsOf, recordRefusal } from './receipts';

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
/** Ways out stay open when the gate cannot read: an outage never traps a work item. */
const WAYS_OUT = new Set(['withdraw', 'decline', 'declineLater', 'noAgreement']);

async function decide(event: GateEvent, config: RuleConfig): Promise<GateAnswer> {
  const transition = transitionOf(config.type, config.transition);
  const item = await readItem('app', event.issue.key, config);
  const receipts = transition.rules.some((id) => LOOK_AT_HANDOFFS.includes(id) && isJudged(id)) ? await receiptsOf(item.id) : [];
  const facts = factsOf(item, config.type, receipts, config, event.transition.modifiedFields);
  const verdicts = judge(transition, facts);
  const reference = newReference();
  const text = refusal(transition, facts, verdicts, reference);
  if (text === undefined) return { result: true };
  const unmet = verdicts.filter((one) => one.state === 'unmet');
  log.info('gate.refused', { reference, key: item.key, transition: transition.key, rules: unmet.map((one) => one.rule).join(' ') });
  await recordRefusal(item.id, transition.key, unmet.length, verdicts.filter((one) => one.state !== 'notJudged').length, reference).catch(
    // The refusal stands whether or not it could be noted.
    (thrown: unknown) => log.error('gate.refusalNotRecorded', thrown, { reference }),
  );
  return { result: false, errorMessage: text };
}

export async function gate(event: GateEvent): Promise<GateAnswer> {
  if (!isLicensed()) return { result: true };
  const { configuration: config } = event;
  try {
    return await decide(event, config);
  } catch (thrown) {
    const reference = newReference();
    log.error('gate.undecided', thrown, { reference, key: event.issue.key, transition: config.transition, code: asFault(thrown).code });
    if (WAYS_OUT.has(config.transition)) return { result: true };
    return {
      result: false,
      errorMessage:
        'USM could not check this step just now and did not let it pass. Try again in a minute. ' +
        `If it stays, tell an administrator: reference ${reference}.`,
    };
  }
}
