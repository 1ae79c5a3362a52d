/** A place among the tokens of an expression: what stands there, what may be taken, what is missing. */
import { ExpressionError } from './errors';
import { syntaxFault, type Token } from './tokens';

const RESERVED = new Set(['null', 'true', 'false', 'typeof', 'new', 'let', 'if', 'else', 'try', 'catch', 'throw', 'return']);

/** Brackets inside brackets. */
const DEPTH = 200;

/** A token as faults name it. */
export function shown(token: Token): string {
  if (token.type === 'end') return 'end of expression';
  if (token.type === 'template') return 'TEMPLATE_LITERAL';
  return 'text' in token ? token.text : JSON.stringify(token.value);
}

export class Cursor {
  private index = 0;

  constructor(
    protected readonly source: string,
    private readonly tokens: readonly Token[],
    protected depth = 0,
  ) {}

  protected get token(): Token {
    return this.tokens[this.index] ?? (this.tokens.at(-1) as Token);
  }

  protected peek(ahead: number): Token | undefined {
    return this.tokens[this.index + ahead];
  }

  protected take(): Token {
    const { token } = this;
    if (token.type !== 'end') this.index += 1;
    return token;
  }

  protected is(text: string, token: Token | undefined = this.token): boolean {
    return (token?.type === 'sign' || token?.type === 'name') && token.text === text;
  }

  protected skip(text: string): boolean {
    if (!this.is(text)) return false;
    this.take();
    return true;
  }

  protected expect(text: string): void {
    if (!this.skip(text)) throw this.fault(`${text} expected, ${shown(this.token)} encountered.`);
  }

  protected fault(message: string, { start } = this.token): ExpressionError {
    return syntaxFault(this.source, start, message);
  }

  protected nested<T>(read: () => T): T {
    if (this.depth >= DEPTH) throw new ExpressionError('The expression is nested too deeply', 'limit');
    this.depth += 1;
    try {
      return read();
    } finally {
      this.depth -= 1;
    }
  }

  protected isFree(token: Token | undefined): token is Token & { type: 'name' } {
    return token?.type === 'name' && !RESERVED.has(token.text);
  }

  protected name(): string {
    const { token } = this;
    if (!this.isFree(token)) throw this.fault(`IDENTIFIER expected, ${shown(token)} encountered.`);
    this.take();
    return token.text;
  }

  protected get lastEnd(): number {
    return this.tokens[this.index - 1]?.end ?? 0;
  }
}
