/** What it takes to know one kind of field value: how REST writes it, how it is stored, how people read it, how a search compares it. */
import type { Jira } from '../rest';
import type { Field, Json } from '../store';

/** The field a value belongs to and the place it is used in; options and contexts depend on both. */
export interface Setting {
  jira: Jira;
  field: Field;
  projectId: string;
  workTypeId: string;
}

export interface Codec {
  /** `schema` of the field as REST tells it. */
  type: string;
  items?: string;
  /** What `update` may do with it beside `set`. */
  list?: true;
  /** REST's form to the stored one; null is an empty field. Throws FieldError. Never sees null. */
  parse(input: Json, setting: Setting): Json;
  render(stored: Json, setting: Setting): Json;
  /** `from` and `to` of a changelog item; null where Jira logs only text. */
  id(stored: Json): string | null;
  /** `fromString` and `toString` of a changelog item. */
  text(stored: Json, setting: Setting): string;
  /** Every word that a search or a rule may know (one of) the values by. */
  words(stored: Json, setting: Setting): string[];
  /** What comes first in an ordering, and what < and > compare. */
  rank?(stored: Json, setting: Setting): number | string;
  /** `allowedValues` of the metadata. */
  choices?(setting: Setting): Json[];
}

/** A value that the field refuses; the message goes into `errors` under the field's id. */
export class FieldError extends Error {}

export const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The strings of a stored list; anything else in it would be a fault of the site. */
export const stringsOf = (stored: Json): string[] => (Array.isArray(stored) ? stored.map(String) : []);

/** Makes the codec of a list out of the codec of one entry. */
export function listOf(one: Codec): Codec {
  const { choices } = one;
  return {
    type: 'array',
    items: one.type,
    list: true,
    parse(input, setting) {
      if (!Array.isArray(input)) throw new FieldError('data was not an array');
      const values = input.map((entry) => one.parse(entry, setting));
      return values.filter((value, index) => values.indexOf(value) === index);
    },
    render: (stored, setting) => stringsOf(stored).map((entry) => one.render(entry, setting)),
    id: (stored) => `[${stringsOf(stored).join(', ')}]`,
    text: (stored, setting) =>
      stringsOf(stored)
        .map((entry) => one.text(entry, setting))
        .join(','),
    words: (stored, setting) => stringsOf(stored).flatMap((entry) => one.words(entry, setting)),
    ...(choices && { choices }),
  };
}
