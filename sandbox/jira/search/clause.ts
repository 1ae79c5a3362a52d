/** One clause of a query: a test for a work item, and where to look for those that pass. */
import type { Operand, TerminalClause } from '@atlaskit/jql-ast';
import { badRequest, RestError } from '../rest';
import type { Issue } from '../store';
import { EMPTY, isEmpty, isHistoryOperator, type Asker, type JqlField, type Rank, type Term } from './field';
import { fieldsOf } from './fields';
import { changedTest, wasTest } from './history';
import { checkShape, rankOf, termsOf, valuesOf } from './operands';
import { anyOf, COST, type Leg, type Planner, type Source } from './plan';
import { textTest } from './words';

/** What NOT makes of an operator: like Jira's, it takes the opposite one and so leaves out empty fields. */
const OPPOSITE: Record<string, string> = {
  '=': '!=',
  '!=': '=',
  in: 'not in',
  'not in': 'in',
  '~': '!~',
  '!~': '~',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
  is: 'is not',
  'is not': 'is',
  was: 'was not',
  'was not': 'was',
  'was in': 'was not in',
  'was not in': 'was in',
};

/** A clause with every field that its name means; several custom fields may share one. Throws 400. */
export function clauseLeg(asker: Asker, planner: Planner, clause: TerminalClause, negated: boolean): Leg {
  const operator = clause.operator?.value ?? '';
  const fields = fieldsOf(asker, clause.field);
  const legs: Leg[] = [];
  let refusal: RestError | undefined;
  for (const field of fields) {
    try {
      legs.push(fieldLeg({ asker, planner, field, clause, negated }));
    } catch (error) {
      if (!(error instanceof RestError)) throw error;
      refusal = error;
    }
  }
  const [first, ...others] = legs;
  if (!first) throw refusal ?? badRequest(`Field '${clause.field.value}' cannot be searched.`);
  if (others.length === 0) return first;
  const emptiness = (negated ? OPPOSITE[operator] : operator) === 'is';
  return emptiness ? { test: (issue) => legs.every((leg) => leg.test(issue)), cost: COST.cheap } : anyOf(legs);
}

interface Place {
  asker: Asker;
  planner: Planner;
  field: JqlField;
  clause: TerminalClause;
  negated: boolean;
}

function fieldLeg(place: Place): Leg {
  const { asker, field, clause, negated } = place;
  const written = clause.operator?.value ?? '';
  if (clause.operand) checkShape(field.name, written, clause.operand);
  if (!field.operators.includes(written)) {
    if (isHistoryOperator(written)) throw badRequest(`History searches do not support the '${field.name}' field.`);
    throw badRequest(`The operator '${written}' is not supported by the '${field.name}' field.`);
  }
  if (written === 'changed') {
    const test = changedTest(asker, field, clause.predicates);
    return { test: negated ? (issue) => !test(issue) : test, cost: COST.history };
  }
  const operator = (negated ? OPPOSITE[written] : written) ?? written;
  const { operand } = clause;
  if (!operand) throw badRequest(`The operator '${written}' needs a value.`);
  if (isHistoryOperator(operator)) {
    const test = wasTest(asker, field, operand, clause.predicates);
    return { test: operator.includes('not') ? (issue) => !test(issue) : test, cost: COST.history };
  }
  return LEGS[operator]?.(place, operand) ?? compareLeg(place, operator, operand);
}

/** All but the comparisons. */
const LEGS: Record<string, (place: Place, operand: Operand) => Leg> = {
  is: (place, operand) => emptyLeg(place, true, operand),
  'is not': (place, operand) => emptyLeg(place, false, operand),
  '~': (place, operand) => textLeg(place, true, operand),
  '!~': (place, operand) => textLeg(place, false, operand),
  '=': (place, operand) => equalLeg(place, true, operand),
  in: (place, operand) => equalLeg(place, true, operand),
  '!=': (place, operand) => equalLeg(place, false, operand),
  'not in': (place, operand) => equalLeg(place, false, operand),
};

const costOf = (field: JqlField): number => (field.texts && !field.terms ? COST.text : field.indexed === false ? COST.link : COST.cheap);

function leg(field: JqlField, test: (issue: Issue) => boolean, source: Source | undefined): Leg {
  return { test, cost: costOf(field), ...(source && { source }) };
}

