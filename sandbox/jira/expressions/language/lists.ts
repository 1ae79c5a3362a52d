/** What a List, a Map and a Set can do. */
import { checkedList } from './budget';
import { typeFault } from './errors';
import type { Members } from './parameters';
import { Bag, Dict, includes, isList, same, textOf, truthy, type Value } from './values';

/** Atlassian docs, Jira expressions types: a joined text is cut at 10,000 characters. */
const JOIN_LIMIT = 10_000;

function joined(texts: readonly Value[], separator: string): string {
  const text = texts.map(textOf).join(separator);
  return text.length > JOIN_LIMIT ? `${text.slice(0, JOIN_LIMIT)}...` : text;
}

const flat = (list: readonly Value[]): readonly Value[] => checkedList(list.flatMap((one) => (isList(one) ? one : [one])));

export const LIST: Members<readonly Value[]> = {
  properties: { length: (self) => self.length },
  methods: {
    map: (self, parameters) => self.map((one, index) => parameters.function(0).apply([one, index])),
    flatMap: (self, parameters) => flat(self.map((one, index) => parameters.function(0).apply([one, index]))),
    flatten: (self) => flat(self),
    filter: (self, parameters) => self.filter((one, index) => truthy(parameters.function(0).apply([one, index]))),
    every: (self, parameters) => self.every((one, index) => truthy(parameters.function(0).apply([one, index]))),
    some: (self, parameters) => self.some((one, index) => truthy(parameters.function(0).apply([one, index]))),
    includes: (self, parameters) => includes(self, parameters.any(0)),
    indexOf: (self, parameters) => self.findIndex((one) => same(one, parameters.any(0))),
    slice: (self, parameters) => self.slice(parameters.number(0), parameters.numberOr(1, self.length)),
    concat: (self, parameters) => checkedList(parameters.all.reduce<readonly Value[]>((sum, one) => [...sum, ...(isList(one) ? one : [one])], self)),
    join: (self, parameters) => joined(self, parameters.textOr(0, ',')),
    reduce(self, parameters) {
      const add = parameters.function(0);
      const first = parameters.has(1) ? parameters.any(1) : self[0];
      const rest = parameters.has(1) ? self : self.slice(1);
      if (first === undefined) throw typeFault('An empty list cannot be reduced without an initial value');
      return rest.reduce<Value>((sum, one) => add.apply([sum, one]), first);
    },
    sort(self, parameters) {
      const compare = parameters.function(0);
      return [...self].sort((a, b) => {
        const verdict = compare.apply([a, b]);
        if (typeof verdict !== 'number') throw typeFault('The function given to sort must answer a Number');
        return verdict;
      });
    },
  },
};

export const DICT: Members<Dict> = {
  properties: {},
  methods: {
    get: (self, parameters) => self.entries.get(parameters.text(0)) ?? null,
    set: (self, parameters) => new Dict(new Map([...self.entries, [parameters.text(0), parameters.any(1)]])),
    entries: (self) => [...self.entries].map(([key, value]) => [key, value]),
  },
};

/** A set of these, each once. */
export const bagOf = (items: readonly Value[]): Bag => new Bag(items.filter((one, index) => items.findIndex((other) => same(other, one)) === index));

export const BAG: Members<Bag> = {
  properties: { size: (self) => self.items.length, length: (self) => self.items.length },
  methods: {
    has: (self, parameters) => includes(self.items, parameters.any(0)),
    add: (self, parameters) => bagOf(checkedList([...self.items, parameters.any(0)])),
  },
};
