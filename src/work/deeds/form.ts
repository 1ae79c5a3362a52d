/** What a dialog shows before its deed: only what is asked and missing, with what is known filled in. */
import { getEditIssueMeta } from 'jira.js/cloud';
import { z } from 'zod';
import type { Confirmation, Deed, DeedField, DeedForm, DeedFormAnswer, Evaluation } from '../../contract';
import { jira } from '../../jira/client';
import {
  answeredInStep,
  ASKED_ANEW,
  EVALUATION_QUESTIONS,
  type Facts,
  FIELDS,
  type FieldKey,
  FOLLOW_UPS,
  hinders,
  judge,
  PROCESSES,
  remedyOf,
  type RuleId,
  STATUSES,
  type Transition,
  transitionsFrom,
  type Verdict,
  words,
  workType,
  type WorkTypeKey,
} from '../../method';
import { now } from '../../platform/clock';
import type { Installed } from '../../setup/model';
import { readAgreed } from '../agreed';
import { factsOf } from '../facts';
import type { Asker } from '../handover';
import { readItem } from '../jira';
import { givenSinceEntry, requesterOf, waysOf, type WorkItem } from '../model';
import { readRegister } from '../named';
import { chainOf, type Receipt, recordOf } from '../receipts';
import { typeOf } from '../settle';
import { triageWays } from '../triage';
import type { Conduct } from '../view';
import { figuresOf } from './figures';
import { filesOf } from './proof';
import { asPaused, type Ways } from './steps';
import { stepOf } from './take';
import { offerFor } from '../wish';
import { shownValue } from './values';

const option = z.object({ id: z.string(), value: z.string() });
const allowed = z.object({ allowedValues: z.array(option.extend({ children: z.array(option).optional() })) });

type Options = NonNullable<DeedField['options']>;

const CHOSEN = new Set<DeedField['kind']>(['option', 'options', 'cascade']);

/** What the choices of this work item are today, as the person may set them. One read, and only where there is a choice. */
async function optionsOf(item: WorkItem, keys: readonly FieldKey[], site: Installed): Promise<Map<FieldKey, Options>> {
  const asked = keys.filter((key) => CHOSEN.has(FIELDS[key].kind));
  if (asked.length === 0) return new Map();
  const fields = (await getEditIssueMeta(jira('person'), { issueIdOrKey: item.key })).fields as Record<string, unknown> | undefined;
  return new Map(
    asked.map((key) => {
      const values = allowed.safeParse(fields?.[site.fields[key]]).data?.allowedValues ?? [];
      const options = values.flatMap(({ id, value, children = [] }) =>
        children.length === 0
          ? [{ value: id, name: value }]
          : children.map((child) => ({ value: `${id}/${child.id}`, name: `${value}, ${child.value}` })),
      );
      return [key, options];
    }),
  );
}

interface Asked {
  keys: FieldKey[];
  /** May stay empty. */
  perhaps: Set<FieldKey>;
  assignee: boolean;
}

function askedBy(rules: readonly RuleId[], type: WorkTypeKey): Asked {
  const remedies = rules.flatMap((rule) => remedyOf(rule, type) ?? []);
  const must = new Set(remedies.flatMap(({ asks, perhaps = [] }) => asks.filter((key) => !perhaps.includes(key))));
  const keys = [...new Set(remedies.flatMap((one) => one.asks))];
  return { keys, perhaps: new Set(keys.filter((key) => !must.has(key))), assignee: remedies.some((one) => one.assignee) };
}

async function fieldsFor({ keys, perhaps, assignee }: Asked, item: WorkItem, me: Asker, site: Installed): Promise<DeedField[]> {
  const options = await optionsOf(item, keys, site);
  const given = givenSinceEntry(item);
  const fields = keys.map((key): DeedField => {
    const { name, description, kind } = FIELDS[key];
    const value = ASKED_ANEW.includes(key) && !given.has(key) ? undefined : shownValue(item, key);
    const choices = options.get(key);
    return {
      key,
      name,
      help: description,
      kind,
      required: !perhaps.has(key),
      ...(choices && { options: choices }),
      ...(value !== undefined && { value }),
      ...(kind === 'users' && { valueNames: Object.fromEntries(item.names) }),
    };
  });
  const who = item.assignee ?? me;
  return assignee
    ? [
        { key: 'assignee', name: 'Assignee', help: 'Who does it.', kind: 'user', required: true, value: who.accountId, valueName: who.name },
        ...fields,
      ]
    : fields;
}

const brief = ({ key, name, to }: Transition): NonNullable<DeedForm['step']> => ({ transition: key, name, to, toName: STATUSES[to].name });

/** The promise in the words it was asked in, and what was done for it. */
function promise(item: WorkItem, chain: readonly Receipt[]): Confirmation['asked'] {
  const asked = chain.find((one) => one.childId === item.id)?.what;
  const agreed = words(item.values, 'agreed');
  const done = words(item.values, 'result');
  return [
    asked !== undefined || agreed === '' ? { label: 'What was asked', text: asked ?? item.summary } : { label: 'What was agreed', text: agreed },
    ...(done === '' ? [] : [{ label: 'What was done', text: done }]),
  ];
}

