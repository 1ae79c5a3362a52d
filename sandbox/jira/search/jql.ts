/** From a query to what finds its work items. The one entry for everybody who has JQL. */
import type { Clause, TerminalClause } from '@atlaskit/jql-ast';
import type { Jira } from '../rest';
import type { Filter, Issue, User } from '../store';
import { clauseLeg } from './clause';
import type { Asker } from './field';
import { orderingOf, type Ordering } from './order';
import { allOf, anyOf, indexPlanner, type Leg, type Planner } from './plan';
import { filterClause, isFilterClause } from './savedFilters';
import { readTree } from './syntax';

export interface Query {
  /** False for a query that would match everything; searches refuse it. */
  bounded: boolean;
  leg: Leg;
  ordering: Ordering;
  matches(issue: Issue): boolean;
  compare(a: Issue, b: Issue): number;
}

/** How a person sees the site now: his own time zone, UTC for anonymous ones. */
export const askerOf = (jira: Jira, person: User | undefined): Asker => ({
  jira,
  person,
  calendar: { zone: person?.timeZone ?? 'Etc/UTC', now: jira.clock.now().getTime() },
});

const EVERYTHING: Leg = { test: () => true, cost: 0 };
const NOTHING: Leg = { test: () => false, cost: 0 };

/** What a query is read with; `under` are the saved filters that it stands in. */
interface Reading {
  asker: Asker;
  planner: Planner;
  under: readonly Filter[];
}

function filterLeg(reading: Reading, clause: TerminalClause, negated: boolean): Leg {
  const { filters, positive } = filterClause(reading.asker, clause, reading.under);
  const wanted = positive !== negated;
  const legs = filters.map((filter) => {
    const { where } = readTree(filter.jql);
    if (!where) return wanted ? EVERYTHING : NOTHING;
    return legOf({ ...reading, under: [...reading.under, filter] }, where, !wanted);
  });
  return wanted ? anyOf(legs) : allOf(legs);
}

function legOf(reading: Reading, clause: Clause, negated: boolean): Leg {
  switch (clause.clauseType) {
    case 'terminal':
      if (isFilterClause(clause)) return filterLeg(reading, clause, negated);
      return clauseLeg(reading.asker, reading.planner, clause, negated);
    case 'not':
      return legOf(reading, clause.clause, !negated);
    case 'compound': {
      const legs = clause.clauses.map((one) => legOf(reading, one, negated));
      return (clause.operator.value === 'and') === negated ? anyOf(legs) : allOf(legs);
    }
  }
}

/** Reads a query for a person. Throws 400. */
export function parseJql(jira: Jira, person: User | undefined, jql: string, planner: Planner = indexPlanner(jira.store)): Query {
  const tree = readTree(jql);
  const asker = askerOf(jira, person);
  const leg = tree.where ? legOf({ asker, planner, under: [] }, tree.where, false) : EVERYTHING;
  const ordering = orderingOf(asker, tree);
  return {
    bounded: tree.where !== undefined,
    leg,
    ordering,
    matches: (issue) => leg.test(issue),
    compare: (a, b) => ordering.compare(ordering.keysOf(a), ordering.keysOf(b)),
  };
}
