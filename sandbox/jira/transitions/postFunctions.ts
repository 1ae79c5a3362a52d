/** Jira's own post functions: what a transition does to the work item beside its status. They work on it in place, inside the one change. */
import { draftOf, setValues, settingOf, valueOf } from '../issues/change';
import { projectOf } from '../issues/access';
import type { Jira } from '../rest';
import type { Field, Issue, Json, RuleConfiguration, User } from '../store';
import { FieldError, codecOf, parseValue, textOf, type Setting } from '../values';
import { documentOf } from '../values/adf';
import { defaultAssignee } from '../values/people';
import { momentOf } from '../values/scalar';

export interface Act {
  jira: Jira;
  issue: Issue;
  person: User | undefined;
}

type PostFunction = (parameters: Record<string, string>, act: Act) => void;

const set = (issue: Issue, fieldId: string, value: Json): void => setValues(issue, new Map([[fieldId, value]]));

const ASSIGNEES: Record<string, (act: Act, accountId: string | undefined) => Json> = {
  'to-selected-user': (_, accountId) => accountId ?? null,
  'to-unassigned': () => null,
  'to-current-user': ({ person }) => person?.id ?? null,
  'to-default-user': ({ jira, issue }) => defaultAssignee(projectOf(jira, issue)),
  'to-lead': ({ jira, issue }) => projectOf(jira, issue).leadAccountId,
  'to-reporter': ({ issue }) => issue.fields.reporter ?? null,
};

function changeAssignee({ type = '', accountId }: Record<string, string>, act: Act): void {
  const choose = ASSIGNEES[type];
  if (!choose) throw new FieldError(`assignee type '${type}' is not known`);
  set(act.issue, 'assignee', choose(act, accountId));
}

function fieldNamed(jira: Jira, id: string | undefined): Field {
  const field = jira.store.fields.get(id ?? '');
  if (!field || !codecOf(field)) throw new FieldError(`field '${id ?? ''}' cannot be set`);
  return field;
}

/** A text as the field would store it, or undefined where texts do not fit the kind of field. */
function textFor(field: Field, text: string): Json | undefined {
  const kind = field.kind === 'system' ? field.id : field.kind;
  if (kind === 'textarea' || kind === 'description' || kind === 'environment') return documentOf(text);
  if (kind === 'textfield' || kind === 'summary' || kind === 'url') return text;
  return undefined;
}

function copyValue({ sourceFieldKey, targetFieldKey, issueSource }: Record<string, string>, { jira, issue }: Act): void {
  const source = fieldNamed(jira, sourceFieldKey);
  const target = fieldNamed(jira, targetFieldKey);
  const from = issueSource === 'PARENT' ? parentOf(jira, issue) : issue;
  const value = from ? (valueOf(from, source.id) ?? null) : null;
  if (value === null || !from) return set(issue, target.id, null);
  const copy = converted(source, target, value) ?? textFor(target, textOf(settingOf(jira, source, from), value));
  if (copy === undefined) throw new FieldError(`'${source.name}' cannot be copied to '${target.name}'`);
  set(issue, target.id, copy);
}

/** A stored value of one field as another field stores it, where both hold the same kind of thing; else undefined. */
function converted(source: Field, target: Field, value: Json): Json | undefined {
  const [from, to] = [codecOf(source), codecOf(target)];
  if (!from || !to) return undefined;
  if (from === to || (from.type === 'user' && to.type === 'user')) return structuredClone(value);
  if (to.list && to.items === from.type) return [value];
  return from.list && from.items === to.type && Array.isArray(value) ? (value[0] ?? null) : undefined;
}

const parentOf = (jira: Jira, issue: Issue): Issue | undefined =>
  typeof issue.fields.parent === 'string' ? jira.store.issue(issue.fields.parent) : undefined;

/** Forms that a rule's text may stand for; the first that the field takes is the value. */
function readings(field: Field, text: string): Json[] {
  const asText = textFor(field, text);
  if (asText !== undefined) return [asText];
  const one: Json[] = [{ id: text }, { value: text }, { name: text }, { accountId: text }, { groupId: text }, text];
  if (momentOf(text) === undefined && !Number.isNaN(Number(text))) one.push(Number(text));
  return one;
}

function parseText(setting: Setting, text: string): Json {
  const list = codecOf(setting.field)?.list;
  const parts = list ? text.split(',').map((part) => part.trim()) : [text];
  const values = parts.map((part) => {
    for (const reading of readings(setting.field, part)) {
      try {
        const value = parseValue(setting, list ? [reading] : reading);
        return list && Array.isArray(value) ? (value[0] ?? null) : value;
      } catch (error) {
        if (!(error instanceof FieldError)) throw error;
      }
    }
    throw new FieldError(`'${part}' is not a value of '${setting.field.name}'`);
  });
  return list ? values : (values[0] ?? null);
}

/** Texts that empty a field. */
const EMPTY = ['', '-1'];

function updateField({ field: id, value = '', mode }: Record<string, string>, { jira, issue }: Act): void {
  const field = fieldNamed(jira, id);
  if (EMPTY.includes(value)) {
    if (mode !== 'append') set(issue, field.id, null);
    return;
  }
  const setting = settingOf(jira, field, issue);
  const current = valueOf(issue, field.id) ?? null;
  const append = mode === 'append' && current !== null;
  if (append && textFor(field, '') !== undefined) {
    set(issue, field.id, textFor(field, `${textOf(setting, current)}${value}`) as Json);
    return;
  }
  const parsed = parseText(setting, value);
  set(issue, field.id, append && Array.isArray(current) && Array.isArray(parsed) ? [...new Set([...current, ...parsed])] : parsed);
}

const POST_FUNCTIONS: Record<string, PostFunction> = {
  'system:change-assignee': changeAssignee,
  'system:copy-value-from-other-field': copyValue,
  'system:update-field': updateField,
};

/** Rules with effects outside the work item; there is nobody here to hear them. */
const OUTSIDE = new Set(['system:trigger-webhook', 'system:trigger-agent']);

/** Rules that apps run after the transition. */
export const FORGE_POST_FUNCTION = 'forge:workflow-post-function';

/**
 * Runs the system post functions of a transition in order. One that cannot be carried out leaves its field as it was and is named in the
 * site's log: the transition stands, as with every post function.
 */
export function runPostFunctions(actions: readonly RuleConfiguration[], act: Act): void {
  for (const { ruleKey, parameters } of actions) {
    if (ruleKey === FORGE_POST_FUNCTION || OUTSIDE.has(ruleKey)) continue;
    const run = POST_FUNCTIONS[ruleKey];
    if (!run) {
      console.warn(`Post function ${ruleKey} is not supported here yet; skipped on ${act.issue.key}.`);
      continue;
    }
    const kept = draftOf(act.issue);
    try {
      run(parameters, act);
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      act.issue.fields = kept.fields;
      console.warn(`Post function ${ruleKey} could not be carried out on ${act.issue.key}: ${error.message}.`);
    }
  }
}
