/** /jql/autocompletedata/suggestions: values to choose from while somebody types a query. */
import { visibleFilters } from '../filters/visible';
import { hasPermission } from '../lookups';
import { hasOptions } from '../fields/kinds';
import { badRequest, ok, type Answer, type Call } from '../rest';
import type { Field } from '../store';
import { stringsOf } from '../values/codec';

/** Jira shows about so many. */
const SHOWN = 15;

interface Suggestion {
  /** As the query takes it. */
  value: string;
  text: string;
}

const named = (rows: { name: string }[]): Suggestion[] => rows.map(({ name }) => ({ value: name, text: name }));

function people({ jira: { store } }: Call): Suggestion[] {
  return store.users.filter((one) => one.active && one.accountType === 'atlassian').map(({ id, displayName }) => ({ value: id, text: displayName }));
}

function labels({ jira: { store } }: Call): Suggestion[] {
  const all = new Set(store.issues.all().flatMap(({ fields }) => (fields.labels === undefined ? [] : stringsOf(fields.labels))));
  return [...all].sort((a, b) => a.localeCompare(b)).map((one) => ({ value: one, text: one }));
}

const projects = ({ jira: { store }, person }: Call): Suggestion[] =>
  store.projects
    .filter((one) => hasPermission(store, person, 'BROWSE_PROJECTS', one))
    .map(({ key, name }) => ({ value: key, text: `${name} (${key})` }));

const VALUES: Record<string, (call: Call) => Suggestion[]> = {
  project: projects,
  space: projects,
  issuetype: ({ jira }) => named(jira.store.workTypes.all()),
  type: ({ jira }) => named(jira.store.workTypes.all()),
  worktype: ({ jira }) => named(jira.store.workTypes.all()),
  status: ({ jira }) => named(jira.store.statuses.all()),
  statuscategory: () => named([{ name: 'To Do' }, { name: 'In Progress' }, { name: 'Done' }]),
  priority: ({ jira }) => named(jira.store.priorities.all()),
  resolution: ({ jira }) => named(jira.store.resolutions.all()),
  assignee: people,
  reporter: people,
  creator: people,
  watcher: people,
  labels,
  filter: (call) => named(visibleFilters(call.jira, call.person)),
  issuelinktype: ({ jira }) => jira.store.linkTypes.all().flatMap(({ inward, outward }) => named([{ name: outward }, { name: inward }])),
};

/** Custom fields by name or cf[id]: their options, or people. */
function customValues(call: Call, name: string): Suggestion[] {
  const { store } = call.jira;
  const id = /^cf\[(\d+)\]$/i.exec(name)?.[1];
  const fits = (one: Field): boolean => (id === undefined ? one.name.toLowerCase() === name.toLowerCase() : one.id === `customfield_${id}`);
  return store.fields.filter(fits).flatMap((field) => {
    if (field.kind === 'userpicker' || field.kind === 'multiuserpicker') return people(call);
    if (field.kind === 'grouppicker' || field.kind === 'multigrouppicker') return named(store.groups.all());
    return hasOptions(field) ? named(field.contexts.flatMap(({ options }) => options.map(({ value }) => ({ name: value })))) : [];
  });
}

const predicateValues = (call: Call, field: string, predicate: string): Suggestion[] => {
  if (predicate === 'by') return people(call);
  return predicate === 'from' || predicate === 'to' ? (VALUES[field]?.(call) ?? []) : [];
};

const quoted = (text: string): string => (/^[\w.:-]+$/.test(text) && !/^-/.test(text) ? text : `"${text.replaceAll('"', String.raw`\"`)}"`);
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** What was typed in bold, where it is. */
function marked(text: string, typed: string): string {
  const at = typed === '' ? -1 : text.toLowerCase().indexOf(typed);
  if (at < 0) return escapeHtml(text);
  const end = at + typed.length;
  return `${escapeHtml(text.slice(0, at))}<b>${escapeHtml(text.slice(at, end))}</b>${escapeHtml(text.slice(end))}`;
}

export function suggestions(call: Call): Answer {
  const { query } = call;
  const field = query.get('fieldName')?.replace(/^"(.*)"$/, '$1');
  const predicate = query.get('predicateName')?.toLowerCase();
  if (!field || (query.has('predicateValue') && !predicate))
    throw badRequest('A fieldName, and with a predicateValue a predicateName, have to be provided.');
  const key = field.toLowerCase();
  const rows = predicate ? predicateValues(call, key, predicate) : (VALUES[key]?.(call) ?? customValues(call, field));
  const typed = ((predicate ? query.get('predicateValue') : query.get('fieldValue')) ?? '').toLowerCase();
  const found = rows.filter(({ text, value }) => text.toLowerCase().includes(typed) || value.toLowerCase().includes(typed)).slice(0, SHOWN);
  return ok({ results: found.map(({ value, text }) => ({ value: quoted(value), displayName: marked(text, typed) })) });
}
