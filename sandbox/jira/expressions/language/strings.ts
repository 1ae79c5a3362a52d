/** What a String can do. */
import { checkedList, checkedText } from './budget';
import { typeFault } from './errors';
import type { Members, Parameters } from './parameters';
import { Callable, textOf, type Value } from './values';

/** Atlassian docs, Jira expressions types: a text is padded to 100 characters and repeated 100 times at most. */
const PAD_LIMIT = 100;
const REPEAT_LIMIT = 100;
const PATTERN_LENGTH = 1000;

function pattern(parameters: Parameters): RegExp {
  const text = parameters.text(0);
  if (text.length > PATTERN_LENGTH) throw typeFault('The regular expression is too long');
  try {
    return new RegExp(text, 'g');
  } catch {
    throw typeFault(`Invalid regular expression: ${text}`);
  }
}

const atMost = (count: number, limit: number): number => {
  if (count < 0) throw typeFault('A count must not be negative');
  return Math.min(count, limit);
};

const groupsOf = (match: RegExpMatchArray): Value => [...match].map((one: string | undefined) => one ?? null);

function replace(self: string, parameters: Parameters): Value {
  const replacement = parameters.any(1);
  const by = (...found: unknown[]): string => {
    if (typeof replacement === 'string') return replacement;
    if (!(replacement instanceof Callable)) return parameters.text(1);
    return textOf(replacement.apply(found.filter((one) => typeof one === 'string').slice(0, -1)));
  };
  return checkedText(self.replace(pattern(parameters), by));
}

export const STRING: Members<string> = {
  properties: { length: (self) => self.length },
  methods: {
    trim: (self) => self.trim(),
    toLowerCase: (self) => self.toLowerCase(),
    toUpperCase: (self) => self.toUpperCase(),
    includes: (self, parameters) => self.includes(parameters.text(0)),
    indexOf: (self, parameters) => self.indexOf(parameters.text(0)),
    slice: (self, parameters) => self.slice(parameters.number(0), parameters.numberOr(1, self.length)),
    split: (self, parameters) => (parameters.has(0) ? checkedList(self.split(parameters.text(0))) : [self]),
    repeat: (self, parameters) => checkedText(self.repeat(atMost(parameters.number(0), REPEAT_LIMIT))),
    padStart: (self, parameters) => self.padStart(atMost(parameters.number(0), PAD_LIMIT), parameters.textOr(1, ' ')),
    padEnd: (self, parameters) => self.padEnd(atMost(parameters.number(0), PAD_LIMIT), parameters.textOr(1, ' ')),
    replace,
    match(self, parameters) {
      const found = pattern(parameters).exec(self);
      return found && groupsOf(found);
    },
    matchAll: (self, parameters) => checkedList([...self.matchAll(pattern(parameters))]).map(groupsOf),
  },
};
