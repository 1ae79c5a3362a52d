/** Texts: one line, many lines (a document), labels. */
import type { Json } from '../store';
import { isDocument, plainText } from './adf';
import { FieldError, isObject, stringsOf, type Codec } from './codec';

export { FieldError } from './codec';

/** Jira Cloud: summary and single-line text custom fields hold at most 255 characters (Atlassian support: field limits). */
const LINE_LIMIT = 255;
/** Jira Cloud: 32,767 characters in a rich text field (Atlassian support: field limits). */
const DOCUMENT_LIMIT = 32_767;

const tooLong = (limit: number): FieldError =>
  new FieldError(`The entered text is too long. It exceeds the allowed limit of ${limit.toLocaleString('en')} characters.`);

function line(input: Json): string {
  if (typeof input !== 'string') throw new FieldError('Operation value must be a string');
  return input;
}

export const textfield: Codec = {
  type: 'string',
  parse(input) {
    const text = line(input);
    if (text.length > LINE_LIMIT) throw tooLong(LINE_LIMIT);
    return text || null;
  },
  render: (stored) => stored,
  id: () => null,
  text: String,
  words: (stored) => [String(stored)],
  rank: (stored) => String(stored).toLowerCase(),
};

export const summary: Codec = {
  ...textfield,
  parse(input) {
    const text = line(input).trim();
    if (!text) throw new FieldError('You must specify a summary of the issue.');
    if (/[\r\n]/.test(text)) throw new FieldError('The summary is invalid because it contains newline characters.');
    if (text.length > LINE_LIMIT) throw new FieldError(`Summary must be less than ${LINE_LIMIT} characters.`);
    return text;
  },
};

/** A document that may be stored; one without content is null. */
export function parseDocument(input: Json): Json {
  if (!isDocument(input)) throw new FieldError('Operation value must be an Atlassian Document (see the Atlassian Document Format)');
  if (plainText(input).length > DOCUMENT_LIMIT) throw tooLong(DOCUMENT_LIMIT);
  return isObject(input) && Array.isArray(input.content) && input.content.length > 0 ? input : null;
}

export const document: Codec = {
  type: 'string',
  parse: parseDocument,
  render: (stored) => stored,
  id: () => null,
  text: plainText,
  words: (stored) => [plainText(stored)],
  rank: (stored) => plainText(stored).toLowerCase(),
};

export const url: Codec = {
  ...textfield,
  parse(input) {
    const text = line(input).trim();
    if (text && !URL.canParse(text)) throw new FieldError('Not a valid URL');
    return text || null;
  },
};

export const labels: Codec = {
  type: 'array',
  items: 'string',
  list: true,
  parse(input) {
    if (!Array.isArray(input)) throw new FieldError('data was not an array');
    const values = input.map((entry) => {
      const label = line(entry);
      if (/\s/.test(label)) throw new FieldError(`The label '${label}' contains spaces which is invalid.`);
      if (label.length > LINE_LIMIT) throw new FieldError(`The label '${label}' exceeds ${LINE_LIMIT} characters.`);
      return label;
    });
    return [...new Set(values)].filter((label) => label !== '').sort((a, b) => a.localeCompare(b));
  },
  render: (stored) => stored,
  id: () => '',
  text: (stored) => stringsOf(stored).join(' '),
  words: stringsOf,
};
