/** A work item as an expression sees it: every property is read, and paid for, when it is asked for. */
import { projectOf } from '../../issues/access';
import { issueBean, subtasksOf } from '../../issues/beans';
import { existing } from '../../lookups';
import type { Issue, IssueLink } from '../../store';
import { Day, Moment, Thing, type Value } from '../language';
import { priorityThing, projectThing, resolutionThing, securityLevelThing, statusThing, workTypeThing } from './configuration';
import { customValue, richText } from './fields';
import { changelogsOf, commentThing, linkThing, newestChangelog } from './history';
import { userThing } from './people';
import { missing, numberOf, propertiesOf, seen, type View } from './view';

const CUSTOM = /^customfield_\d+$/;

/** Names of Jira Software and of time tracking, which this site does not have. */
const NOT_HERE = ['sprint', 'closedSprints', 'flagged', 'epic', 'stories', 'originalEstimate', 'remainingEstimate', 'timeSpent'];

/** What this site keeps no rows of. */
const EMPTY = ['versions', 'fixVersions', 'components', 'attachments', 'worklogs', 'voters'];

const textOrNull = (value: unknown): Value => (typeof value === 'string' && value !== '' ? value : null);

/** `pending`: links that come with the request. */
export function issueThing(view: View, issue: Issue, pending: readonly IssueLink[] = []): Thing {
  const { jira, budget, zone } = view;
  const { store } = jira;
  const { fields } = issue;
  /** Loads something in one go, for however many work items. */
  const once = (what: string, value: () => Value): (() => Value) => {
    return () => {
      budget.expend(`Issue.${what}`);
      return value();
    };
  };
  /** Loads something for this work item alone. */
  const each = (what: string, value: () => Value): (() => Value) => once(`${issue.id}.${what}`, value);
  const moment = (ms: number | undefined): Value => (ms === undefined ? null : new Moment(ms, zone));
  const level = existing(store.workTypes, issue.workTypeId).hierarchyLevel;
  const family = (issues: Issue[]): Value => issues.map((one) => seen(view, one)).filter((one) => one !== null);
  const labels = (): Value => (Array.isArray(fields.labels) ? fields.labels.map(String) : []);

  return new Thing({
    type: 'Issue',
    identity: issue.id,
    members: {
      id: () => numberOf(issue.id),
      key: () => textOrNull(issue.key),
      summary: () => textOrNull(fields.summary),
      description: () => richText(fields.description),
      environment: () => richText(fields.environment),
      project: () => projectThing(view, projectOf(jira, issue)),
      issueType: () => workTypeThing(view, issue.workTypeId),
      status: () => statusThing(view, issue.statusId),
      priority: () => priorityThing(view, fields.priority),
      securityLevel: () => securityLevelThing(view, fields.security),
      resolution: () => resolutionThing(view, fields.resolution),
      created: () => moment(issue.created),
      updated: () => moment(issue.updated),
      resolutionDate: () => moment(issue.resolved),
      dueDate: () => (typeof fields.duedate === 'string' ? new Day(fields.duedate) : null),
      assignee: once('assignee', () => userThing(view, fields.assignee)),
      reporter: once('reporter', () => userThing(view, fields.reporter)),
      creator: once('creator', () => userThing(view, issue.creatorId)),
      parent: once('parent', () => (typeof fields.parent === 'string' ? seen(view, store.issue(fields.parent)) : null)),
      childIssues: once('childIssues', () => family(issue.id ? store.childrenOf(issue.id) : [])),
      subtasks: each('subtasks', () => family(issue.id ? subtasksOf(store, issue) : [])),
      labels: once('labels', labels),
      comments: once('comments', () => issue.comments.map((one) => commentThing(view, issue, one))),
      links: each('links', () => [...(issue.id ? store.linksOf(issue.id) : []), ...pending].map((one) => linkThing(view, issue, one))),
      changelogs: each('changelogs', () => changelogsOf(view, issue)),
      votes: once('votes', () => 0),
      watches: once('watches', () => issue.watchers?.length ?? 0),
      watchers: once('watchers', () => (issue.watchers ?? []).map((one) => userThing(view, one))),
      properties: () => propertiesOf(view, `Issue.${issue.id}`, issue.properties),
      isEpic: () => level === 1,
      ...Object.fromEntries(EMPTY.map((name) => [name, once(name, () => [])])),
      ...missing('Issue', NOT_HERE),
    },
    methods: { getNewestChangelog: (parameters) => each('changelogs', () => newestChangelog(view, issue, parameters))() },
    // recorded live: a name that does not exist reads null, it is no fault
    other: (name) => (CUSTOM.test(name) ? customValue(view, issue, name) : null),
    bean: () => issueBean(jira, view.person, issue, { fields: [], expand: [], properties: [] }),
  });
}
