/** What every expression has without asking Jira: constructors, Number(...), JSON. */
import { typeFault } from './errors';
import { dayFrom, dayOf, momentFrom } from './dates';
import { fromJson, toJson } from './json';
import { bagOf } from './lists';
import { Parameters } from './parameters';
import { Callable, Dict, Moment, Thing, typeOf, type Value } from './values';
import type { Json } from '../../store';

/** When and where an expression is evaluated. */
export interface Place {
  now: number;
  /** Time zone of the person, e.g. Europe/Berlin. */
  zone: string;
}

export type Constructor = (parameters: Parameters, place: Place) => Value;

export const CONSTRUCTORS: Record<string, Constructor> = {
  Date(parameters, { now, zone }) {
    if (!parameters.has(0)) return new Moment(now, zone);
    const given = parameters.any(0);
    return typeof given === 'number' ? new Moment(parameters.number(0), zone) : momentFrom(parameters.text(0), zone);
  },
  CalendarDate: (parameters, { now, zone }) => (parameters.has(0) ? dayFrom(parameters.text(0)) : dayOf(new Moment(now, zone))),
  Map: (parameters) => {
    if (!parameters.has(0)) return new Dict(new Map());
    const given = parameters.any(0);
    if (given instanceof Dict) return given;
    throw typeFault(`A Map cannot be made of ${typeOf(given)}`);
  },
  Set: (parameters) => bagOf(parameters.has(0) ? parameters.list(0) : []),
};

function toNumber(parameters: readonly Value[]): Value {
  const value = new Parameters('Number', parameters).any(0);
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return value.trim() === '' ? NaN : Number(value);
  if (typeof value === 'boolean') return Number(value);
  return NaN;
}

function parseJson(parameters: readonly Value[]): Value {
  const text = new Parameters('JSON.parse', parameters).text(0);
  try {
    return fromJson(JSON.parse(text) as Json);
  } catch {
    throw typeFault('JSON.parse was given a text that is not JSON');
  }
}

export const GLOBALS: Record<string, Value> = {
  Number: new Callable(toNumber),
  JSON: new Thing({
    type: 'JSON',
    identity: 'JSON',
    members: {},
    methods: { parse: parseJson, stringify: (parameters) => JSON.stringify(toJson(new Parameters('JSON.stringify', parameters).any(0))) },
    bean: () => null,
  }),
};
