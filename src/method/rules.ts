/**
 * The rules V01 to V54 (4.4): what must be true before a step, in sentences a person can act on. A rule is judged by a pure function over facts,
 * so that the gate and the process panel say the same. Rules without `judge` are declared and not judged yet: they let pass, and the panel says so.
 */
import { type AgreedFact, judgeApproved, judgeCovered, judgeForeseen, judgeListed, judgeMayAsk, judgeTemplate } from './agreed';
import { type Approvals, judgeApprovals, openApprovals } from './approvals';
import { EVALUATION, type FieldKey, FIELDS, type FieldValues, filled, list, words } from './fields';
import { counts, type HandoffState, handoffsFrom, isOpen } from './handoffs';
import { judgeOffer, type Offer } from './offer';
import { priorityOf, type PriorityTables } from './priority';
import { changing, failedOften, judgeNamed, judgeNothingManaged, judgeOverlap, judgeUpdated, type RegisterFact } from './register';
import { RULE_IDS, type RuleId } from './rule-ids';
import { type StatusKey, STATUSES } from './statuses';
import { type Transition } from './transitions';
import {
  against,
  type Acting,
  any,
  expressionOf,
  type ActingIds,
  holdsProfile,
  isAmong,
  isAssignee,
  isEmpty,
  not,
  says,
  tookLast,
  type WhoCheck,
} from './who';
import { workType, type WorkTypeKey, WORK_TYPE_KEYS } from './work-types';

/** Everything a rule may look at. Gathered by the gate with one read in Jira and one in SQL. */
export interface Facts {
  key: string;
  type: WorkTypeKey;
  status: StatusKey;
  fields: FieldValues;
  /** Fields given in this very transition. */
  changed: ReadonlySet<FieldKey>;
  /** Fields given since the present status was entered, this transition included. Last round's answer never satisfies this round. */
  fresh: ReadonlySet<FieldKey>;
  /** Blocking hand-offs of this work item, of every round. */
  handoffs: readonly {
    type: WorkTypeKey;
    state: HandoffState;
    thisRound: boolean;
    key?: string;
    /** Passed to a supplier of this name; then the work type is none of the method's. */
    supplier?: string;
  }[];
  /** Whoever asked for it, by name. */
  requester: string;
  /** Somebody is assigned. */
  assigned: boolean;
  assignee?: { accountId: string; name: string };
  /** Who takes the step, or looks at it. Absent where nobody tells: the gate. */
  acting?: Acting;
  /** Absent where nobody is named, or no rule that is asked looks at them. */
  approvals?: Approvals;
  /** What is agreed about it at the time of its report. Absent: not asked. */
  agreed?: AgreedFact;
  /** What the register says of the items it names. Absent: not asked, or the register holds nothing yet. */
  register?: RegisterFact;
  now: number;
  /** Work types of all work items that are linked, however; undefined for those that do not follow the method. */
  linked: readonly (WorkTypeKey | undefined)[];
  /** The work item it was handed over from, if it was. */
  parent?: { key: string; status: StatusKey | undefined };
  /** How this site ranks calls and risks; absent: as usual. */
  tables?: PriorityTables;
  /** When the period of reopening ended, if it has. */
  reopenEnded?: number;
  /** What is drafted for a Wish. Absent: no rule about it is asked. */
  offer?: Offer;
}

export interface Judgement {
  met: boolean;
  /** Values for the {x} of the sentence. */
  says?: Record<string, string>;
  /** Instead of the rule's own sentence or fact, where this case is another one. */
  text?: string;
}

export interface Rule {
  /** The fact that must be true, for the panel's line once it is. */
  fact: string;
  /** What a person reads when it is not; {x} is filled in. Each stands alone. */
  sentence: string;
  /** Why it matters and what to do. */
  help: string;
  /** always: hard. Otherwise an administrator may set off, warn or enforce. */
  level: 'always' | 'configurable';
  /** gate: the function validator. who: about the person acting alone. system: a rule of Jira's own that carries our sentence. */
  carrier: 'gate' | 'who' | 'system';
  /** What the data say; undefined: it is not asked here. */
  judge?: (facts: Facts, transition: Transition) => Judgement | undefined;
  /** What is asked of the person besides, or instead: by an expression, since only that is told who takes a step. */
  who?: readonly WhoCheck[];
}

