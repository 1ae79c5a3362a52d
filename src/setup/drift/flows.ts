/** One workflow beside the method's: steps, transitions, rules. Pure. */
import { FIELD_KEYS, FIELDS, RESOLUTIONS, STATUS_KEYS, STATUSES, type Transition as MethodStep, workType } from '../../method';
import type { TransitionItem, WorkflowItem } from '../blueprint';
import { uuidOf } from '../payload';
import type { Deviation, Expected, Kind } from './model';
import { factsOf, listed, methodStep, peopleOf, plural, rulesAre, rulesOf, typeName } from './words';
import {
  asksFirst,
  changeTransition,
  contentOf,
  type Flow,
  isAfter,
  isGate,
  isOff,
  isOurs,
  isWho,
  mayEdit,
  type Mend,
  putRule,
  putStatus,
  putTransition,
  requiredOf,
  type Rule,
  type RulePlace,
  sameRule,
  setLock,
  subjectOf,
  type Transition,
  withSources,
  type Workflow,
} from './workflow';

/** A short name for content that has no key of its own. */
const digest = (text: string): string => uuidOf(text).slice(0, 8);

interface Pairing {
  item: WorkflowItem;
  expected: Flow;
  actual: Workflow;
  site: Expected;
  statusName(id: string): string;
  /** Ids of statuses that Jira has no more: that is told of the status itself. */
  lost: ReadonlySet<string>;
}

interface Bench extends Pairing {
  /** Ids of the statuses that stand in the workflow. */
  present: ReadonlySet<string>;
  /** Ids of the method's statuses in this workflow. */
  ours: ReadonlySet<string>;
}

type Found = Pick<Deviation, 'kind' | 'severity' | 'sentence' | 'meaning'> &
  Partial<Pick<Deviation, 'says' | 'has' | 'repair'>> & { key: string; mend?: Mend };

const deviation = ({ item, actual }: Bench, { key, mend, ...found }: Found): Deviation => ({
  says: [],
  has: [],
  repair: [],
  ...found,
  id: `workflows.${item.key}.${key}`,
  about: { id: actual.id, name: actual.name },
  ...(mend && { fix: { on: 'workflow', type: item.key, mend } }),
});

const sourcesOf = (one: Transition): string[] => one.links.map((row) => row.fromStatusReference);

// --- steps ---

function removedStatuses(bench: Bench): Deviation[] {
  const { item, expected, present, statusName, lost } = bench;
  const type = typeName(item.key);
  return expected.statuses
    .map((one) => one.statusReference)
    .filter((id) => !present.has(id) && !lost.has(id))
    .map((id) => {
      const name = statusName(id);
      const touching = expected.transitions.filter((one) => one.toStatusReference === id || sourcesOf(one).includes(id));
      const rules = touching.flatMap((one) => [...one.validators, ...one.actions].filter(isOurs));
      const key = STATUS_KEYS.find((one) => bench.site.ids.statuses[one] === id);
      const path = workType(item.key).path;
      const flow = key && path.includes(key) ? path : [...path.slice(0, 1), ...(key ? [key] : [])];
      const around = (index: number): boolean => Math.abs(index - flow.indexOf(key ?? 'registered')) <= 2;
      const says = flow.filter((_, index) => around(index));
      return deviation(bench, {
        key: `status.${key ?? id}`,
        kind: 'status.removed',
        severity: 'broken',
        sentence: `The step ${name} was removed from ${type}`,
        meaning:
          `${key ? STATUSES[key].meaning : ''} No work item of this kind can come here any more, so what the method asks on the way in and out of ${name} is not asked.`.trim(),
        says: says.map((one) => STATUSES[one].name),
        has: says.filter((one) => one !== key && present.has(bench.site.ids.statuses[one] ?? '')).map((one) => STATUSES[one].name),
        repair: [
          `puts ${name} back`,
          `puts back ${plural(touching.length, 'transition')} that lead to it or away from it, among them ${listed([...new Set(touching.map((one) => one.name))].slice(0, 3))}`,
          ...(rules.length > 0 ? [`puts back ${plural(rules.length, 'USM rule')} on them`] : []),
          'leaves your other edits of this workflow as they are',
        ],
        mend: putStatus(id, expected),
      });
    });
}

