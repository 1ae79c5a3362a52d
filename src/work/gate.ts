/** The gate: the function validator behind every step that asks something. It judges facts; it never writes but the record of a refusal. */
import { z } from 'zod';
import {
  type AgreedFact,
  type FieldValues,
  hinders,
  isJudged,
  isWayOut,
  judge,
  type Offer,
  refusal,
  type RegisterFact,
  type RuleId,
  type Transition,
  transitionOf,
  type WorkTypeKey,
} from '../method';
import { asFault, newReference } from '../platform/errors';
import { isLicensed } from '../platform/licence';
import { now } from '../platform/clock';
import { log } from '../platform/log';
import { type Question, together } from '../platform/sql';
import { knownFrom } from '../register/service';
import { ruleConfig, type RuleConfig } from '../setup/model';
import { agreedFrom, asksAgreed, readOfWork } from './agreed';
import { readSaid, type Said, saidFrom, saidQuestion } from './approvals';
import { factsOf, type Terms, valuesWith } from './facts';
import { readItem } from './jira';
import type { WorkItem } from './model';
import { registerFrom, registerQuestion, TOLD } from './named';
import { type Receipt, receiptOfChild, receiptsFrom, receiptsOf, receiptsQuestion } from './receipts';
import { recordOutcome } from './rule-events';
import { asksOffer, readOffer } from './wish';

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
/** Rules that look at the work item it was handed over from. */
const LOOK_AT_PARENT: readonly RuleId[] = ['V14', 'V33'];
/** Rules that look at approvals; only they cost a read of them, and only where people are named and asked. */
const LOOK_AT_APPROVALS: readonly RuleId[] = ['V30', 'V48'];
/** Rules that look at the settings; only they cost a read of them. */
const LOOK_AT_TERMS: readonly RuleId[] = ['V33', 'V36', 'V54'];

type Asks = Pick<Transition, 'rules'>;
const asks = (transitions: readonly Asks[], looking: readonly RuleId[]): boolean =>
  transitions.some(({ rules }) => rules.some((id) => looking.includes(id) && isJudged(id)));

export const readTerms = async (transitions: readonly Asks[], terms: () => Promise<Terms>): Promise<Terms | undefined> =>
  asks(transitions, LOOK_AT_TERMS) ? terms() : undefined;

/** The receipts that judging these steps needs. */
export async function readReceipts(itemId: string, transitions: readonly Asks[]): Promise<Receipt[]> {
  const [mine, madeFor] = await Promise.all([
    asks(transitions, LOOK_AT_HANDOFFS) ? receiptsOf(itemId) : [],
    asks(transitions, LOOK_AT_PARENT) ? receiptOfChild(itemId) : undefined,
  ]);
  return madeFor ? [...mine, madeFor] : mine;
}

/** What was said of the plan, where judging these steps needs it. */
export const readSaidFor = async (item: WorkItem, transitions: readonly Asks[]): Promise<Said[] | undefined> =>
  asks(transitions, LOOK_AT_APPROVALS) ? readSaid(item) : undefined;

interface Records {
  receipts: readonly Receipt[];
  said?: Said[] | undefined;
  agreed?: AgreedFact | undefined;
  offer?: Offer | undefined;
  register?: RegisterFact | undefined;
}

/** What the records say, in one statement whatever the step asks: the register's part goes along with what else is read. */
async function readRecords(
  item: WorkItem,
  type: WorkTypeKey,
  transition: Transition,
  values: FieldValues,
  terms: () => Promise<Terms>,
): Promise<Records> {
  if (type === 'wish' && asksOffer(transition)) return readOffer(item, (await terms()).calendars);
  const asked = [transition];
  const register = registerQuestion(item.id, values, asked);
  if (asksAgreed(asked)) {
    const [receipts, found] = await Promise.all([readReceipts(item.id, asked), readOfWork(item, register)]);
    return { receipts, agreed: agreedFrom(item, found), register: register && (await registerFrom(knownFrom(found.more), values, asked)) };
  }
  if (!register) {
    const [receipts, said] = await Promise.all([readReceipts(item.id, asked), readSaidFor(item, asked)]);
    return { receipts, said };
  }
  const approvals = asks(asked, LOOK_AT_APPROVALS) ? saidQuestion(item) : undefined;
  const questions: Record<string, Question> = {
    known: register,
    ...(asks(asked, LOOK_AT_HANDOFFS) && { receipts: receiptsQuestion(item.id) }),
    ...(approvals && { said: approvals }),
  };
  const rows: Readonly<Record<string, unknown[] | undefined>> = await together(questions);
  return {
    receipts: receiptsFrom(rows['receipts'] ?? []),
    said: approvals && saidFrom(rows['said'] ?? []),
    register: await registerFrom(knownFrom(rows['known'] ?? []), values, asked),
  };
}

async function decide(event: GateEvent, config: RuleConfig, terms: () => Promise<Terms>): Promise<GateAnswer> {
  const transition = transitionOf(config.type, config.transition);
  const item = await readItem('app', event.issue.key, config);
  const { modifiedFields: modified } = event.transition;
  const values = valuesWith(item, modified, config, TOLD);
  const [records, known] = await Promise.all([readRecords(item, config.type, transition, values, terms), readTerms([transition], terms)]);
  const facts = factsOf(item, config.type, records.receipts, config, { ...records, modified, terms: known, now: now() });
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

export async function gate(event: GateEvent, terms: () => Promise<Terms>): Promise<GateAnswer> {
  if (!isLicensed()) return { result: true };
  const { configuration: config } = event;
  try {
    return await decide(event, config, terms);
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