function emptyLeg({ planner, field }: Place, positive: boolean, operand: Operand): Leg {
  if (operand.operandType !== 'keyword' && field.emptyWord === undefined) {
    throw badRequest(`The operator '${positive ? 'is' : 'is not'}' of the field '${field.name}' only supports EMPTY and NULL.`);
  }
  return leg(
    field,
    (issue) => isEmpty(field, issue) === positive,
    planner.source(field, (term) => (term === EMPTY) === positive, positive ? [EMPTY] : undefined),
  );
}

function textLeg({ asker, field }: Place, positive: boolean, operand: Operand): Leg {
  const says = valuesOf(asker, field, operand).map((value) => {
    if (value.kind === 'empty') return undefined;
    return textTest(value.kind === 'text' ? value.text : '', field.name);
  })[0];
  const texts = field.texts ?? (() => []);
  if (!says) return leg(field, (issue) => (texts(issue).length === 0) === positive, undefined);
  // Not saying something takes saying anything at all.
  const test = (issue: Issue): boolean => {
    const found = texts(issue);
    return positive ? found.some(says) : found.length > 0 && !found.some(says);
  };
  return leg(field, test, undefined);
}

function equalLeg(place: Place, positive: boolean, operand: Operand): Leg {
  const { asker, planner, field } = place;
  const values = valuesOf(asker, field, operand);
  const withEmpty = values.some((value) => value.kind === 'empty');
  const given = values.filter((value) => value.kind !== 'empty');
  const { terms } = field;
  if (!terms || !field.named)
    return equalRankLeg(
      place,
      positive,
      given.flatMap((value) => rankOf(asker, field, value) ?? []),
      withEmpty,
    );
  const wanted = new Set(given.flatMap((value) => termsOf(asker, field, value)));
  const test = (issue: Issue): boolean => {
    const found = terms(issue);
    if (found.length === 0) return positive && withEmpty;
    for (const term of found) if (wanted.has(term)) return positive;
    return !positive;
  };
  if (field.id === 'key') return leg(field, test, positive ? planner.issues(wanted) : undefined);
  const looked = positive ? [...wanted, ...(withEmpty ? [EMPTY] : [])] : undefined;
  return leg(
    field,
    test,
    planner.source(field, (term) => term !== EMPTY && !wanted.has(term), looked),
  );
}

function equalRankLeg({ planner, field }: Place, positive: boolean, ranks: readonly Rank[], withEmpty: boolean): Leg {
  const wanted = new Set(ranks);
  const test = (issue: Issue): boolean => {
    const found = ranksOf(field, issue);
    if (found.length === 0) return positive && withEmpty;
    return found.some((rank) => wanted.has(rank)) === positive;
  };
  const { bucketOf } = field;
  const looked = positive && bucketOf ? [...ranks.map(bucketOf), ...(withEmpty ? [EMPTY] : [])] : undefined;
  return leg(field, test, bucketOf && planner.source(field, (term) => term !== EMPTY, looked));
}

function ranksOf(field: JqlField, issue: Issue): readonly Rank[] {
  if (field.ranks) return field.ranks(issue);
  const rank = field.rank?.(issue);
  return rank === undefined ? [] : [rank];
}

const COMPARE: Record<string, (mine: Rank, limit: Rank) => boolean> = {
  '<': (mine, limit) => mine < limit,
  '<=': (mine, limit) => mine <= limit,
  '>': (mine, limit) => mine > limit,
  '>=': (mine, limit) => mine >= limit,
};

function compareLeg({ asker, planner, field }: Place, operator: string, operand: Operand): Leg {
  const [value] = valuesOf(asker, field, operand);
  if (!value || value.kind === 'empty') throw badRequest(`The operator '${operator}' does not support EMPTY for the field '${field.name}'.`);
  const limit = rankOf(asker, field, value);
  const compare = COMPARE[operator];
  if (limit === undefined || !compare) return { test: () => false, cost: COST.cheap };
  const { rank, ranks, sameScope, bucketOf } = field;
  const fits = (mine: Rank | undefined): boolean => mine !== undefined && typeof mine === typeof limit && compare(mine, limit);
  const test = (issue: Issue): boolean => {
    if (sameScope && !sameScope(issue, limit)) return false;
    return ranks ? ranks(issue).some(fits) : fits(rank?.(issue));
  };
  if (!bucketOf) return leg(field, test, undefined);
  const bucket = bucketOf(limit);
  // The bucket of the limit itself may hold values on both sides of it.
  const near = (term: Term): boolean => term === bucket || (typeof term === typeof bucket && term !== EMPTY && compare(term, bucket));
  return leg(field, test, planner.source(field, near));
}
