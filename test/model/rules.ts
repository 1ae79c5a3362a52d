/** What the method's rules ask (4.4), by the names of Jira's fields. A rule is data: the fields it asks for, and when that is enough. */
import { blockingFrom, ended, type Transition, type Type } from './tables';
import type { Case } from './things';

export interface Rule {
  /** Fields a person may fill in to meet it; `Assignee` and `Linked` are Jira's own. */
  asks(one: Case): readonly string[];
  met(one: Case): boolean;
}

const filled = ({ fields }: Case, name: string): boolean => {
  const value = fields.get(name);
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
};
const text = ({ fields }: Case, name: string): string => {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
};
const several = ({ fields }: Case, name: string): readonly string[] => {
  const value = fields.get(name);
  return Array.isArray(value) ? (value as string[]) : [];
};
const moment = ({ fields }: Case, name: string): number => {
  const value = fields.get(name);
  return value instanceof Date ? value.getTime() : Number.NaN;
};

/** All of these fields. */
const all = (...names: string[]): Rule => ({ asks: () => names, met: (one) => names.every((name) => filled(one, name)) });
/** Given after the present status was entered, or in this very step: last round's answer never satisfies this round. */
const fresh = (...names: string[]): Rule => ({ asks: () => names, met: (one) => names.every((name) => filled(one, name) && one.fresh.has(name)) });
const when = (asks: readonly string[], met: Rule['met']): Rule => ({ asks: () => asks, met });

const ratings = (type: Type): string[] => (type === 'Preventive Action' ? ['Effect', 'Likelihood'] : ['Impact', 'Urgency']);

const openBelow = ({ item }: Case) => item.handoffs.filter((one) => one.blocks && !ended(one.child.status));
/** What is asked for by the field beside the hand-offs that run. */
const goingTo = (one: Case): Type[] => [...openBelow(one).map(({ child }) => child.type), ...one.asked];
const nothingOpen = when([], (one) => openBelow(one).length === 0);

const isEmergency = (one: Case): boolean => text(one, 'Change category') === 'Emergency';
/** An emergency shortens the planning and completes it afterwards (1.6, A17). */
const unlessEmergency = (rule: Rule): Rule => ({ asks: rule.asks, met: (one) => isEmergency(one) || rule.met(one) });

const PLAN = ['Plan', 'Window start', 'Window end', 'Impact', 'Back-out'];
const planned = when(
  [...PLAN, 'Solution team'],
  (one) =>
    PLAN.every((name) => filled(one, name)) &&
    moment(one, 'Window end') > moment(one, 'Window start') &&
    (one.item.assignee !== undefined || filled(one, 'Solution team')),
);
const TESTS = all('Test plan', 'Deployment plan');
const tested = when(
  ['Test result', 'Why deviations are accepted'],
  (one) => text(one, 'Test result') === 'All passed' || (filled(one, 'Test result') && filled(one, 'Why deviations are accepted')),
);

const ROWS: Record<string, readonly number[]> = { High: [1, 2, 3], Medium: [2, 3, 4], Low: [3, 4, 5], Nil: [5, 5, 5] };
/** The default matrix (1.6). */
const rank = (extent: string, pressure: string): number | undefined => ROWS[extent]?.[['High', 'Medium', 'Low'].indexOf(pressure)];

const QUESTIONS = [
  ['Handled properly', 'Not handled properly'],
  ['Recorded well enough', 'Not recorded well enough'],
  ['No lesson', 'A lesson'],
  ['No candidate for a standard', 'A candidate for a standard'],
  ['Nothing to improve elsewhere', 'Something to improve elsewhere'],
] as const;

const YEAR_MS = 366 * 86_400_000;

