/** Properties and methods of values, whatever their type. */
import { typeFault, type ExpressionError } from './errors';
import { CALENDAR_DAY, MOMENT } from './dates';
import { BAG, DICT, LIST } from './lists';
import { Parameters, type Members } from './parameters';
import { STRING } from './strings';
import { Callable, Dict, Thing, isList, textOf, typeOf, type Value } from './values';

const own = <T>(table: Record<string, T>, name: string): T | undefined => (Object.hasOwn(table, name) ? table[name] : undefined);

/** The types that need nothing of Jira, by the name that `typeof` tells; the others have no members. */
export const LANGUAGE_TYPES: Record<string, Members<never>> = {
  String: STRING,
  List: LIST,
  Map: DICT,
  Set: BAG,
  Date: MOMENT,
  CalendarDate: CALENDAR_DAY,
};

const membersOf = (value: Value): Members<never> | undefined => own(LANGUAGE_TYPES, typeOf(value));

function namesOf(value: Value): string[] {
  if (value instanceof Thing) return [...Object.keys(value.parts.members), ...Object.keys(value.parts.methods ?? {})];
  const members = membersOf(value);
  return members ? [...Object.keys(members.properties), ...Object.keys(members.methods)] : [];
}

/** Jira's own words for a property that a type does not have (OpenAPI: example of evaluateJSISJiraExpression). */
function unrecognized(value: Value, name: string, written: string): ExpressionError {
  const known = namesOf(value).map((one) => `'${one}'`);
  return typeFault(
    `Unrecognized property of \`${written}\`: "${name}". Available properties of type '${typeOf(value)}' are: ${known.sort().join(', ')}`,
  );
}

const ofNull = (name: string, written: string): ExpressionError => typeFault(`Cannot read property "${name}" of null: \`${written}\` is null`);

/** `object.key` and `object[key]`; `written`: how the object stands in the expression. */
export function read(object: Value, key: Value, written: string): Value {
  if (object === null) throw ofNull(textOf(key), written);
  if (isList(object) && typeof key === 'number') return object[key] ?? null;
  if (typeof key !== 'string') {
    throw typeFault(`${typeOf(object)} has no property of type ${typeOf(key)}`);
  }
  if (object instanceof Dict) return object.entries.get(key) ?? null;
  if (object instanceof Thing) {
    const member = own(object.parts.members, key);
    const found = member ? member() : object.parts.other?.(key);
    if (found === undefined) throw unrecognized(object, key, written);
    return found;
  }
  const members = membersOf(object) as Members<Value> | undefined;
  const property = members && own(members.properties, key);
  if (!property) throw unrecognized(object, key, written);
  return property(object);
}

/** `object.name(...)` */
export function invoke(object: Value, name: string, parameters: readonly Value[], written: string): Value {
  if (object === null) throw ofNull(name, written);
  if (object instanceof Thing) {
    const method = own(object.parts.methods ?? {}, name);
    if (!method) throw unrecognized(object, name, written);
    return method(parameters);
  }
  const held = object instanceof Dict ? object.entries.get(name) : undefined;
  if (held instanceof Callable) return held.apply(parameters);
  const members = membersOf(object) as Members<Value> | undefined;
  const method = members && own(members.methods, name);
  if (!method) throw unrecognized(object, name, written);
  return method(object, new Parameters(name, parameters));
}