function addedStatuses(bench: Bench): Deviation[] {
  const { item, actual, present, ours, statusName } = bench;
  return [...present]
    .filter((id) => !ours.has(id))
    .map((id) => {
      const inward = actual.transitions.filter((one) => one.toStatusReference === id);
      const outward = actual.transitions.filter((one) => sourcesOf(one).includes(id));
      const names = (ids: readonly string[]): string[] => [...new Set(ids)].map(statusName);
      return deviation(bench, {
        key: `addedStatus.${id}`,
        kind: 'status.added',
        severity: 'added',
        sentence: `${typeName(item.key)} has a new step: ${statusName(id)}`,
        meaning: 'The method does not know this step: no USM rule is asked there, and the process panel shows no way on. Repair leaves it alone.',
        has: [
          ...names(inward.flatMap(sourcesOf)).slice(0, 2),
          statusName(id),
          ...names(outward.flatMap((one) => one.toStatusReference ?? [])).slice(0, 2),
        ],
      });
    });
}

function locks(bench: Bench): Deviation[] {
  const { item, expected, actual, present, statusName } = bench;
  const type = typeName(item.key);
  return expected.statuses
    .map((one) => one.statusReference)
    .filter((id) => present.has(id) && mayEdit(actual, id) !== mayEdit(expected, id))
    .map((id) => {
      const locked = !mayEdit(expected, id);
      const name = statusName(id);
      return deviation(bench, {
        key: `lock.${STATUS_KEYS.find((one) => bench.site.ids.statuses[one] === id) ?? id}`,
        kind: 'status.lock',
        severity: 'broken',
        sentence: `${type}: ${name} ${locked ? 'can be edited again' : 'can no longer be edited'}`,
        meaning: locked
          ? 'What was evaluated and closed can be changed afterwards. What comes later belongs into new work that follows from it.'
          : 'Nobody can fill in what the next step asks for, and USM cannot write priorities and dates there.',
        says: [locked ? 'read-only' : 'editable'],
        has: [locked ? 'editable' : 'read-only'],
        repair: [locked ? `makes ${name} read-only` : `lets people edit in ${name}`, 'leaves your other edits of this workflow as they are'],
        mend: setLock(id, locked),
      });
    });
}

// --- transitions ---

interface Pair {
  item: TransitionItem;
  expected: Transition;
  actual: Transition;
  /** Of the method; the way in has none. */
  step: MethodStep | undefined;
  /** "Confirm in Incident". */
  where: string;
  isIt(one: Transition): boolean;
}

const overlap = (a: Transition, b: Transition): boolean => sourcesOf(a).some((one) => sourcesOf(b).includes(one));
const sameText = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** By id, which Jira keeps; the way in by its type; one that was made anew by its name. */
function pairing({ item, expected, actual }: Bench): { pairs: Pair[]; missing: Transition[]; extra: Transition[] } {
  const known = new Map<Transition, Transition>();
  const taken = new Set<Transition>();
  const pair = (wanted: Transition, test: (one: Transition) => boolean): void => {
    const found = known.has(wanted) ? undefined : actual.transitions.find((one) => !taken.has(one) && test(one));
    if (!found) return;
    known.set(wanted, found);
    taken.add(found);
  };
  for (const one of expected.transitions) pair(one, (row) => (one.type === 'INITIAL' ? row.type === 'INITIAL' : row.id === one.id));
  for (const one of expected.transitions) pair(one, (row) => sameText(row.name, one.name) && overlap(row, one));
  const pairs = expected.transitions.flatMap((one): Pair[] => {
    const found = known.get(one);
    const own = item.transitions.find((row) => row.id === one.id);
    if (!found || !own) return [];
    const where = `${one.name} in ${typeName(item.key)}`;
    return [
      {
        item: own,
        expected: one,
        actual: found,
        step: methodStep(item.key, own.key),
        where,
        isIt: (row) => row.id === one.id || row.id === found.id,
      },
    ];
  });
  return {
    pairs,
    missing: expected.transitions.filter((one) => !known.has(one)),
    extra: actual.transitions.filter((one) => !taken.has(one)),
  };
}