export const RULES: Readonly<Record<string, Rule>> = {
  V02: all('Service'),
  V04: {
    asks: ({ item }) => ['Category', ...ratings(item.type)],
    met: (one) => ['Category', ...ratings(one.item.type)].every((name) => filled(one, name)),
  },
  V06: when(['-Items to change'], (one) => !filled(one, 'Items to change')),
  V07: when(['Items to change'], (one) => filled(one, 'Items to change') || filled(one, 'Items to add')),
  V09: nothingOpen,
  V10: {
    asks: () => ['Hand over to'],
    met: (one) =>
      one.transition.fork
        ? goingTo(one).some((type) => blockingFrom(one.item.type).includes(type))
        : one.item.handoffs.some((each) => each.blocks && !each.earlier && each.child.status !== 'Cancelled'),
  },
  V11: {
    asks: () => ['Confirmed how', 'Confirmed at', 'Words of confirmation'],
    met: (one) => one.transition.name === 'Confirm' || fresh('Confirmed how', 'Confirmed at', 'Words of confirmation').met(one),
  },
  V12: when(
    ['Register updated', 'Why no change'],
    (one) =>
      (!filled(one, 'Items to change') && !filled(one, 'Items to add')) ||
      text(one, 'Register updated') === 'Updated' ||
      (filled(one, 'Register updated') && filled(one, 'Why no change')),
  ),
  /** The acceptor is not the builder, nor whoever it is assigned to. */
  V13: when([], ({ item, person }) => item.took.get('Offer for test') !== person.key && item.assignee !== person.key),
  /** Children are exempt: the root carries the evaluation (4.5 b). */
  V14: when(['Evaluation', 'Evaluation in words'], (one) => {
    if (one.item.parent) return true;
    const answers = several(one, 'Evaluation');
    const answered = QUESTIONS.every(([usual, other]) => answers.includes(usual) !== answers.includes(other));
    return answered && (QUESTIONS.every(([, other]) => !answers.includes(other)) || filled(one, 'Evaluation in words'));
  }),
  V15: fresh('Reason', 'Reason in words'),
  V16: fresh('Waiting for', 'Waiting until'),
  V20: unlessEmergency(planned),
  V22: unlessEmergency(TESTS),
  V23: unlessEmergency(tested),
  V24: all('Cause', 'Kind of cause'),
  V25: {
    asks: ({ item }) => ['Measure', 'Business case', ...(item.type === 'Preventive Action' ? ['Remaining effect', 'Remaining likelihood'] : [])],
    met: (one) => RULES.V25?.asks(one).every((name) => filled(one, name)) === true,
  },
  /** Reason and review date, both given in this very step, the date to come and at most twelve months ahead. */
  V26: when(
    ['Reason in words', 'Review date'],
    (one) =>
      ['Reason in words', 'Review date'].every((name) => filled(one, name) && one.given.has(name)) &&
      moment(one, 'Review date') > one.now &&
      moment(one, 'Review date') <= one.now + YEAR_MS &&
      one.person.profile === 'process manager',
  ),
  V27: when(['When it happened'], (one) => text(one, 'When it happened') === 'In the past'),
  V28: all('Answer'),
  /** Fresh like every other reason for an end: decision 0013. */
  V29: when(
    ['Reclassify as', 'Reason in words'],
    (one) => fresh('Reclassify as', 'Reason in words').met(one) && text(one, 'Reclassify as') !== one.item.type,
  ),
  V30: when(
    [...planned.asks({} as Case), ...TESTS.asks({} as Case), ...tested.asks({} as Case)],
    (one) => !isEmergency(one) || [planned, TESTS, tested].every((rule) => rule.met(one)),
  ),
  V32: when(['Hand over to'], (one) => {
    const to = goingTo(one);
    if (several(one, 'What it touches').includes('Agreement')) return to.includes('Wish');
    if (filled(one, 'Items to change')) return to.includes('Request for Change');
    return !to.includes('Wish') && !to.includes('Request for Change');
  }),
  /** A parent that is paused has not left Realising for good (decision 0013). */
  V33: when([], ({ item, now, reopenUntil }) => {
    const parent = item.parent?.blocks === true ? item.parent.parent.status : undefined;
    return now <= reopenUntil(item) && (parent === undefined || parent === 'Realising' || parent === 'Waiting');
  }),
  V34: nothingOpen,
  V35: all('Solution team'),
  V36: when(
    ['Why no Preventive Action'],
    (one) =>
      (text(one, 'Workaround') !== 'Yes' && rank(text(one, 'Impact'), text(one, 'Urgency')) !== 1) ||
      one.item.linked.includes('Preventive Action') ||
      filled(one, 'Why no Preventive Action'),
  ),
  V37: when(['Assignee', 'Planned for'], (one) => one.item.assignee !== undefined && filled(one, 'Planned for')),
  /** Neither the one who accepts nor the one who is assigned is among those it is about. */
  V39: when(['-People it is about'], (one) => {
    const about = several(one, 'People it is about');
    return !about.includes(one.person.key) && (one.item.assignee === undefined || !about.includes(one.item.assignee));
  }),
  V40: when(['Service'], (one) => filled(one, 'Service') || one.item.linked.length > 0),
  V41: all('Finding', 'Explanation'),
  V42: when(
    ['Value today', 'Value achieved', 'Why not measurable'],
    (one) => (filled(one, 'Value today') && filled(one, 'Value achieved')) || filled(one, 'Why not measurable'),
  ),
  V43: all('Value today', 'Target value', 'Unit'),
  V44: when(['What has to be different'], (one) => one.given.has('What has to be different') && filled(one, 'What has to be different')),
  V46: all('Change category'),
  /** With no approvers named, whoever agrees approves it: not whoever planned it, and a process manager where it is significant. */
  V48: when(
    ['-Approvers'],
    (one) =>
      one.item.took.get('Plan') !== one.person.key && (text(one, 'Change category') !== 'Significant' || one.person.profile === 'process manager'),
  ),
  V49: all('Observed', 'Agreed'),
  V50: fresh('What was done'),
  V51: all('Solution', 'Recovery route', 'Workaround'),
  V52: when(['Hand over to', '-Items to change'], (one) => !filled(one, 'Items to change') || goingTo(one).includes('Request for Change')),
  V53: all('Source', 'What it touches'),
  V54: when(
    ['Remaining effect', 'Remaining likelihood'],
    (one) => (rank(text(one, 'Remaining effect'), text(one, 'Remaining likelihood')) ?? 0) >= 3,
  ),
};

/** What the app judges today. The others stand above or need a register or an agreement (V01 V03 V05 V08 V17 V18 V19 V21 V38 V45 V47); these here without a register; a new one is added here. */
export const JUDGED: readonly string[] = Object.keys(RULES);

/** The judged rules of a step that are not met, in the order of the method's table. */
export const unmet = (one: Case, judged: readonly string[] = JUDGED): string[] =>
  one.transition.rules.filter((id) => judged.includes(id) && RULES[id]?.met(one) === false);

export const asksOf = (one: Case, ids: readonly string[]): string[] => [...new Set(ids.flatMap((id) => RULES[id]?.asks(one) ?? []))];

export const judgedIn = (transition: Transition): string[] => transition.rules.filter((id) => JUDGED.includes(id));
