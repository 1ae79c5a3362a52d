/** WAS and CHANGED: what the changelog tells about a field. */
import type { Operand, Predicate } from '@atlaskit/jql-ast';
import { badRequest } from '../rest';
import type { Issue } from '../store';
import { momentField, userField } from './builders';
import { isEmpty, type Asker, type JqlField } from './field';
import { nextDay, startOfDay } from './moments';
import { rankOf, termsOf, valuesOf } from './operands';

/** A time in which a field had a value. The first one begins with the work item, and its creator began it. */
interface Spell {
  id: string | null;
  text: string | null;
  from: number;
  to: number;
  by: string;
}

const valueNow = (field: JqlField, issue: Issue): string | null => (isEmpty(field, issue) ? null : String(field.terms?.(issue)[0] ?? ''));

/** The values of a field one after the other. */
export function spellsOf(field: JqlField, issue: Issue): Spell[] {
  const spells: Spell[] = [];
  let current: Spell = { id: valueNow(field, issue), text: null, from: issue.created, to: Infinity, by: issue.creatorId };
  for (const { created, authorId, items } of issue.changes) {
    for (const item of items) {
      if (item.fieldId !== field.id) continue;
      // What the work item began with is known from the first thing that was changed.
      spells.push(spells.length === 0 ? { ...current, id: item.from, text: item.fromText, to: created } : { ...current, to: created });
      current = { id: item.to, text: item.toText, from: created, to: Infinity, by: authorId };
    }
  }
  return [...spells, current];
}

type ValueTest = (id: string | null, text: string | null) => boolean;

/** Values are known by their ids, and by the names they had then. */
function valueTest(asker: Asker, field: JqlField, operand: Operand): ValueTest {
  const values = valuesOf(asker, field, operand);
  const ids = new Set(values.flatMap((value) => termsOf(asker, field, value).map(String)));
  const names = new Set(values.flatMap((value) => (value.kind === 'text' ? [value.text.toLowerCase()] : [])));
  const withEmpty = values.some((value) => value.kind === 'empty');
  return (id, text) => (id === null || id === '' ? withEmpty : ids.has(id) || (text !== null && names.has(text.toLowerCase())));
}

/** What the predicates ask: who did it, and when. */
interface Circumstances {
  by?: ReadonlySet<string>;
  /** All of these must be touched; an end is not part of its time. */
  times: { from: number; until: number }[];
  was?: ValueTest;
  became?: ValueTest;
}

const JUST_AFTER = 1;

function momentsOf(asker: Asker, operand: Operand): number[] {
  const field = momentField(asker, 'history', 'date', () => undefined);
  return valuesOf(asker, field, operand).map((value) => Number(rankOf(asker, field, value)));
}

function timeOf(asker: Asker, { operator, operand }: Predicate & { operand: Operand }): { from: number; until: number } {
  const [first, last] = momentsOf(asker, operand);
  if (first === undefined) throw badRequest(`The predicate '${operator.value}' needs a date.`);
  const { zone } = asker.calendar;
  switch (operator.value) {
    case 'before':
      return { from: -Infinity, until: first };
    case 'after':
      return { from: first + JUST_AFTER, until: Infinity };
    case 'on':
      return { from: startOfDay(first, zone), until: nextDay(first, zone) };
    default:
      if (last === undefined) throw badRequest("The predicate 'during' needs two dates.");
      return { from: first, until: last + JUST_AFTER };
  }
}

function circumstancesOf(asker: Asker, field: JqlField, predicates: readonly Predicate[]): Circumstances {
  const found: Circumstances = { times: [] };
  for (const { operator, operand } of predicates) {
    if (!operand) continue;
    switch (operator.value) {
      case 'by': {
        const users = userField(asker, 'by', 'by', () => []);
        found.by = new Set(valuesOf(asker, users, operand).flatMap((value) => termsOf(asker, users, value).map(String)));
        break;
      }
      case 'from':
        found.was = valueTest(asker, field, operand);
        break;
      case 'to':
        found.became = valueTest(asker, field, operand);
        break;
      default:
        found.times.push(timeOf(asker, { operator, operand } as Predicate & { operand: Operand }));
    }
  }
  return found;
}

/** Whether a field once had one of these values. Throws 400. */
export function wasTest(asker: Asker, field: JqlField, operand: Operand, predicates: readonly Predicate[]): (issue: Issue) => boolean {
  const wanted = valueTest(asker, field, operand);
  const { by, times } = circumstancesOf(asker, field, predicates);
  const fits = (spell: Spell): boolean =>
    wanted(spell.id, spell.text) && (!by || by.has(spell.by)) && times.every(({ from, until }) => spell.from < until && spell.to >= from);
  return (issue) => spellsOf(field, issue).some(fits);
}

/** Whether a field was changed. Throws 400. */
export function changedTest(asker: Asker, field: JqlField, predicates: readonly Predicate[]): (issue: Issue) => boolean {
  const { by, times, was, became } = circumstancesOf(asker, field, predicates);
  return (issue) =>
    issue.changes.some(
      ({ created, authorId, items }) =>
        (!by || by.has(authorId)) &&
        times.every(({ from, until }) => created >= from && created < until) &&
        items.some((item) => item.fieldId === field.id && (!was || was(item.from, item.fromText)) && (!became || became(item.to, item.toText))),
    );
}
