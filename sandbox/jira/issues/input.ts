/** Reads the `fields` and `update` of a request against a screen: every field that does not fit is told at once, and nothing is changed yet. */
import { z } from 'zod';
import { addComment, commentBody, commentInput, entityProperty, type CommentParts } from '../comments/comment';
import { partsOf } from '../comments/parts';
import { addLink, issueReference, linkEnd, linkTypeNamed, linkTypeReference } from '../links/link';
import { hasPermission } from '../lookups';
import { fieldErrors, RestError, type Jira } from '../rest';
import type { Issue, Json, LinkType, Project, User } from '../store';
import { appliesTo, cannotBeSet, codecOf, FieldError, parseValue, type Setting } from '../values';
import { settingOf, valueOf, type Edits } from './change';

const operations = z.array(z.record(z.string(), z.json()));

/** IssueUpdateDetails of the OpenAPI document. */
export const issueBody = z.looseObject({
  fields: z.record(z.string(), z.json()).optional(),
  update: z.record(z.string(), operations).optional(),
  properties: z.array(entityProperty).optional(),
  transition: z.looseObject({ id: z.union([z.string(), z.number()]).optional() }).optional(),
});
export type IssueBody = z.infer<typeof issueBody>;

const linkAddition = z.looseObject({
  type: linkTypeReference,
  inwardIssue: issueReference.optional(),
  outwardIssue: issueReference.optional(),
});

/** What a request wants done, read and found good. */
export interface IssueInput {
  edits: Edits;
  /** Ids of the fields as the request names them, in its order. */
  given: string[];
  links: { type: LinkType; other: Issue; otherIs: 'source' | 'destination' }[];
  comments: ({ body: Json } & CommentParts)[];
}

/** Where and by whom the fields are set. `issue` is the work item as it is, absent while it is being created. */
export interface InputPlace {
  jira: Jira;
  person: User | undefined;
  project: Project;
  workTypeId: string;
  issue?: Issue;
  /** Whether a field is on the screen in question. */
  onScreen(fieldId: string): boolean;
}

/** Permissions beside the one for the whole operation; without them Jira treats the field as absent from the screen. */
const FIELD_PERMISSIONS: Record<string, string> = {
  assignee: 'ASSIGN_ISSUES',
  reporter: 'MODIFY_REPORTER',
  duedate: 'SCHEDULE_ISSUES',
  issuelinks: 'LINK_ISSUES',
  comment: 'ADD_COMMENTS',
  security: 'SET_ISSUE_SECURITY',
};

/** Reads a request, or throws one 400 with all that is wrong in it. */
export function readInput(place: InputPlace, body: IssueBody): IssueInput {
  const input: IssueInput = { edits: new Map(), given: [], links: [], comments: [] };
  const errors: Record<string, string> = {};
  const fields = body.fields ?? {};
  const update = body.update ?? {};
  for (const id of new Set([...Object.keys(fields), ...Object.keys(update)])) {
    try {
      if (id in fields && id in update) throw new FieldError(`Field '${id}' cannot appear in both 'fields' and 'update'`);
      input.given.push(id);
      if (id === 'issuelinks' || id === 'comment') readAddition(place, input, id, update[id]);
      else readField(place, input, id, id in fields ? [{ set: fields[id] as Json }] : (update[id] ?? []));
    } catch (error) {
      Object.assign(errors, asErrors(id, error));
    }
  }
  if (Object.keys(errors).length > 0) throw fieldErrors(errors);
  return input;
}

function asErrors(id: string, error: unknown): Record<string, string> {
  if (error instanceof FieldError) return { [id]: error.message };
  if (error instanceof RestError && error.status < 500) return { [id]: error.errorMessages[0] ?? Object.values(error.errors)[0] ?? error.message };
  throw error;
}

const allowed = ({ jira, person, project, issue, onScreen }: InputPlace, id: string): boolean => {
  const permission = FIELD_PERMISSIONS[id];
  return onScreen(id) && (permission === undefined || hasPermission(jira.store, person, permission, project, issue));
};

function readField(place: InputPlace, input: IssueInput, id: string, steps: z.infer<typeof operations>): void {
  const { jira, project, workTypeId, issue } = place;
  const field = jira.store.fields.get(id);
  if (!field || !codecOf(field) || !place.onScreen(id) || !appliesTo(field, project.id, workTypeId)) throw new FieldError(cannotBeSet(id));
  const setting = settingOf(jira, field, { projectId: project.id, workTypeId });
  const before = issue ? valueOf(issue, id) : undefined;
  const after = steps.reduce<Json>((value, step) => takeStep(setting, value, step), before ?? null);
  const ownReport = id === 'reporter' && (after === place.person?.id || after === before);
  if (!ownReport && !allowed(place, id)) throw new FieldError(cannotBeSet(id));
  input.edits.set(id, after);
}

function takeStep(setting: Setting, value: Json, step: Record<string, Json>): Json {
  const [verb, ...others] = Object.keys(step);
  if (verb === undefined || others.length > 0) throw new FieldError('Exactly one operation is allowed per entry');
  const input = step[verb] as Json;
  if (verb === 'set') return parseValue(setting, input);
  if (!codecOf(setting.field)?.list || (verb !== 'add' && verb !== 'remove')) throw new FieldError(`Field does not support operation '${verb}'`);
  const current = Array.isArray(value) ? value : [];
  const [entry] = parseValue(setting, [input]) as Json[];
  if (verb === 'remove') return orNull(current.filter((one) => one !== entry));
  return entry === undefined || current.includes(entry) ? orNull(current) : [...current, entry];
}

const orNull = (list: Json[]): Json => (list.length > 0 ? list : null);

function readAddition(place: InputPlace, input: IssueInput, id: 'issuelinks' | 'comment', steps: z.infer<typeof operations> | undefined): void {
  if (!allowed(place, id)) throw new FieldError(cannotBeSet(id));
  if (!steps) throw new FieldError(`Field '${id}' is changed with 'update' and the operation 'add'`);
  for (const step of steps) {
    if (!('add' in step)) throw new FieldError(`Field does not support operation '${Object.keys(step).join(', ')}'`);
    if (id === 'comment') {
      const comment = readComment(step.add);
      input.comments.push({ body: commentBody(comment), ...partsOf(place.jira, place.person, place.project.id, comment) });
      continue;
    }
    const link = linkAddition.safeParse(step.add);
    const { inwardIssue, outwardIssue, type } = link.data ?? {};
    const other = outwardIssue ?? inwardIssue;
    if (!type || !other || (outwardIssue && inwardIssue)) throw new FieldError("A link needs a type and either 'inwardIssue' or 'outwardIssue'");
    input.links.push({
      type: linkTypeNamed(place.jira.store, type),
      other: linkEnd(place.jira, place.person, other),
      otherIs: outwardIssue ? 'destination' : 'source',
    });
  }
}

function readComment(input: Json | undefined): z.infer<typeof commentInput> {
  const comment = commentInput.safeParse(input);
  if (!comment.success) throw new FieldError('Comment body can not be empty!');
  return comment.data;
}

/** Does the part of a request that is not the value of a field: links and comments. */
export function addParts(jira: Jira, authorId: string, issue: Issue, input: IssueInput): void {
  for (const { type, other, otherIs } of input.links) {
    if (otherIs === 'destination') addLink(jira, authorId, type, issue, other);
    else addLink(jira, authorId, type, other, issue);
  }
  for (const { body, ...parts } of input.comments) addComment(jira, authorId, issue, body, parts);
}