const names = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1] ?? ''}`;

const all = (facts: Facts, ...keys: FieldKey[]): boolean => keys.every((key) => filled(facts.fields, key));
const allFresh = (facts: Facts, ...keys: FieldKey[]): boolean => keys.every((key) => filled(facts.fields, key) && facts.fresh.has(key));

/** Work types named in the field "Hand over to" in this status: the hand-over by Jira's own screen. */
export const askedByField = (facts: Pick<Facts, 'fields' | 'fresh'>): WorkTypeKey[] =>
  facts.fresh.has('handOverTo')
    ? list(facts.fields, 'handOverTo').flatMap((name) => WORK_TYPE_KEYS.filter((key) => workType(key).name === name))
    : [];

/** Types this work item is handed over to, or is about to be. What came back in an earlier round does not count again. */
const handedTo = (facts: Facts): WorkTypeKey[] => [
  ...facts.handoffs.filter((one) => isOpen(one.state) && one.supplier === undefined).map((one) => one.type),
  ...askedByField(facts),
];

/** What the register does not know comes into it by a change, or is called something else. */
const unknownChanges = (unknown: readonly string[]): string =>
  `${names(unknown)} ${unknown.length === 1 ? 'is' : 'are'} not in the register: correct the name, or hand over to a Request for Change if it is new.`;

/** The end of the chain: it asks nobody. */
export const endsTheChain = (type: WorkTypeKey): string =>
  `${workType(type).name} is the end of the chain and hands over to nobody. Take Deliver when it is done.`;

/** What the matrix says against what "Hand over to" names, if it does. */
function forbidden(facts: Facts): string | undefined {
  const { name } = workType(facts.type);
  const allowed = handoffsFrom(facts.type).map((rule) => rule.to);
  const wrong = askedByField(facts).filter((type) => !allowed.includes(type));
  if (wrong.length === 0) return undefined;
  const choice = allowed.map((type) => workType(type).name).join(' or ');
  return `${name} does not hand over to ${wrong.map((type) => workType(type).name).join(' or ')}. Choose ${choice}.`;
}

/** Rules that the hand-over itself answers: they are no reason not to begin it. */
const BY_HANDING_OVER: readonly RuleId[] = ['V10', 'V32', 'V52'];
export const answeredByHandingOver = (rule: RuleId): boolean => BY_HANDING_OVER.includes(rule);

/** A verdict whose sentence is another than the rule's own. */
const judged = (met: boolean, otherwise: string): Judgement => (met ? { met } : { met, text: otherwise });

const missingOf = (facts: Facts, keys: readonly FieldKey[]): string[] =>
  keys.filter((key) => !filled(facts.fields, key)).map((key) => FIELDS[key].name.toLowerCase());

const openHandoffs = (facts: Facts) => facts.handoffs.filter((one) => isOpen(one.state));
const keysOf = (handoffs: Facts['handoffs']): string =>
  names(handoffs.map((one) => `${one.key ?? `${workType(one.type).name} (being made)`}${one.supplier === undefined ? '' : ` at ${one.supplier}`}`));

/** An emergency shortens the planning: what it left out is asked before Confirm (V30). */
const isEmergency = (facts: Pick<Facts, 'fields'>): boolean => words(facts.fields, 'changeCategory') === 'Emergency';
const unlessEmergency =
  (judge: (facts: Facts) => Judgement): NonNullable<Rule['judge']> =>
  (facts) =>
    isEmergency(facts) ? { met: true, text: 'An emergency: this is completed before Confirm' } : judge(facts);

/** Approvals that an emergency has left out. */
const openOf = ({ approvals }: Facts): string[] => {
  const open = approvals ? openApprovals(approvals) : [];
  return open.length === 0 ? [] : [`the approval of ${names(open)}`];
};

/** What a plan lacks. What it does, by whom and with what effect stands in the plan itself; how far the customer is affected, in Impact. */
function planLacks(facts: Facts): string[] {
  const { windowStart, windowEnd } = facts.fields;
  const backwards = typeof windowStart === 'number' && typeof windowEnd === 'number' && windowEnd <= windowStart;
  const people = facts.assigned || filled(facts.fields, 'solutionTeam');
  return [
    ...missingOf(facts, ['plan', 'windowStart', 'windowEnd', 'impact', 'backOut']),
    ...(backwards ? ['a window that ends after its start'] : []),
    ...(people ? [] : ['people']),
  ];
}

const testAccepted = ({ fields }: Facts): boolean => {
  const result = words(fields, 'testResult');
  return result === FIELDS.testResult.options[0] || (result !== '' && filled(fields, 'testReason'));
};

/** Each line of the test plan is a test. */
const plannedTests = ({ fields }: Facts): number =>
  Math.max(
    1,
    words(fields, 'testPlan')
      .split('\n')
      .filter((line) => line.trim() !== '').length,
  );

/** Priority 1 is what the method calls major. */
const MAJOR = 1;
/** Risks of this rank and behind are accepted without being asked about. */
const ACCEPTED_FROM = 3;

const dayOf = (moment: number): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(moment);

const yearAfter = (moment: number): number => {
  const day = new Date(moment);
  return day.setUTCFullYear(day.getUTCFullYear() + 1);
};

const ACCEPT_RISK = 'Only the process manager can accept a risk, with a reason and a review date.';

const gate = (level: Rule['level'], fact: string, sentence: string, help: string, judge?: Rule['judge']): Rule => ({
  fact,
  sentence,
  help,
  level,
  carrier: 'gate',
  ...(judge && { judge }),
});

/** `met`: what is asked of the person, with the rule's own sentence. */
const who = (level: Rule['level'], fact: string, sentence: string, help: string, met?: WhoCheck['met']): Rule => ({
  fact,
  sentence,
  help,
  level,
  carrier: 'who',
  ...(met && { who: [{ met, sentence }] }),
});

/** A rule of the gate that asks something of the person as well. */
const alsoWho = (rule: Rule, ...checks: WhoCheck[]): Rule => ({ ...rule, who: checks });

export const RULES: Readonly<Record<RuleId, Rule>> = {
  V01: gate(
    'always',
    'The requester may ask this for the customer',
    "We don't know {requester} as someone who may ask this for {customer}. Pick another requester or add them to the agreement.",
    'Only people named in the agreement can ask on behalf of the customer.',
    ({ agreed }) => judgeMayAsk(agreed),
  ),
  V02: gate(
    'always',
    'The service is set',
    'Choose the service this is about.',
    'The service tells which agreement counts. Set Service in the details.',
    (facts) => ({
      met: all(facts, 'service'),
    }),
  ),
  V03: gate(
    'always',
    'An agreement in force covers it',
    '{service} has no agreement in force with {customer}. Register a Wish, or choose the agreement that applies.',
    'Without an agreement nothing was promised, so nothing can be kept.',
    ({ agreed, type }) => judgeCovered(agreed, type),
  ),
  V04: gate(
    'always',
    'Category and priority are known',
    'Set the {missing}. The priority follows from them.',
    'Work is taken in the order of its priority. Set them in the details.',
    (facts) => {
      const ratings: FieldKey[] = facts.type === 'preventiveAction' ? ['effect', 'likelihood'] : ['impact', 'urgency'];
      const missing = (['category', ...ratings] as FieldKey[]).filter((key) => !filled(facts.fields, key));
      return { met: missing.length === 0, says: { missing: names(missing.map((key) => FIELDS[key].name.toLowerCase())) } };
    },
  ),
  V05: gate(
    'configurable',
    'It is in the agreement',
    'This request is not part of {agreement}. Reclassify it as a Wish if the customer wants something new.',
    'Service requests are the calls agreed beforehand. Choose in Catalog item what it is, or reclassify it.',
    ({ agreed }) => judgeListed(agreed),
  ),
  V06: gate(
    'configurable',
    'Nothing registered changes',
    'This would change {MIC}, which is in the managed infrastructure register. Use a Request for Change.',
    'What is registered changes under control only. Take the mark away if nothing registered changes.',
    judgeNothingManaged,
  ),
  V07: gate(
    'always',
    'The items to change are named',
    'Name at least one item from the managed infrastructure register. If nothing managed changes, use a Service Request.',
    'A change without an item cannot be planned against others. Set Items to change or Items to add.',
    judgeNamed,
  ),
  V08: gate(
    'configurable',
    'The agreement foresees it',
    'This changes what was agreed in {agreement}. Start with a Wish; the change will follow from it.',
    'What was agreed with the customer is changed with the customer. If the agreement lists it, choose it in Catalog item.',
    ({ agreed }) => judgeForeseen(agreed),
  ),
  V09: gate(
    'always',
    'Handed-over work is fulfilled',
    '{n} handed-over {calls} still running: {keys}.',
    'Work closes from leaf to root. Wait for them, remind the team, or have them withdrawn.',
    (facts) => {
      const open = openHandoffs(facts);
      return {
        met: open.length === 0,
        says: { n: String(open.length), calls: open.length === 1 ? 'call is' : 'calls are', keys: keysOf(open) },
      };
    },
  ),
  V10: gate(
    'always',
    'The work is handed over',
    'Hand this over first: choose {types}.',
    'The next process does its part and this work item wakes when it is done. Choose Hand over in USM process, or fill Hand over to.',
    (facts, transition) => {
      const rules = handoffsFrom(facts.type).filter((rule) => rule.blocks);
      const allowed = rules.map((rule) => rule.to);
      // A supplier is asked from everywhere, also from the end of the chain.
      const atSupplier = facts.handoffs.some((one) => one.supplier !== undefined);
      if (allowed.length === 0 && !atSupplier) return { met: false, text: endsTheChain(facts.type) };
      const against = transition.forks ? forbidden(facts) : undefined;
      if (against !== undefined) return { met: false, text: against };
      // Work that comes back has to have been asked in this round; work going out may also be asked by the field.
      const met = transition.forks
        ? handedTo(facts).some((type) => allowed.includes(type)) || openHandoffs(facts).some((one) => one.supplier !== undefined)
        : facts.handoffs.some((one) => one.thisRound && counts(one.state));
      return { met, says: { types: allowed.map((type) => workType(type).name).join(' or ') } };
    },
  ),
  V11: gate(
    'always',
    '{requester} confirmed the result',
    'Record how {requester} confirmed the result.',
    'The clock stops on the word of whoever asked, not on ours. Let them take Confirm, or fill Confirmed how, Confirmed at and Words of confirmation.',
    (facts, transition) => ({
      // "Confirm" is shown to whoever asked for it and to nobody else: taking that step is the confirmation.
      met: transition.key === 'confirm' || allFresh(facts, 'confirmedHow', 'confirmedAt', 'confirmedWords'),
    }),
  ),
  V12: gate(
    'always',
    'The register says what changed',
    'Update the register for {MICs} before this change counts as fulfilled.',
    'Otherwise the next failure is searched in the wrong place. Say of each item in Register on this page what came of it, or set Register updated.',
    judgeUpdated,
  ),
  V13: who(
    'configurable',
    'Accepted for production by someone who did not build it',
    'You prepared this change, so someone else has to accept it for production.',
    'Whoever builds a thing does not see its faults.',
    not(any(tookLast('preparing', 'testing'), isAssignee)),
  ),
  V14: gate(
    'configurable',
    'The evaluation is done',
    'Answer the evaluation questions. Two minutes now saves the next call.',
    'In Evaluation, one answer to each of the five questions; what is not as usual, in Evaluation in words. What was handed over is evaluated with its root.',
    (facts) => {
      if (facts.parent) return { met: true, text: 'Evaluated with the work item that asked for it' };
      const answers = list(facts.fields, 'evaluation');
      const answered = EVALUATION.every(([usual, other]) => answers.includes(usual) !== answers.includes(other));
      return { met: answered && (EVALUATION.every(([, other]) => !answers.includes(other)) || filled(facts.fields, 'evaluationText')) };
    },
  ),
  V15: gate('always', 'The reason is given', 'Say why, so {requester} gets a proper answer.', 'Fill Reason and Reason in words.', (facts) => ({
    met: allFresh(facts, 'reason', 'reasonText'),
  })),
  V16: {
    fact: 'It is known whom we wait for, and until when',
    sentence: 'Say who we are waiting for and until when.',
    help: 'Waiting without an end is forgotten. Fill Waiting for and Waiting until.',
    level: 'always',
    carrier: 'system',
    judge: (facts) => ({ met: allFresh(facts, 'waitingFor', 'waitingUntil') }),
  },
  V17: gate(
    'always',
    'The offer is complete',
    'The offer is not complete: {missing}.',
    'An offer says what people can use and ask, how well, when it is ready and what it costs. Write it in the draft, from Agreement on this page.',
    judgeOffer('V17'),
  ),
  V18: gate(
    'configurable',
    'What lies under it can keep the promise',
    '{target} cannot be kept: {OLA-UC} gives {value}. Change the offer or that agreement.',
    'A promise is as good as what it rests on.',
    judgeOffer('V18'),
  ),
  V19: gate(
    'always',
    'The customer accepted this version',
    '{customer} has not accepted version {v} yet.',
    'An agreement has two sides. A representative of the customer accepts it in Agreement on this page.',
    judgeOffer('V19'),
  ),
  V20: gate(
    'always',
    'The plan is complete',
    'The plan lacks {missing}.',
    'Fill Plan, Window start, Window end, Impact and Back-out, and set Assignee or Solution team.',
    unlessEmergency((facts) => {
      const missing = planLacks(facts);
      return { met: missing.length === 0, says: { missing: names(missing) } };
    }),
  ),
  V21: gate(
    'configurable',
    'Nothing overlaps',
    'This overlaps {keys} on {MIC}.',
    'Two changes at once hide each other’s faults. Choose another window, or have the other one moved.',
    judgeOverlap,
  ),
  V22: gate(
    'always',
    'Test plan and deployment plan are there',
    'Add the test plan and the deployment plan.',
    'Fill Test plan, a line for each test, and Deployment plan.',
    unlessEmergency((facts) => ({ met: all(facts, 'testPlan', 'deploymentPlan') })),
  ),
  V23: gate(
    'always',
    'Every test has an accepted result',
    '{n} {tests} no accepted result.',
    'A test without a result was not done. Fill Test result; deviations are accepted with a reason.',
    unlessEmergency((facts) => {
      const planned = plannedTests(facts);
      return { met: testAccepted(facts), says: { n: String(planned), tests: planned === 1 ? 'test has' : 'tests have' } };
    }),
  ),
  V24: gate(
    'always',
    'The cause is described',
    'Describe the cause; a measure without a cause is a guess.',
    'Fill Cause and Kind of cause.',
    (facts) => ({ met: all(facts, 'cause', 'causeCategory') }),
  ),
  V25: gate(
    'always',
    'A measure is chosen',
    'Compare the measures and pick one; add what risk remains.',
    'Fill Measure, with what it was weighed against, and Business case; for a Preventive Action also Remaining effect and Remaining likelihood.',
    (facts) => ({
      met: all(facts, 'measure', 'businessCase') && (facts.type !== 'preventiveAction' || all(facts, 'residualEffect', 'residualLikelihood')),
    }),
  ),
  V26: alsoWho(
    gate('always', 'The process manager accepts the risk', ACCEPT_RISK, 'Fill Reason in words and Review date, at most 12 months ahead.', (facts) => {
      const { changed, fields, now } = facts;
      const { reviewDate } = fields;
      const given = changed.has('reasonText') && changed.has('reviewDate') && all(facts, 'reasonText');
      return { met: given && typeof reviewDate === 'number' && reviewDate > now && reviewDate <= yearAfter(now) };
    }),
    { met: holdsProfile('processManager'), sentence: ACCEPT_RISK },
  ),
  V27: gate(
    'always',
    'It is about the past',
    'This is happening now. Register an Incident so it is recovered as agreed.',
    'A complaint prevents the next time; an incident recovers this time. Set When it happened, or choose Reclassify.',
    (facts) => ({
      met: words(facts.fields, 'timing') === FIELDS.timing.options[0],
      ...(!filled(facts.fields, 'timing') && { text: 'Say when it happened: a complaint is about the past.' }),
    }),
  ),
  V28: gate('always', 'The answer is written', 'Write the answer for {requester}.', 'Fill Answer.', (facts) => ({ met: all(facts, 'answer') })),
  V29: gate(
    'always',
    'It is clear what this is',
    'Choose what this call really is.',
    'It goes on under its right name, with its data and report time. Fill Reclassify as and Reason in words.',
    (facts) => ({ met: allFresh(facts, 'reclassifyAs', 'reasonText') && words(facts.fields, 'reclassifyAs') !== workType(facts.type).name }),
  ),
  V30: gate(
    'always',
    'The emergency is completed afterwards',
    'This was an emergency change. Complete {missing} before confirming.',
    'Haste postpones the proof, it does not replace it. Fill in what is named here.',
    (facts) => {
      if (!isEmergency(facts)) return { met: true, text: 'It was no emergency' };
      const missing = [
        ...planLacks(facts),
        ...missingOf(facts, ['testPlan', 'deploymentPlan']),
        ...(testAccepted(facts) ? [] : ['test result']),
        ...openOf(facts),
      ];
      return { met: missing.length === 0, says: { missing: names(missing) } };
    },
  ),
  V32: gate(
    'always',
    'The route fits what changes',
    'This measure changes {agreement}, so it starts with a Wish.',
    'Agreement: Wish. Managed item: Request for Change. Neither: Service Request. What it touches and Items to change say which.',
    (facts) => {
      const to = handedTo(facts);
      const { items, unknown } = changing(facts);
      if (list(facts.fields, 'layer').includes('Agreement')) {
        const customer = words(facts.fields, 'customer');
        return { met: to.includes('wish'), says: { agreement: customer === '' ? 'the agreement' : `the agreement with ${customer}` } };
      }
      if (items.length > 0)
        return judged(
          to.includes('rfc'),
          unknown.length > 0
            ? unknownChanges(unknown)
            : `${names(items)} ${items.length === 1 ? 'changes' : 'change'}, so this measure needs a Request for Change.`,
        );
      return judged(
        !to.includes('wish') && !to.includes('rfc'),
        'This measure changes nothing agreed and nothing registered, so a Service Request does it.',
      );
    },
  ),
  V33: gate(
    'always',
    'It is within the reopen period',
    'The reopen period ended on {date}. Use Follow-up to start a new call linked to this one.',
    'Later it is a new matter.',
    (facts) => {
      const { parent, reopenEnded } = facts;
      if (reopenEnded !== undefined) return { met: false, says: { date: dayOf(reopenEnded) } };
      // Waiting is no leaving: Resume leads back to Realising.
      const gone = parent?.status !== undefined && parent.status !== 'realising' && parent.status !== 'waiting';
      return judged(!gone, `${parent?.key ?? ''} has moved on. Reopen it instead.`);
    },
  ),
  V34: gate(
    'always',
    'No handed-over work is left behind',
    'Stop or withdraw {keys} first.',
    'Nobody should work on for nothing. Withdraw them, or wait until they are done.',
    (facts) => {
      const open = openHandoffs(facts);
      return { met: open.length === 0, says: { keys: keysOf(open) } };
    },
  ),
  V35: gate(
    'always',
    'The contributing teams are named',
    'Name the teams that contribute to this service.',
    'An offer without teams cannot be kept. Name in its draft what it leans on, or set Solution team.',
    (facts) => ({ met: facts.offer?.drafted?.contributes === true || all(facts, 'solutionTeam') }),
  ),
  V36: gate(
    'configurable',
    'The cause is dealt with',
    'The service works again, the cause is still there. Link a Preventive Action or say why not.',
    'Else it comes back. Link it in Jira, or fill Why no Preventive Action.',
    (facts) => {
      const stays =
        words(facts.fields, 'workaround') === FIELDS.workaround.options[0] || priorityOf(facts.type, facts.fields, facts.tables) === MAJOR;
      const often = failedOften(facts);
      const dealtWith = facts.linked.includes('preventiveAction') || filled(facts.fields, 'whyNoPrevention');
      const met = dealtWith || (!stays && often === undefined);
      return { met, ...(!met && often !== undefined && { text: `${often} Link a Preventive Action or say why not.` }) };
    },
  ),
  V37: gate('always', 'It is known who does it and when', 'Set who does this and when.', 'Set Assignee and Planned for.', (facts) => ({
    met: facts.assigned && all(facts, 'plannedDate'),
  })),
  V38: gate(
    'always',
    'The approval is there',
    '{item} needs approval from {role}.',
    'The customer decides who may order it. It is said in the catalog, or beside this work item.',
    ({ agreed }) => judgeApproved(agreed),
  ),
  V39: alsoWho(
    gate(
      'always',
      'The handler is not part of the complaint',
      '{assignee} is part of this complaint. Ask someone else to handle it.',
      'Nobody judges their own work. Change Assignee, or People it is about.',
      ({ assignee, fields }) => ({
        met: !assignee || !list(fields, 'aboutPeople').includes(assignee.accountId),
        ...(assignee && { says: { assignee: assignee.name } }),
      }),
    ),
    { met: not(isAmong('aboutPeople')), sentence: 'You are part of this complaint. Ask someone else to handle it.' },
  ),
  V40: gate('always', 'It is linked to what it is about', 'Link what the complaint is about.', 'Link a work item, or set Service.', (facts) => ({
    met: facts.linked.length > 0 || all(facts, 'service'),
  })),
  V41: gate('always', 'The finding is recorded', 'Record the finding before answering.', 'Fill Finding and Explanation.', (facts) => ({
    met: all(facts, 'finding', 'findingText'),
  })),
  V42: gate(
    'configurable',
    'The result is set against the goal',
    'Record the result against the goal.',
    'An improvement nobody measured is an opinion. Fill Value today and Value achieved, or say in Why not measurable why there are none.',
    (facts) => ({ met: all(facts, 'baseline', 'achieved') || all(facts, 'notMeasurable') }),
  ),
  V43: gate(
    'always',
    'Value today and target are given',
    "Give today's value and the target value.",
    'Fill Value today, Target value and Unit.',
    (facts) => ({ met: all(facts, 'baseline', 'target', 'unit') }),
  ),
  V44: gate(
    'always',
    'It is said what has to be different',
    'Say what has to be different.',
    'Sent back without a word, it comes back the same. Fill What has to be different.',
    (facts) => ({ met: facts.changed.has('difference') && filled(facts.fields, 'difference') }),
  ),
  V45: gate(
    'always',
    'The agreement has started',
    '{agreement} starts on {date}; confirm from then.',
    'An agreement is kept from its first day, by all that lies under it.',
    judgeOffer('V45'),
  ),
  V46: gate(
    'always',
    'The change category is set',
    'Choose standard, normal, significant or emergency.',
    'It tells how much planning the change needs. Set Change category.',
    (facts) => ({ met: all(facts, 'changeCategory') }),
  ),
  V47: gate(
    'always',
    'An approved standard exists',
    'There is no approved standard for this change.',
    'Choose it in Catalog item. Without one it is planned as a normal change.',
    ({ agreed }) => judgeTemplate(agreed),
  ),
  V48: alsoWho(
    gate(
      'configurable',
      'The approvals are complete',
      'Still to approve: {names}.',
      'Those named in Approvers say so in USM process; where nobody is named, whoever takes this step approves it. The planner is never the only one.',
      ({ approvals, fields }) => {
        if (!approvals) return { met: true };
        const { met, fault } = judgeApprovals(approvals, fields);
        return { met, says: { names: names(openApprovals(approvals)) }, ...(fault !== undefined && { text: fault }) };
      },
    ),
    {
      met: any(not(isEmpty('approvers')), not(tookLast('accepted', 'planning'))),
      sentence: 'You planned this change, so someone else has to approve it.',
    },
    {
      met: any(not(isEmpty('approvers')), not(says('changeCategory', 'Significant')), holdsProfile('processManager')),
      sentence: 'A significant change is approved by a process manager. Ask one of them to take this step.',
    },
  ),
  V49: gate(
    'always',
    'The failure is described',
    'What should it do according to the agreement, and what does it do? If the service works as agreed, use a Service Request.',
    'A failure is a difference from what was agreed. Fill Observed and Agreed.',
    (facts) => ({ met: all(facts, 'observed', 'agreed') }),
  ),
  V50: gate(
    'always',
    'It is written what was done',
    'Write what was done.',
    'The requester checks the result against it. Fill What was done.',
    (facts) => ({ met: allFresh(facts, 'result') }),
  ),
  V51: gate(
    'always',
    'Solution and route are chosen',
    'Choose how the recovery will be done.',
    'The route decides who is asked. Fill Solution, Recovery route and Workaround.',
    (facts) => ({ met: all(facts, 'solution', 'recoveryRoute', 'workaround') }),
  ),
  V52: gate(
    'always',
    'The route fits what changes',
    '{MIC} changes, so recovery needs a Request for Change.',
    'What is registered changes under control only. Hand over to Change, or take the mark away if nothing registered changes.',
    (facts) => {
      const { items, unknown } = changing(facts);
      const met = items.length === 0 || handedTo(facts).includes('rfc');
      return { met, says: { MIC: names(items) }, ...(!met && unknown.length > 0 && { text: unknownChanges(unknown) }) };
    },
  ),
  V53: gate(
    'always',
    'Source and layer are known',
    'Where does this come from, and what does it touch?',
    'Fill Source and What it touches.',
    (facts) => ({ met: all(facts, 'source', 'layer') }),
  ),
  V54: gate(
    'always',
    'The remaining risk is acceptable',
    'The remaining risk is above what we accept. Ask the process manager.',
    'Fill Remaining effect and Remaining likelihood. A high risk is made smaller by Rework, or accepted by the process manager from Preparing.',
    (facts) => {
      const { residualEffect, residualLikelihood } = facts.fields;
      if (!all(facts, 'residualEffect', 'residualLikelihood')) return { met: false, text: 'Say what risk remains after the measure.' };
      const remains = {
        ...(residualEffect !== undefined && { effect: residualEffect }),
        ...(residualLikelihood !== undefined && { likelihood: residualLikelihood }),
      };
      return { met: (priorityOf('preventiveAction', remains, facts.tables) ?? MAJOR) >= ACCEPTED_FROM };
    },
  ),
};

export const isJudged = (id: RuleId): boolean => RULES[id].judge !== undefined || RULES[id].who !== undefined;

/** Where a rule is asked. One may be asked twice: about the data by the gate, about the person by an expression. */
export type Carrier = Rule['carrier'];
export const carriersOf = (id: RuleId): Carrier[] => {
  const { carrier, who: checks } = RULES[id];
  return carrier === 'who' || !checks ? [carrier] : [carrier, 'who'];
};

/** Rules whose level an administrator may set (4.4); all others are enforced always. */
export const SETTABLE_RULES: readonly RuleId[] = RULE_IDS.filter((id) => RULES[id].level === 'configurable');

/** off: not asked. warn: told and recorded. enforce: refused. */
export type RuleLevel = 'off' | 'warn' | 'enforce';
/** Levels that an administrator has set; what is not named is enforced. */
export type RuleLevels = { readonly [id in RuleId]?: RuleLevel | undefined };

/** A level given to a rule that is hard counts for nothing. */
export const levelOf = (id: RuleId, levels: RuleLevels): RuleLevel => (RULES[id].level === 'configurable' ? (levels[id] ?? 'enforce') : 'enforce');

/** On some steps a rule only warns, also where it is enforced elsewhere. */
const levelAt = ({ warns = [] }: Pick<Transition, 'warns'>, id: RuleId, levels: RuleLevels): RuleLevel => {
  const level = levelOf(id, levels);
  return level === 'enforce' && warns.includes(id) ? 'warn' : level;
};

export interface Verdict {
  rule: RuleId;
  state: 'met' | 'unmet' | 'notJudged';
  level: Exclude<RuleLevel, 'off'>;
  /** Unmet: the sentence. Otherwise the fact. */
  text: string;
  help: string;
}

const fill = (text: string, values: Record<string, string>): string => text.replace(/\{([\w-]+)\}/g, (whole, name: string) => values[name] ?? whole);

/** What a refusal rests on: missing, and asked for in earnest. */
export const hinders = ({ state, level }: Pick<Verdict, 'state' | 'level'>): boolean => state === 'unmet' && level === 'enforce';

/** The verdicts on one step, in the order the method lists its rules; rules that are off are not asked. Pure: the gate and the panel both call it. */
export function judge(transition: Transition, facts: Facts, levels: RuleLevels = {}): Verdict[] {
  return transition.rules.flatMap((id): Verdict[] => {
    const level = levelAt(transition, id, levels);
    if (level === 'off') return [];
    const rule = RULES[id];
    const says = { requester: facts.requester };
    const refusal = facts.acting && rule.who && against(rule.who, facts.acting);
    const data = rule.judge?.(facts, transition) ?? (facts.acting && rule.who && { met: true });
    if (!data) return [{ rule: id, state: 'notJudged', level, text: fill(rule.fact, says), help: rule.help }];
    const { met, says: more, text = met ? rule.fact : rule.sentence } = data.met && refusal !== undefined ? { met: false, text: refusal } : data;
    return [{ rule: id, state: met ? 'met' : 'unmet', level, text: fill(text, { ...says, ...more }), help: rule.help }];
  });
}

/** Rules of a step that ask something of the person, at this level. */
const askingWho = ({ rules }: Pick<Transition, 'rules'>, levels: RuleLevels, level: RuleLevel) =>
  rules.flatMap((id) => (RULES[id].who && levelOf(id, levels) === level ? [{ id, checks: RULES[id].who }] : []));

/** What Jira asks of whoever takes a step: true, or a sentence. Rules that only warn are told afterwards. */
export const whoExpression = (transition: Pick<Transition, 'rules'>, ids: ActingIds, levels: RuleLevels = {}): string =>
  expressionOf(askingWho(transition, levels, 'enforce'), ids);

/** What would have stood against whoever took a step, under rules that only warn. */
export const warnedOf = (transition: Pick<Transition, 'rules'>, acting: Acting, levels: RuleLevels): RuleId[] =>
  askingWho(transition, levels, 'warn').flatMap(({ id, checks }) => (against(checks, acting) === undefined ? [] : [id]));

/** Jira shows this as plain text and may drop line breaks, so it reads as one run; longest 600 characters. */
export const REFUSAL_LIMIT = 600;
const SHOWN = 3;

/** What a refused person reads: what cannot happen, what is missing and what to do, codes last. Undefined when nothing is missing. */
export function refusal(transition: Transition, facts: Pick<Facts, 'key'>, verdicts: readonly Verdict[], reference: string): string | undefined {
  const unmet = verdicts.filter(hinders);
  if (unmet.length === 0) return undefined;
  const head = `${facts.key} cannot move to ${STATUSES[transition.to].name} yet. ${unmet.length === 1 ? '1 thing is' : `${String(unmet.length)} things are`} missing.`;
  const tail = `(USM ${unmet.map((one) => one.rule).join(', ')}. Reference ${reference})`;
  const rest = unmet.length - SHOWN;
  const lines = (withHelp: boolean): string[] => [
    head,
    ...unmet.slice(0, SHOWN).map((one, index) => `${String(index + 1)}. ${one.text}${withHelp ? ` ${one.help}` : ''}`),
    ...(rest > 0 ? [`And ${String(rest)} more, see USM process.`] : []),
    tail,
  ];
  const full = lines(true).join('\n');
  if (full.length <= REFUSAL_LIMIT) return full;
  const short = lines(false).join('\n');
  return short.length <= REFUSAL_LIMIT ? short : `${short.slice(0, REFUSAL_LIMIT - tail.length - 2)}…\n${tail}`;
}