function removedTransitions(bench: Bench, missing: readonly Transition[]): Deviation[] {
  const { item, expected, present, statusName } = bench;
  return missing
    .filter((one) => present.has(one.toStatusReference ?? '') && sourcesOf(one).some((id) => present.has(id)))
    .map((one) => {
      const key = item.transitions.find((row) => row.id === one.id)?.key ?? one.id;
      const step = methodStep(item.key, key);
      const rules = [...new Set((['gate', 'who', 'system'] as const).flatMap((carrier) => rulesOf(step, carrier)))];
      const target = statusName(one.toStatusReference ?? '');
      return deviation(bench, {
        key: `${key}.removed`,
        kind: 'transition.removed',
        severity: 'broken',
        sentence: `The transition ${one.name} was removed from ${typeName(item.key)}`,
        meaning: `Nobody can go from ${listed(sourcesOf(one).map(statusName))} to ${target} by ${one.name} any more.`,
        says: [statusName(sourcesOf(one)[0] ?? ''), one.name, target],
        repair: [`puts ${one.name} back${rules.length > 0 ? `, with ${listed(rules)}` : ''}`, 'leaves your other edits of this workflow as they are'],
        mend: putTransition(expected.transitions.find((row) => row.id === one.id) ?? one),
      });
    });
}

function addedTransitions(bench: Bench, extra: readonly Transition[]): Deviation[] {
  const { ours, statusName, item } = bench;
  const known = (id: string | null | undefined): boolean => id === undefined || id === null || ours.has(id);
  return extra
    .filter((one) => known(one.toStatusReference) && (one.links.length === 0 || sourcesOf(one).some(known)))
    .map((one) => {
      const from = one.links.length === 0 ? 'any step' : listed(sourcesOf(one).map(statusName));
      const target = one.toStatusReference ? statusName(one.toStatusReference) : 'itself';
      return deviation(bench, {
        key: `added.${one.id}`,
        kind: 'transition.added',
        severity: 'added',
        sentence: `${typeName(item.key)} has a new transition: ${one.name}`,
        meaning: `It leads from ${from} to ${target}, and asks none of USM’s rules on the way. Repair leaves it alone.`,
        has: [from, one.name, target],
      });
    });
}

