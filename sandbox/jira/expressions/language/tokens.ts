/** Text to tokens. */
import { ExpressionError } from './errors';

export type Token =
  | { type: 'number'; value: number; start: number; end: number }
  | { type: 'string'; value: string; start: number; end: number }
  | { type: 'template'; parts: (string | Token[])[]; start: number; end: number }
  | { type: 'name' | 'sign' | 'end'; text: string; start: number; end: number };

const SIGNS = ['=>', '==', '!=', '<=', '>=', '&&', '||', '??', '?.', ...'()[]{},:;.?+-*/%<>!='];
const BLANK = /(?:\s|\/\*[^]*?\*\/|\/\/[^\n]*)*/y;
const NUMBER = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', 0: '\0' };

/** Templates inside templates; more than this nobody writes by hand. */
const TEMPLATE_DEPTH = 20;

/** Line and column, both from 1, of a place in a text. */
export function placeOf(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

export const syntaxFault = (source: string, offset: number, message: string): ExpressionError =>
  new ExpressionError(message, 'syntax', placeOf(source, offset));

class Scanner {
  private at: number;

  constructor(
    private readonly source: string,
    start: number,
    private readonly depth: number,
  ) {
    this.at = start;
  }

  /** Tokens up to the end of the text or, in a template, to the brace that closes the part. */
  scan(): { tokens: Token[]; at: number } {
    const tokens: Token[] = [];
    let open = 0;
    for (;;) {
      this.match(BLANK);
      const start = this.at;
      const closes = this.depth > 0 && open === 0 && this.source[start] === '}';
      if (start >= this.source.length || closes) {
        if (this.depth > 0 && !closes) throw this.fault(start, 'The template literal does not end');
        tokens.push({ type: 'end', text: '', start, end: start });
        return { tokens, at: start };
      }
      const token = this.next(start);
      if (token.type === 'sign') open += token.text === '{' ? 1 : token.text === '}' ? -1 : 0;
      tokens.push(token);
    }
  }

  private next(start: number): Token {
    const first = this.source[start] ?? '';
    if (first === '"' || first === "'") return { type: 'string', value: this.quoted(first), start, end: this.at };
    if (first === '`') return { type: 'template', parts: this.template(), start, end: this.at };
    const number = this.match(NUMBER);
    if (number !== undefined) return { type: 'number', value: Number(number), start, end: this.at };
    const name = this.match(NAME);
    if (name !== undefined) return { type: 'name', text: name, start, end: this.at };
    // `a ?.5 : 1` is a choice, not an optional member
    const sign = SIGNS.find((one) => this.source.startsWith(one, start) && !(one === '?.' && /\d/.test(this.source[start + 2] ?? '')));
    if (sign === undefined) throw this.fault(start, `Unexpected character ${JSON.stringify(first)}`);
    this.at += sign.length;
    return { type: 'sign', text: sign, start, end: this.at };
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private quoted(quote: string): string {
    const start = this.at;
    this.at += 1;
    let text = '';
    for (;;) {
      const character = this.source[this.at];
      if (character === undefined || character === '\n') throw this.fault(start, 'The string literal does not end');
      this.at += 1;
      if (character === quote) return text;
      text += character === '\\' ? this.escaped() : character;
    }
  }

  private escaped(): string {
    const code = /^(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))/.exec(this.source.slice(this.at, this.at + 5));
    if (code) {
      this.at += code[0].length;
      return String.fromCharCode(parseInt(code[1] ?? code[2] ?? '', 16));
    }
    const character = this.source[this.at] ?? '';
    this.at += 1;
    return ESCAPES[character] ?? character;
  }

  private template(): (string | Token[])[] {
    const start = this.at;
    if (this.depth >= TEMPLATE_DEPTH) throw this.fault(start, 'Template literals are nested too deeply');
    this.at += 1;
    const parts: (string | Token[])[] = [];
    let text = '';
    for (;;) {
      const character = this.source[this.at];
      if (character === undefined) throw this.fault(start, 'The template literal does not end');
      this.at += 1;
      if (character === '`') return [...parts, text];
      if (character === '$' && this.source[this.at] === '{') {
        const inner = new Scanner(this.source, this.at + 1, this.depth + 1).scan();
        parts.push(text, inner.tokens);
        text = '';
        this.at = inner.at + 1;
      } else {
        text += character === '\\' ? this.escaped() : character;
      }
    }
  }

  private fault(offset: number, message: string): ExpressionError {
    return syntaxFault(this.source, offset, message);
  }
}

/** The tokens of an expression, ended by an `end`. Throws ExpressionError. */
export const tokensOf = (source: string): Token[] => new Scanner(source, 0, 0).scan().tokens;
