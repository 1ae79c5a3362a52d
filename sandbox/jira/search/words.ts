/** What ~ finds: words, phrases in inner quotes, * and ?, -word, and OR. Words must all be there. */
import { badRequest } from '../rest';

/** Whether a text (in lower case) says what was asked for. */
export type TextTest = (text: string) => boolean;

const WORD = /[\p{L}\p{N}_]+/gu;
const PIECE = /"((?:[^"\\]|\\.)*)"|(\S+)/g;

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A word with wildcards stands for whole words; everything between letters and digits is a gap. */
function wordTest(word: string): TextTest {
  const literal = word.split(/[*?]/).reduce((longest, part) => (part.length > longest.length ? part : longest), '');
  const inside = escapeRegExp(word).replace(/\\\*/g, '[\\p{L}\\p{N}_]*').replace(/\\\?/g, '[\\p{L}\\p{N}_]');
  const whole = new RegExp(`(?<![\\p{L}\\p{N}_])${inside}(?![\\p{L}\\p{N}_])`, 'u');
  return (text) => text.includes(literal) && whole.test(text);
}

function phraseTest(phrase: string): TextTest {
  const words = phrase.toLowerCase().match(WORD) ?? [];
  if (words.length === 0) return () => true;
  const inOrder = new RegExp(`(?<![\\p{L}\\p{N}_])${words.map(escapeRegExp).join('[^\\p{L}\\p{N}_]+')}(?![\\p{L}\\p{N}_])`, 'u');
  return (text) => text.includes(words[0] ?? '') && inOrder.test(text);
}

function pieceTest(piece: string): TextTest {
  const words = piece.toLowerCase().match(/[\p{L}\p{N}_*?]+/gu) ?? [];
  if (words.length === 1 && words[0] !== undefined) return wordTest(words[0]);
  return phraseTest(words.join(' '));
}

/** Reads what stands after ~. Throws 400 for what Jira cannot read either. */
export function textTest(asked: string, fieldName: string): TextTest {
  if (asked.trim() === '') throw badRequest(`The field '${fieldName}' does not support searching for an empty string.`);
  const groups: TextTest[][] = [[]];
  let open = true;
  for (const [, quoted, plain = ''] of asked.matchAll(PIECE)) {
    const group = groups.at(-1) ?? [];
    if (quoted === undefined && (plain === 'OR' || plain === 'AND')) {
      if (open) throw badRequest(`Unable to parse the text '${asked}' for field '${fieldName}'.`);
      if (plain === 'OR') groups.push([]);
      open = true;
      continue;
    }
    open = false;
    if (quoted !== undefined) group.push(phraseTest(quoted.replace(/\\(.)/g, '$1')));
    else if (/^[-!]./.test(plain)) group.push(not(pieceTest(plain.slice(1))));
    else group.push(pieceTest(plain.replace(/^\+/, '')));
  }
  if (open) throw badRequest(`Unable to parse the text '${asked}' for field '${fieldName}'.`);
  return (text) => groups.some((group) => group.every((test) => test(text)));
}

const not =
  (test: TextTest): TextTest =>
  (text) =>
    !test(text);