/** Name, number, target and sources. */
function shapeOf(bench: Bench, pair: Pair): Deviation[] {
  const { present, ours, statusName } = bench;
  const { item, expected, actual, where, isIt } = pair;
  const found: Found[] = [];
  const change = (make: (one: Transition) => Transition): Mend => changeTransition(isIt, make);
  if (actual.id !== expected.id) {
    found.push({
      key: `${item.key}.remade`,
      kind: 'transition.remade',
      severity: 'broken',
      sentence: `${where} was made anew`,
      meaning: 'It has the old name and another number. The app takes transitions by their numbers, so it cannot take this one.',
      repair: [`gives ${expected.name} its number back`],
      mend: change((one) => ({ ...one, id: expected.id })),
    });
  }
  if (!sameText(actual.name, expected.name)) {
    found.push({
      key: `${item.key}.renamed`,
      kind: 'transition.renamed',
      severity: 'changed',
      sentence: `${where} is now called ${actual.name}`,
      meaning: 'It works as before. The process panel, the guide and the reports still call it by its name in the method.',
      says: [expected.name],
      has: [actual.name],
      repair: [`calls it ${expected.name} again`],
      mend: change((one) => ({ ...one, name: expected.name })),
    });
  }
  const target = expected.toStatusReference ?? '';
  if (actual.toStatusReference !== target && present.has(target)) {
    found.push({
      key: `${item.key}.target`,
      kind: 'transition.target',
      severity: 'broken',
      sentence: `${where} leads somewhere else`,
      meaning: `It leads to ${statusName(actual.toStatusReference ?? '')}, and the method wants ${statusName(target)}.`,
      says: [statusName(sourcesOf(expected)[0] ?? ''), expected.name, statusName(target)].filter((one) => one !== ''),
      has: [statusName(sourcesOf(actual)[0] ?? ''), actual.name, statusName(actual.toStatusReference ?? '')].filter((one) => one !== ''),
      repair: [`lets it lead to ${statusName(target)} again`],
      mend: change((one) => ({ ...one, toStatusReference: target })),
    });
  }
  if (actual.type !== expected.type) {
    found.push({
      key: `${item.key}.everywhere`,
      kind: 'transition.everywhere',
      severity: 'broken',
      sentence: `${where} can now be taken from every step`,
      meaning: `The method lets it be taken from ${listed(sourcesOf(expected).map(statusName))} only. Steps in between can be left out.`,
      says: sourcesOf(expected).map(statusName),
      has: ['every step'],
      repair: [`lets it begin where the method says, and nowhere else`],
      mend: (on) => {
        const there = new Set(on.statuses.map((one) => one.statusReference));
        const links = expected.links.filter((one) => there.has(one.fromStatusReference));
        return changeTransition(isIt, (one) => ({ ...one, type: expected.type, links }))(on);
      },
    });
  } else {
    const had = new Set(sourcesOf(actual));
    const wanted = new Set(sourcesOf(expected));
    const lost = [...wanted].filter((id) => present.has(id) && !had.has(id));
    const extra = [...had].filter((id) => !wanted.has(id) && ours.has(id));
    if (lost.length > 0) {
      found.push({
        key: `${item.key}.sources`,
        kind: 'transition.sources',
        severity: 'broken',
        sentence: `${where} can no longer be taken from ${listed(lost.map(statusName))}`,
        meaning: `Work items that stand in ${listed(lost.map(statusName))} cannot go to ${statusName(target)} by ${expected.name}.`,
        says: [...wanted].map(statusName),
        has: [...had].map(statusName),
        repair: [`lets it begin in ${listed(lost.map(statusName))} again`],
        mend: (on) => changeTransition(isIt, withSources(expected, new Set(on.statuses.map((one) => one.statusReference))))(on),
      });
    }
    if (extra.length > 0) {
      found.push({
        key: `${item.key}.sourceAdded`,
        kind: 'transition.sourceAdded',
        severity: 'added',
        sentence: `${where} can now also be taken from ${listed(extra.map(statusName))}`,
        meaning: 'USM’s rules on it are asked there too. Repair leaves it alone.',
        says: [...wanted].map(statusName),
        has: [...had].map(statusName),
      });
    }
  }
  return found.map((one) => deviation(bench, one));
}

// --- rules ---

const fieldName = ({ ids }: Expected, id: string): string => {
  const key = FIELD_KEYS.find((one) => ids.fields[one] === id);
  return key ? FIELDS[key].name : id;
};

interface RuleWords {
  /** Its part of the deviation's id. */
  key: string;
  gone: { sentence: string; meaning: string };
  changed: { sentence: string; meaning: string };
  /** For what repair does: "the USM gate". */
  thing: string;
}

