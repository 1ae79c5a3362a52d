/** What a query knows about a field. */
import type { Calendar } from './moments';
import type { Jira } from '../rest';
import type { Issue, User } from '../store';

/** What = compares: ids of rows, labels in lower case. */
export type Term = string | number;
/** What < compares and ORDER BY sorts. */
export type Rank = string | number;

/** Decides which functions fit a field, and how written values are read. */
export type Kind =
  | 'project'
  | 'issue'
  | 'type'
  | 'status'
  | 'priority'
  | 'user'
  | 'option'
  | 'plain' // rows and words that no function gives
  | 'link'
  | 'day'
  | 'moment'
  | 'number'
  | 'text';

export interface JqlField {
  /** Unique on the site; indexes and history go by it. */
  id: string;
  /** As messages name it. */
  name: string;
  kind: Kind;
  operators: readonly string[];
  /** Current values; none is an empty field. A field has terms, a rank or texts, or several of them. */
  terms?(issue: Issue): readonly Term[];
  /** The terms that a written value stands for; none where no such value exists. */
  named?(text: string): readonly Term[];
  rank?(issue: Issue): Rank | undefined;
  /** For a list of values that < compares one by one. */
  ranks?(issue: Issue): readonly Rank[];
  /** A written value as a rank; undefined where it is none. */
  read?(text: string): Rank | undefined;
  /** Texts that ~ looks at, in lower case, each for itself. */
  texts?(issue: Issue): readonly string[];
  /** Under which term an index keeps a rank; the order stays the same. Fields without it are not indexed by rank. */
  bucketOf?(rank: Rank): Term;
  /** False for terms that stand outside the work item and would leave an index stale. */
  indexed?: false;
  /** Only work items of one project can be before or after a limit (keys). */
  sameScope?(issue: Issue, limit: Rank): boolean;
  /** A value that means the empty field (resolution = Unresolved). */
  emptyWord?: string;
  sortable: boolean;
  /** The field's own order where ORDER BY names none. */
  descending?: true;
}

/** Who asks, and when. */
export interface Asker {
  jira: Jira;
  person: User | undefined;
  calendar: Calendar;
}

const EQUALITY = ['=', '!=', 'in', 'not in'];
const EMPTINESS = ['is', 'is not'];
const COMPARISON = ['<', '<=', '>', '>='];
const LIKENESS = ['~', '!~'];
const HISTORY = ['was', 'was not', 'was in', 'was not in', 'changed'];

/** The operators that groups of fields have in common. */
export const OPERATORS = {
  choice: [...EQUALITY, ...EMPTINESS],
  tracked: [...EQUALITY, ...EMPTINESS, ...HISTORY],
  trackedOrder: [...EQUALITY, ...COMPARISON, ...EMPTINESS, ...HISTORY],
  order: [...EQUALITY, ...COMPARISON, ...EMPTINESS],
  key: [...EQUALITY, ...COMPARISON],
  text: [...LIKENESS, ...EMPTINESS],
  everything: [...EQUALITY, ...COMPARISON, ...EMPTINESS, ...LIKENESS],
} as const;

export const isHistoryOperator = (operator: string): boolean => HISTORY.includes(operator);

/** The term under which an index keeps work items whose field is empty. */
export const EMPTY: Term = '';

/** Whether a field says nothing. */
export function isEmpty(field: JqlField, issue: Issue): boolean {
  if (field.terms) return field.terms(issue).length === 0;
  if (field.texts) return field.texts(issue).length === 0;
  return field.rank?.(issue) === undefined;
}
