/** /issue/picker: work items to choose from while somebody types. */
import { existing } from '../lookups';
import { ok, operation, RestError, type Answer, type Call, type Operation } from '../rest';
import type { Issue } from '../store';
import { findIssues, visibility } from './find';
import { parseJql } from './jql';
import { firstOf } from './order';

/** Jira shows about so many. */
const SHOWN = 20;

const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A text as HTML with what was typed in bold. */
function highlighted(text: string, words: readonly string[]): string {
  if (words.length === 0) return escapeHtml(text);
  const typed = new RegExp(`(${words.map(escapeRegExp).join('|')})`, 'gi');
  return text
    .split(typed)
    .map((part, index) => (index % 2 === 1 ? `<b>${escapeHtml(part)}</b>` : escapeHtml(part)))
    .join('');
}

const suggestion = (issue: Issue, words: readonly string[]) => ({
  id: Number(issue.id),
  key: issue.key,
  keyHtml: highlighted(issue.key, words),
  img: '/images/icons/issuetypes/task.svg',
  summary: highlighted(String(issue.fields.summary ?? ''), words),
  summaryText: String(issue.fields.summary ?? ''),
});

/** The work items in question: those of a query, or all. A query that is wrong suggests nothing. */
function pool({ jira, person, query }: Call): Iterable<Issue> {
  const jql = query.get('currentJQL');
  if (jql === null) return jira.store.issues.all().filter(visibility(jira, person));
  try {
    return findIssues(jira, person, parseJql(jira, person, jql));
  } catch (error) {
    if (error instanceof RestError && error.status === 400) return [];
    throw error;
  }
}

function pick(call: Call): Answer {
  const { jira, query } = call;
  const { store } = jira;
  const words = (query.get('query') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const current = store.issue(query.get('currentIssueKey') ?? '');
  const projectId = query.get('currentProjectId');
  const fits = (issue: Issue): boolean => {
    if (issue === current || (projectId !== null && issue.projectId !== projectId)) return false;
    if (query.get('showSubTasks') === 'false' && existing(store.workTypes, issue.workTypeId).hierarchyLevel < 0) return false;
    if (query.get('showSubTaskParent') === 'false' && current?.fields.parent === issue.id) return false;
    const said = `${issue.key} ${String(issue.fields.summary ?? '')}`.toLowerCase();
    return words.every((word) => said.includes(word));
  };
  const found: Issue[] = [];
  if (words.length > 0) for (const issue of pool(call)) if (fits(issue)) found.push(issue);
  const total = found.length;
  const shown = firstOf(found, SHOWN, (a, b) => b.updated - a.updated || Number(b.id) - Number(a.id));
  const note = total === 0 ? { msg: 'No matching work items found' } : { sub: `Showing ${shown.length} of ${total} matching work items` };
  return ok({ sections: [{ id: 'cs', label: 'Current search', ...note, issues: shown.map((issue) => suggestion(issue, words)) }] });
}

export const pickerOperations: Operation[] = [operation('getIssuePickerResource', 'GET', '/rest/api/3/issue/picker', pick)];