function wordsFor({ site }: Bench, { expected: { name }, item, step, where }: Pair, one: Rule): RuleWords {
  const subject = subjectOf(one);
  const parameter = (key: string): string => one.parameters?.[key] ?? '';
  if (isGate(one)) {
    const ids = rulesOf(step, 'gate');
    return {
      key: 'gate',
      thing: `the USM gate, which asks ${listed(ids)}`,
      gone: { sentence: `${rulesAre(ids)} gone from ${where}`, meaning: `Nothing asks any more before this step: ${factsOf(ids)}.` },
      changed: {
        sentence: `The USM gate of ${where} has lost its configuration`,
        meaning: `It cannot tell which step it guards, so it does not ask what it should: ${factsOf(ids)}.`,
      },
    };
  }
  if (isWho(one)) {
    const ids = rulesOf(step, 'who');
    return {
      key: 'actor',
      thing: `the question about who acts, which asks ${listed(ids)}`,
      gone: {
        sentence: `Nobody asks any more who takes ${where}`,
        meaning: `${listed(ids)} ${ids.length === 1 ? 'is' : 'are'} not asked of the person: ${factsOf(ids)}.`,
      },
      changed: {
        sentence: `${where} asks something else of whoever takes it`,
        meaning: `The expression is not the one that the method gives, so it may let pass what it should not: ${factsOf(ids)}.`,
      },
    };
  }
  if (isAfter(one)) {
    return {
      key: 'after',
      thing: 'what USM does after the step',
      gone: {
        sentence: `USM no longer acts after ${where}`,
        meaning:
          'What follows this step by itself, such as handing work over, bringing it back or keeping the record, waits until the app finds it by its own round or a person does it.',
      },
      changed: {
        sentence: `What USM does after ${where} has lost its configuration`,
        meaning: 'The app cannot tell which step was taken, so nothing follows it by itself.',
      },
    };
  }
  switch (one.ruleKey) {
    case 'system:validate-field-value': {
      const ids = rulesOf(step, 'system');
      const fields = listed(
        parameter('fieldsRequired')
          .split(',')
          .map((id) => fieldName(site, id)),
      );
      return {
        key: 'required',
        thing: `the question for ${fields}`,
        gone: { sentence: `${rulesAre(ids)} gone from ${where}`, meaning: `Jira no longer insists on ${fields} at this step.` },
        changed: {
          sentence: `${rulesAre(ids)} changed in ${where}`,
          meaning: `The method wants Jira to insist on ${fields} at this step, in the method’s own words.`,
        },
      };
    }
    case 'system:restrict-issue-transition': {
      const people = listed(peopleOf(one, site.ids));
      return {
        key: 'who',
        thing: `who may take it: ${people}`,
        gone: { sentence: `Anybody may take ${where}`, meaning: `The method leaves this step to ${people}.` },
        changed: { sentence: `Somebody else may take ${where}`, meaning: `The method leaves this step to ${people}.` },
      };
    }
    case 'system:previous-status-condition': {
      const from = item.cameFrom ? STATUSES[item.cameFrom].name : 'where it came from';
      return {
        key: 'cameFrom',
        thing: `the condition that the work item came from ${from}`,
        gone: {
          sentence: `${where} no longer asks where the work item came from`,
          meaning: `A work item can resume in ${from} that was never there, so steps are left out.`,
        },
        changed: { sentence: `${where} asks for another step before it`, meaning: `The method resumes in ${from} only what came from there last.` },
      };
    }
    case 'system:update-field': {
      const target = parameter('field');
      if (target === 'resolution') {
        const wanted = item.resolution && item.resolution !== 'clear' ? RESOLUTIONS[item.resolution].name : undefined;
        return {
          key: 'resolution',
          thing: wanted ? `setting the resolution ${wanted}` : 'clearing the resolution',
          gone: wanted
            ? {
                sentence: `${where} no longer sets the resolution ${wanted}`,
                meaning: 'Jira counts the work item as unresolved, in every filter and report.',
              }
            : { sentence: `${where} no longer clears the resolution`, meaning: 'Jira counts the work item as resolved while work on it goes on.' },
          changed: { sentence: `${where} sets another resolution`, meaning: wanted ? `The method wants ${wanted}.` : 'The method clears it.' },
        };
      }
      const field = fieldName(site, target);
      return {
        key: `clears.${FIELD_KEYS.find((key) => site.ids.fields[key] === target) ?? target}`,
        thing: `emptying ${field}`,
        gone: { sentence: `${where} no longer empties ${field}`, meaning: 'An old answer stands there the next time it is asked.' },
        changed: {
          sentence: `${where} writes ${field} instead of emptying it`,
          meaning: 'An answer that nobody gave stands there the next time it is asked.',
        },
      };
    }
    default:
      return {
        key: digest(subject),
        thing: 'the rule',
        gone: { sentence: `A rule is gone from ${name}`, meaning: 'The method has a rule here.' },
        changed: { sentence: `A rule of ${name} has changed`, meaning: 'The method has another rule here.' },
      };
  }
}

