/** The functions of queries. Those that need what this site does not keep are refused by name. */
import { existing, groupNamed, hasPermission, rolesOfUser } from '../lookups';
import { may } from '../issues/access';
import { badRequest } from '../rest';
import type { Issue } from '../store';
import { rowsNamed, usersNamed } from './builders';
import type { Asker, Kind, Term } from './field';
import { edgeOf, readMoment, type Span } from './moments';

/** What an operand gives: values as written, terms that are known already, a moment, or the empty value. */
export type Value =
  { kind: 'empty' } | { kind: 'text'; text: string; isNumber: boolean } | { kind: 'terms'; terms: readonly Term[] } | { kind: 'moment'; at: number };

export interface JqlFunction {
  name: string;
  /** Kinds of fields it gives values for. */
  kinds: readonly Kind[];
  list: boolean;
  /** Fewest and most arguments. */
  arity: readonly [number, number];
  values(asker: Asker, args: readonly string[]): Value;
}

const terms = (found: readonly Term[]): Value => ({ kind: 'terms', terms: found });

const currentUser: JqlFunction = {
  name: 'currentUser',
  kinds: ['user'],
  list: false,
  arity: [0, 0],
  values: ({ person }) => terms(person ? [person.id] : []),
};

const membersOf: JqlFunction = {
  name: 'membersOf',
  kinds: ['user'],
  list: true,
  arity: [1, 1],
  values({ jira }, [name = '']) {
    const group = groupNamed(jira.store, name) ?? jira.store.groups.get(name);
    if (group) return terms(group.members);
    throw badRequest(`Function 'membersOf' can not generate a list of usernames for group '${name}'; the group does not exist.`);
  },
};

const now: JqlFunction = {
  name: 'now',
  kinds: ['moment', 'day'],
  list: false,
  arity: [0, 0],
  values: ({ calendar }) => ({ kind: 'moment', at: calendar.now }),
};

const edge = (side: 'start' | 'end', span: Span): JqlFunction => {
  const name = `${side}Of${span.charAt(0).toUpperCase()}${span.slice(1)}`;
  return {
    name,
    kinds: ['moment', 'day'],
    list: false,
    arity: [0, 1],
    values({ calendar }, [offset]) {
      const at = edgeOf(side, span, offset, calendar);
      if (at !== undefined) return { kind: 'moment', at };
      throw badRequest(`Duration for function '${name}' should have the format (+/-)n(yMwdhm), e.g -1M for 1 month earlier.`);
    },
  };
};

/** The work item that an argument names, if the asker may see it. */
function issueNamed({ jira, person }: Asker, key: string, functionName: string): Issue {
  const issue = jira.store.issue(key);
  if (issue && may(jira, person, 'BROWSE_PROJECTS', issue)) return issue;
  throw badRequest(`Issue '${key}' could not be found in function '${functionName}'.`);
}

const linkedIssues: JqlFunction = {
  name: 'linkedIssues',
  kinds: ['issue'],
  list: true,
  arity: [1, 20],
  values(asker, [key = '', ...wordings]) {
    const { store } = asker.jira;
    const issue = issueNamed(asker, key, 'linkedIssues');
    const wanted = wordings.map((one) => one.toLowerCase());
    for (const one of wordings) {
      const known = store.linkTypes.find(({ inward, outward }) => [inward, outward].some((side) => side.toLowerCase() === one.toLowerCase()));
      if (!known) throw badRequest(`Issue link type '${one}' could not be found in function 'linkedIssues'.`);
    }
    const ends = store.linksOf(issue.id).flatMap((link) => {
      const { inward, outward } = existing(store.linkTypes, link.typeId);
      const isSource = link.sourceId === issue.id;
      const said = (isSource ? outward : inward).toLowerCase();
      return wanted.length === 0 || wanted.includes(said) ? [isSource ? link.destinationId : link.sourceId] : [];
    });
    return terms([...new Set(ends)]);
  },
};

const watchedIssues: JqlFunction = {
  name: 'watchedIssues',
  kinds: ['issue'],
  list: true,
  arity: [0, 0],
  values: ({ jira, person }) =>
    terms(person ? jira.store.issues.filter((one) => one.watchers?.includes(person.id) ?? false).map((one) => one.id) : []),
};

/** Everything that somebody has created, changed or commented on, at any time or in a time. */
const updatedBy: JqlFunction = {
  name: 'updatedBy',
  kinds: ['issue'],
  list: true,
  arity: [1, 3],
  values(asker, [user = '', from, to]) {
    const ids = usersNamed(asker, user);
    if (ids.length === 0) throw badRequest(`The user '${user}' in function 'updatedBy' does not exist.`);
    const limit = (text: string | undefined, open: number): number => {
      if (text === undefined) return open;
      const at = readMoment(text, asker.calendar);
      if (at === undefined) throw badRequest(`Date value '${text}' for function 'updatedBy' is invalid.`);
      return at;
    };
    const [start, end] = [limit(from, -Infinity), limit(to, Infinity)];
    const act = (authorId: string, at: number): boolean => ids.includes(authorId) && at >= start && at <= end;
    const touched = (issue: Issue): boolean =>
      act(issue.creatorId, issue.created) ||
      issue.changes.some((one) => act(one.authorId, one.created)) ||
      issue.comments.some((one) => act(one.authorId, one.updated));
    return terms(asker.jira.store.issues.filter(touched).map((one) => one.id));
  },
};

