/**
 * Rules about the person acting (V13, V26, V39, V48). A condition is said twice: over facts, for the panel and for what is judged afterwards; and as a Jira
 * expression, which alone is told who takes a step. Both are built here from the same words, so that they agree.
 */
import { type FieldKey, type FieldValues, list, words } from './fields';
import type { ProfileKey } from './profiles';
import type { StatusKey } from './statuses';

/** Whoever takes a step, or looks at it, and what tells their part in it. */
export interface Acting {
  accountId: string;
  /** What they hold in the space; absent: not known, and then believed. */
  profiles?: ReadonlySet<ProfileKey>;
  /** Account id of the assignee. */
  assignee: string | undefined;
  /** Changes of status, oldest first. */
  moves: readonly { from: StatusKey | undefined; to: StatusKey | undefined; by: string | undefined }[];
  fields: FieldValues;
}

/** The ids an expression is written with. */
export interface ActingIds {
  fields: { readonly [key in FieldKey]?: string | undefined };
  statuses: { readonly [key in StatusKey]?: string | undefined };
  roles: { readonly [key in ProfileKey]?: string | undefined };
}

export interface Condition {
  holds(acting: Acting): boolean;
  text(ids: ActingIds): string;
}

const known = (id: string | undefined, what: string): string => {
  if (id === undefined) throw new Error(`no id of ${what}`);
  return id;
};

/** Texts of an expression stand between double quotes, as in JSON. */
const quoted = (text: string): string => JSON.stringify(text);

export const isAssignee: Condition = {
  holds: ({ accountId, assignee }) => accountId === assignee,
  text: () => 'issue.assignee?.accountId == user.accountId',
};

/** Stands in a field of several people. */
export const isAmong = (key: FieldKey): Condition => ({
  holds: ({ accountId, fields }) => list(fields, key).includes(accountId),
  text: ({ fields }) => {
    const field = `issue.${known(fields[key], key)}`;
    return `(${field} == null ? false : ${field}.some(p => p.accountId == user.accountId))`;
  },
});

export const holdsProfile = (key: ProfileKey): Condition => ({
  holds: ({ profiles }) => profiles?.has(key) ?? true,
  text: ({ roles }) => `user.getProjectRoles(project).some(r => r.id == ${String(Number(known(roles[key], key)))})`,
});

/** Took the step between these two statuses, the last time that anybody did: in this round. */
export const tookLast = (from: StatusKey, to: StatusKey): Condition => ({
  holds: ({ accountId, moves }) => moves.findLast((one) => one.from === from && one.to === to)?.by === accountId,
  text: ({ statuses }) => {
    const [left, entered] = [quoted(known(statuses[from], from)), quoted(known(statuses[to], to))];
    const moves = `issue.changelogs.filter(c => c.items.some(i => i.fieldId == "status" && i.from == ${left} && i.to == ${entered}))`;
    // In whatever order Jira lists them.
    const last = `${moves}.reduce((a, b) => a == null || b.created.getTime() > a.created.getTime() ? b : a, null)`;
    return `${last}?.author?.accountId == user.accountId`;
  },
});

/** One of several choices is this one. */
export const says = (key: FieldKey, choice: string): Condition => ({
  holds: ({ fields }) => words(fields, key) === choice,
  text: ({ fields }) => `issue.${known(fields[key], key)}?.value == ${quoted(choice)}`,
});

/** A field of several people names nobody. */
export const isEmpty = (key: FieldKey): Condition => ({
  holds: ({ fields }) => list(fields, key).length === 0,
  text: ({ fields }) => `issue.${known(fields[key], key)} == null`,
});

export const not = (one: Condition): Condition => ({
  holds: (acting) => !one.holds(acting),
  text: (ids) => `!(${one.text(ids)})`,
});

export const any = (...all: readonly Condition[]): Condition => ({
  holds: (acting) => all.some((one) => one.holds(acting)),
  text: (ids) => all.map((one) => `(${one.text(ids)})`).join(' || '),
});

/** What a rule asks of the person: the first sentence whose condition does not hold is what they read. Jira fills in no names. */
export interface WhoCheck {
  met: Condition;
  sentence: string;
}

/** What stands against this person, if anything does. */
export const against = (checks: readonly WhoCheck[], acting: Acting): string | undefined => checks.find(({ met }) => !met.holds(acting))?.sentence;

/** One expression for several rules: true, or the first sentence with the rule's number. */
export const expressionOf = (rules: readonly { id: string; checks: readonly WhoCheck[] }[], ids: ActingIds): string =>
  rules
    .flatMap(({ id, checks }) => checks.map((one) => ({ ...one, sentence: `${one.sentence} (USM ${id})` })))
    .reduceRight((rest, { met, sentence }) => `${met.text(ids)} ? ${rest === 'true' ? rest : `(${rest})`} : ${quoted(sentence)}`, 'true');
