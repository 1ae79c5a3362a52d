/** JSON into the language and values out of it. */
import { jiraDate } from '../../rest';
import type { Json } from '../../store';
import { Bag, Callable, Day, Dict, Moment, Thing, isList, type Value } from './values';

/** JSON as values: objects become maps. */
export function fromJson(json: Json | undefined): Value {
  if (json === undefined) return null;
  if (Array.isArray(json)) return json.map(fromJson);
  if (json === null || typeof json !== 'object') return json;
  return new Dict(new Map(Object.entries(json).map(([key, value]) => [key, fromJson(value)])));
}

export interface Counted {
  beans: number;
  primitiveValues: number;
}

/** A value as an answer of the REST API carries it; what it is made of is counted. */
export function toJson(value: Value, counted: Counted = { beans: 0, primitiveValues: 0 }): Json {
  if (isList(value)) return value.map((one) => toJson(one, counted));
  if (value instanceof Bag) return toJson(value.items, counted);
  if (value instanceof Dict) return Object.fromEntries([...value.entries].map(([key, one]) => [key, toJson(one, counted)]));
  if (value instanceof Thing) {
    counted.beans += 1;
    return value.parts.bean();
  }
  counted.primitiveValues += 1;
  if (value instanceof Moment) return jiraDate(value.ms);
  if (value instanceof Day) return value.text;
  if (value instanceof Callable) return '[Function]';
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}