const workTypes = (name: string, subtask: boolean): JqlFunction => ({
  name,
  kinds: ['type'],
  list: true,
  arity: [0, 0],
  values: ({ jira }) => terms(jira.store.workTypes.filter((one) => one.hierarchyLevel < 0 === subtask).map((one) => one.id)),
});

const projects = (name: string, arity: readonly [number, number], chosen: (asker: Asker, argument: string) => readonly string[]): JqlFunction => ({
  name,
  kinds: ['project'],
  list: true,
  arity,
  values: (asker, [argument = '']) => terms(chosen(asker, argument)),
});

function ledBy(asker: Asker, leader: string): string[] {
  const ids = leader === '' ? [asker.person?.id] : usersNamed(asker, leader);
  if (ids.length === 0) throw badRequest(`The user '${leader}' in function 'projectsLeadByUser' does not exist.`);
  return asker.jira.store.projects.filter((one) => ids.includes(one.leadAccountId)).map((one) => one.id);
}

function withRole({ jira: { store }, person }: Asker, name: string): string[] {
  const [roleId] = rowsNamed(store.roles.all(), name);
  if (roleId === undefined) throw badRequest(`The role '${name}' in function 'projectsWhereUserHasRole' does not exist.`);
  return person ? store.projects.filter((one) => rolesOfUser(store, one, person.id).includes(roleId)).map((one) => one.id) : [];
}

function withPermission({ jira: { store }, person }: Asker, permission: string): string[] {
  const key = permission.toUpperCase().replace(/ /g, '_');
  return store.projects.filter((one) => hasPermission(store, person, key, one)).map((one) => one.id);
}

/** "Parent" or "Parent", "Child"; none as the child means those without one. */
const cascadeOption: JqlFunction = {
  name: 'cascadeOption',
  kinds: ['option'],
  list: true,
  arity: [1, 2],
  values({ jira: { store } }, [parentName = '', childName]) {
    const options = store.fields.filter((one) => one.kind === 'cascadingselect').flatMap((one) => one.contexts.flatMap((context) => context.options));
    const parents = rowsNamed(
      options.filter((one) => one.parentId === undefined).map(({ id, value }) => ({ id, name: value })),
      parentName,
    );
    if (parents.length === 0) throw badRequest(`The option '${parentName}' in function 'cascadeOption' does not exist.`);
    const children = options.filter((one) => one.parentId !== undefined && parents.includes(one.parentId));
    if (childName === undefined) return terms([...parents, ...children.map((one) => one.id)]);
    if (childName.toLowerCase() === 'none') return terms(parents);
    return terms(
      rowsNamed(
        children.map(({ id, value }) => ({ id, name: value })),
        childName,
      ),
    );
  },
};

const SPANS: Span[] = ['day', 'week', 'month', 'year'];

export const FUNCTIONS: readonly JqlFunction[] = [
  currentUser,
  membersOf,
  now,
  ...SPANS.flatMap((span) => [edge('start', span), edge('end', span)]),
  linkedIssues,
  { ...linkedIssues, name: 'linkedWorkItems' },
  watchedIssues,
  { ...watchedIssues, name: 'watchedWorkItems' },
  updatedBy,
  workTypes('standardIssueTypes', false),
  workTypes('standardWorkTypes', false),
  workTypes('subtaskIssueTypes', true),
  workTypes('subtaskWorkTypes', true),
  projects('projectsLeadByUser', [0, 1], ledBy),
  projects('projectsWhereUserHasPermission', [1, 1], withPermission),
  projects('projectsWhereUserHasRole', [1, 1], withRole),
  cascadeOption,
];

/** Functions of Jira for which this site keeps nothing. */
const NOT_KEPT = new Set(
  [
    'approved approver breached choiceOption closedSprints completed componentsLeadByUser currentLogin customerDetail earliestUnreleasedVersion',
    'elapsed entitlementDetail entitlementProduct everBreached futureSprints issueHistory issuesWithRemoteLinksByGlobalId lastLogin latestReleasedVersion',
    'myApproval myPending openSprints organizationDetail organizationMembers parentEpic paused pending pendingBy pendingApprovalBy portfolioChildIssuesOf',
    'releasedVersions remaining running standardWorkItemTypes unreleasedVersions votedIssues votedWorkItems withinCalendarHours workItemHistory',
  ].flatMap((line) => line.toLowerCase().split(' ')),
);

const byName = new Map(FUNCTIONS.map((one) => [one.name.toLowerCase(), one]));

/** The function of a name, called with these arguments. Throws 400. */
export function functionNamed(name: string, args: readonly string[]): JqlFunction {
  const found = byName.get(name.toLowerCase());
  if (!found) {
    if (NOT_KEPT.has(name.toLowerCase())) throw badRequest(`The function '${name}()' is not supported by this site.`);
    throw badRequest(`Unable to find JQL function '${name}(${args.join(', ')})'.`);
  }
  const [fewest, most] = found.arity;
  if (args.length < fewest || args.length > most) {
    throw badRequest(
      `Function '${found.name}' expected '${fewest === most ? fewest : `${fewest}-${most}`}' arguments but received '${args.length}'.`,
    );
  }
  return found;
}