async function confirmationOf(
  item: WorkItem,
  type: WorkTypeKey,
  step: Transition,
  chain: readonly Receipt[],
  open: readonly RuleId[],
  ways: Ways,
): Promise<Confirmation> {
  return {
    own: step.key === 'confirm',
    who: requesterOf(item) ?? { accountId: '', name: 'The requester' },
    asked: promise(item, chain),
    rework: transitionsFrom(type, item.status)
      .filter((one) => one.ref === 'T7' && ways.has(one.id))
      .map(brief),
    prevention: open.includes('V36'),
    files: await filesOf(item.key),
  };
}

async function evaluationOf(item: WorkItem, type: WorkTypeKey, chain: readonly Receipt[]): Promise<Evaluation> {
  const figures = figuresOf(item, type, chain, await recordOf(item.id));
  const late = figures.late !== undefined && figures.late > 0;
  return {
    figures,
    questions: EVALUATION_QUESTIONS.map(({ text, usual, other, yes, ask }, index) => ({
      text,
      usual,
      other,
      yesIsUsual: yes === 0,
      ask,
      // What was promised was not kept: then there is something to learn.
      ...(index === 2 && late && { preset: 'other' as const }),
    })),
  };
}

const unmetLine = ({ rule, text, help }: Verdict): DeedForm['unmet'][number] => ({ rule, state: 'unmet', text, help });

function common(item: WorkItem, type: WorkTypeKey, button: string): Omit<DeedForm, 'fields' | 'unmet' | 'step'> {
  const { reportTime } = item.values;
  return {
    state: 'ok',
    key: item.key,
    summary: item.summary,
    typeName: workType(type).name,
    statusName: STATUSES[item.status].name,
    verb: PROCESSES[workType(type).process],
    button,
    reportedAt: typeof reportTime === 'number' ? reportTime : item.created,
    followUps: FOLLOW_UPS.map((one) => ({ type: one, typeName: workType(one).name, description: workType(one).description })),
  };
}

/** Rules whose fields this person is asked for. Whoever only asked for the work is not asked how it was done. */
function answering(step: Transition, open: readonly Verdict[], type: WorkTypeKey, ways: Ways): RuleId[] {
  const forRequester = step.key === 'confirm' && !transitionsFrom(type, 'reviewing').some((one) => one.key === 'confirmFor' && ways.has(one.id));
  return forRequester ? [] : open.map((one) => one.rule);
}

async function stepForm(
  item: WorkItem,
  type: WorkTypeKey,
  key: string,
  me: Asker,
  site: Installed,
  { levels, terms, paused }: Conduct,
): Promise<DeedFormAnswer> {
  const step = stepOf(type, key);
  const ways = waysOf(item);
  const [chain, agreed, register] = await Promise.all([chainOf(item.id), readAgreed(item, [step]), readRegister(item, [step], terms.trend)]);
  if (!step.from.includes(item.status))
    return { state: 'notNow', text: `${item.key} is ${STATUSES[item.status].name}, so ${step.name} is no step from here.` };
  if (!ways.has(step.id)) return { state: 'notNow', text: `${step.name} is not yours to take. USM process tells who takes it.` };
  const offer = await offerFor(item, site, terms.calendars);
  const facts: Facts = factsOf(item, type, chain, site, { terms, agreed, offer, register, now: now() });
  const judged = judge(step, facts, levels);
  const verdicts = paused ? asPaused(judged) : judged;
  const open = verdicts.filter((one) => one.state === 'unmet');
  const rules = answering(step, open, type, ways);
  const own = askedBy(rules, type);
  const screen = step.screen ?? [];
  const words: FieldKey[] = step.key === 'confirm' ? ['confirmedWords'] : [];
  const asked: Asked = {
    keys: [...new Set([...screen, ...words, ...own.keys])],
    perhaps: new Set([...words, ...own.perhaps].filter((one) => !screen.includes(one))),
    assignee: own.assignee,
  };
  const confirms = step.ref === 'T8';
  return {
    ...common(item, type, step.name),
    step: brief(step),
    fields: await fieldsFor(asked, item, me, site),
    unmet: open
      .filter((one) => hinders(one) && !rules.some((rule) => rule === one.rule && remedyOf(rule, type)) && !answeredInStep(one.rule, step))
      .map(unmetLine),
    ...(confirms && { confirmation: await confirmationOf(item, type, step, chain, rules, ways) }),
    ...(step.key === 'close' && rules.includes('V14') && { evaluation: await evaluationOf(item, type, chain) }),
    ...(step.after.includes('reclassify') && { triage: triageWays(site) }),
  };
}

export async function deedForm(itemId: string, me: Asker, deed: Deed, site: Installed, conduct: Conduct): Promise<DeedFormAnswer> {
  const item = await readItem('person', itemId, site, true);
  const type = typeOf(item, site);
  if (!type) return { state: 'notUsm', typeName: item.typeName };
  switch (deed.deed) {
    case 'step':
      return stepForm(item, type, deed.transition, me, site, conduct);
    case 'facts': {
      const asked = askedBy([deed.rule], type);
      const remedy = remedyOf(deed.rule, type);
      if (!remedy) return { state: 'notNow', text: `No field of ${workType(type).name} answers this. USM process tells what does.` };
      return { ...common(item, type, remedy.button), fields: await fieldsFor(asked, item, me, site), unmet: [] };
    }
    case 'followUp':
      return { ...common(item, type, 'Create follow-up'), fields: [], unmet: [] };
  }
}