/** Rules of one place, paired: the same content first, then the same subject. */
function pairRules(expected: readonly Rule[], actual: readonly Rule[]): { pairs: [Rule, Rule | undefined][]; extra: Rule[] } {
  const left = [...actual];
  const take = (test: (one: Rule) => boolean): Rule | undefined => {
    const at = left.findIndex(test);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const exact = new Map(expected.map((one) => [one, take((row) => sameRule(one, row) && !isOff(row)) ?? take((row) => sameRule(one, row))]));
  const pairs = expected.map((one): [Rule, Rule | undefined] => [one, exact.get(one) ?? take((row) => subjectOf(row) === subjectOf(one))]);
  return { pairs, extra: left };
}

const ADDED_WORDS: Record<RulePlace, string> = {
  conditions: 'Jira shows this step to fewer people or in fewer cases than the method does.',
  validators: 'Jira asks something here that the method does not ask.',
  actions: 'Something happens after this step that the method does not know.',
};

function rulesAt(bench: Bench, pair: Pair, place: RulePlace): Deviation[] {
  const { site } = bench;
  const { item, expected, actual, where, isIt } = pair;
  const wanted = place === 'conditions' ? requiredOf(expected.conditions).rules : expected[place];
  const inner = requiredOf(actual.conditions);
  const { pairs, extra } = pairRules(wanted, place === 'conditions' ? inner.rules : actual[place]);
  const found = pairs.flatMap(([one, has]): Found[] => {
    const words = wordsFor(bench, pair, one);
    const mend = changeTransition(isIt, putRule(place, has, one));
    const isPeople = words.key === 'who';
    const about = (kind: Kind, severity: Found['severity'], said: { sentence: string; meaning: string }, repair: string): Found => ({
      key: `${item.key}.${words.key}`,
      kind,
      severity,
      ...said,
      ...(isPeople && { says: peopleOf(one, site.ids), has: has ? peopleOf(has, site.ids) : ['anybody'] }),
      repair: [repair, 'leaves your other edits of this workflow as they are'],
      mend,
    });
    if (!has) return [about(isPeople ? 'who.gone' : 'rule.gone', 'missing', words.gone, `puts back ${words.thing}`)];
    if (!sameRule(one, has))
      return [about(isPeople ? 'who.changed' : 'rule.changed', isOurs(one) ? 'missing' : 'changed', words.changed, `sets right ${words.thing}`)];
    if (isOff(has) && !site.rules.removed && !(site.rules.paused && asksFirst(has))) {
      const sentence = asksFirst(one)
        ? `${rulesAre(rulesOf(pair.step, isWho(one) ? 'who' : 'gate'))} switched off in ${where}`
        : `What USM does after ${where} is switched off`;
      return [about('rule.off', 'missing', { sentence, meaning: words.gone.meaning }, `switches on ${words.thing}`)];
    }
    return [];
  });
  const others =
    place === 'conditions' ? inner.choices.map((one) => JSON.stringify(one, (key, value: unknown) => (key === 'id' ? undefined : value))) : [];
  const added = [...extra.map(contentOf), ...others].map((content): Found => ({
    key: `${item.key}.added.${digest(content)}`,
    kind: 'rule.added',
    severity: 'added',
    sentence: `${where} has a rule that is not USM’s`,
    meaning: `${ADDED_WORDS[place]} Repair leaves it alone.`,
  }));
  return [...found, ...added].map((one) => deviation(bench, one));
}

function screenAt(bench: Bench, pair: Pair): Deviation[] {
  const { item, expected, actual, where, isIt, step } = pair;
  const [wanted, has] = [expected.transitionScreen, actual.transitionScreen];
  const idOf = (one: Rule | null | undefined): string | undefined => one?.parameters?.['screenId'];
  if (idOf(wanted) === idOf(has)) return [];
  const asked = (step?.screen ?? []).map((key) => FIELDS[key].name);
  if (!wanted) {
    return [
      deviation(bench, {
        key: `${item.key}.ask`,
        kind: 'ask.added',
        severity: 'added',
        sentence: `${where} asks something on the way now`,
        meaning: 'The method asks nothing here. Jira’s bulk change leaves out steps that ask. Repair leaves it alone.',
      }),
    ];
  }
  return [
    deviation(bench, {
      key: `${item.key}.ask`,
      kind: has ? 'ask.other' : 'ask.gone',
      severity: 'missing',
      sentence: has ? `${where} asks something else on the way` : `${where} no longer asks anything on the way`,
      meaning: `The method asks for ${listed(asked)}. Where that is required, the step is refused until somebody fills it in beforehand.`,
      says: asked,
      repair: [`lets it ask for ${listed(asked)} again`],
      mend: changeTransition(isIt, (one) => ({ ...one, transitionScreen: wanted })),
    }),
  ];
}

const RULE_PLACES = ['conditions', 'validators', 'actions'] as const;

/** Many of a kind are told as one, where all USM rules of a workflow share the fate. */
function together(bench: Bench, all: readonly Deviation[], kind: 'rule.gone' | 'rule.off', of: number): Deviation[] {
  const ofApp = all.filter((one) => one.kind === kind && /\.(gate|actor|after)$/.test(one.id));
  if (ofApp.length < 2 || ofApp.length < of) return [...all];
  const type = typeName(bench.item.key);
  const [sentence, verb] =
    kind === 'rule.gone' ? [`All USM rules are gone from ${type}`, 'puts back'] : [`All USM rules of ${type} are switched off`, 'switches on'];
  const taken = kind === 'rule.gone' && bench.site.rules.removed ? ' They were taken off on the Rules page; repair puts them back.' : '';
  const mends = ofApp.flatMap((one) => (one.fix?.on === 'workflow' ? [one.fix.mend] : []));
  const one = deviation(bench, {
    key: `rules.${kind === 'rule.gone' ? 'gone' : 'off'}`,
    kind,
    severity: 'missing',
    sentence,
    meaning: `${plural(ofApp.length, 'rule')} on its transitions no longer work: nothing is asked before a step, and nothing follows it by itself. What Jira itself checks still holds.${taken}`,
    repair: [`${verb} ${plural(ofApp.length, 'USM rule')}`, 'leaves your other edits of this workflow as they are'],
    mend: (on) => mends.reduce((mended, mend) => mend(mended), on),
  });
  return [...all.filter((row) => !ofApp.includes(row)), one];
}

/** Where one workflow of the site differs from the method's. */
export function compareFlow(given: Pairing): Deviation[] {
  const { expected, actual } = given;
  const bench: Bench = {
    ...given,
    present: new Set(actual.statuses.map((one) => one.statusReference)),
    ours: new Set(expected.statuses.map((one) => one.statusReference)),
  };
  const { pairs, missing, extra } = pairing(bench);
  const ofApp = pairs.flatMap(({ expected: one }) => [...one.validators, ...one.actions]).filter(isOurs).length;
  const rules = pairs.flatMap((pair) => [...RULE_PLACES.flatMap((place) => rulesAt(bench, pair, place)), ...screenAt(bench, pair)]);
  return [
    ...removedStatuses(bench),
    ...locks(bench),
    ...removedTransitions(bench, missing),
    ...pairs.flatMap((pair) => shapeOf(bench, pair)),
    ...together(bench, together(bench, rules, 'rule.gone', ofApp), 'rule.off', ofApp),
    ...addedStatuses(bench),
    ...addedTransitions(bench, extra),
  ];
}
