/** Tokens to a tree, by binding power (Pratt). */
import type { BinaryOperator, Node } from './ast';
import { Cursor, shown } from './cursor';
import { guarded } from './errors';
import { tokensOf, type Token } from './tokens';

const BINARY: Record<string, { power: number; operator: BinaryOperator }> = Object.fromEntries(
  ([['??'], ['||'], ['&&'], ['==', '!='], ['<', '<=', '>', '>='], ['+', '-'], ['*', '/', '%']] as BinaryOperator[][]).flatMap((level, index) =>
    level.map((operator) => [operator, { power: index + 2, operator }]),
  ),
);
const CHOICE_POWER = 1;
const UNARY_POWER = 9;

const LITERALS: Record<string, null | boolean> = { null: null, true: true, false: false };
/** Jira's own words for a token where an operand should stand (OpenAPI: example of analyseExpression). */
const OPERAND_EXPECTED = '!, -, typeof, (, IDENTIFIER, null, true, false, NUMBER, STRING, TEMPLATE_LITERAL, new, [ or { expected';

class Parser extends Cursor {
  /** A whole expression, or the statements that stand for one. */
  whole(): Node {
    const node = this.statements();
    if (this.token.type !== 'end') throw this.fault(`${shown(this.token)} encountered where the expression should end`);
    return node;
  }

  /** Variables, then the one thing that is the value: [let] a = 1; ... return x; */
  private statements(): Node {
    return this.nested(() => {
      const { start } = this.token;
      const bindings: { name: string; value: Node }[] = [];
      while (this.is('let') || (this.isFree(this.token) && this.is('=', this.peek(1)))) {
        this.skip('let');
        const name = this.name();
        this.expect('=');
        bindings.push({ name, value: this.expression() });
        this.expect(';');
      }
      const body = this.conclusion();
      this.skip(';');
      return bindings.length === 0 ? body : { kind: 'let', bindings, body, start, end: body.end };
    });
  }

  private conclusion(): Node {
    const { start } = this.token;
    if (this.skip('if')) return this.choice(start);
    if (this.skip('try')) {
      const body = this.block();
      this.expect('catch');
      this.expect('(');
      const name = this.name();
      this.expect(')');
      const handler = this.block();
      return { kind: 'try', body, name, handler, start, end: handler.end };
    }
    if (this.skip('throw')) {
      const value = this.expression();
      return { kind: 'throw', value, start, end: value.end };
    }
    this.skip('return');
    return this.expression();
  }

  private choice(start: number): Node {
    return this.nested(() => {
      this.expect('(');
      const test = this.expression();
      this.expect(')');
      const then = this.block();
      this.expect('else');
      const second = this.token.start;
      const otherwise = this.skip('if') ? this.choice(second) : this.block();
      return { kind: 'choice', test, then, otherwise, start, end: otherwise.end };
    });
  }

  private block(): Node {
    this.expect('{');
    const body = this.statements();
    this.expect('}');
    return body;
  }

  private expression(power = 0): Node {
    return this.nested(() => {
      if (this.startsArrow()) return this.arrow();
      let left = this.postfix(this.operand());
      for (;;) {
        const { token } = this;
        const binary = token.type === 'sign' ? BINARY[token.text] : undefined;
        if (binary && binary.power > power) {
          this.take();
          const right = this.expression(binary.power);
          left = { kind: 'binary', operator: binary.operator, left, right, start: left.start, end: right.end };
        } else if (this.is('?') && CHOICE_POWER > power) {
          this.take();
          const then = this.expression();
          this.expect(':');
          const otherwise = this.expression();
          left = { kind: 'choice', test: left, then, otherwise, start: left.start, end: otherwise.end };
        } else {
          return left;
        }
      }
    });
  }

  private startsArrow(): boolean {
    if (this.isFree(this.token)) return this.is('=>', this.peek(1));
    if (!this.is('(')) return false;
    let ahead = 1;
    while (this.isFree(this.peek(ahead)) && this.is(',', this.peek(ahead + 1))) ahead += 2;
    if (this.isFree(this.peek(ahead))) ahead += 1;
    return this.is(')', this.peek(ahead)) && this.is('=>', this.peek(ahead + 1));
  }

  private arrow(): Node {
    const { start } = this.token;
    const names: string[] = [];
    if (this.skip('(')) {
      while (!this.is(')')) {
        names.push(this.name());
        this.skip(',');
      }
      this.expect(')');
    } else {
      names.push(this.name());
    }
    this.expect('=>');
    const body = this.is('{') && !this.startsMap() ? this.block() : this.expression();
    return { kind: 'arrow', names, body, start, end: body.end };
  }

  /** Unlike JavaScript, `x => { key: x }` answers a map; braces are a block only where no key follows. */
  private startsMap(): boolean {
    const key = this.peek(1);
    return this.is('}', key) || ((key?.type === 'name' || key?.type === 'string' || key?.type === 'number') && this.is(':', this.peek(2)));
  }

  private operand(): Node {
    const token = this.take();
    const { start, end } = token;
    if (token.type === 'number' || token.type === 'string') return { kind: 'literal', value: token.value, start, end };
    if (token.type === 'template') {
      const parts = token.parts.map((one) => (typeof one === 'string' ? one : new Parser(this.source, one, this.depth).whole()));
      return { kind: 'template', parts, start, end };
    }
    if (token.type === 'end') throw this.fault(`${OPERAND_EXPECTED}, end of expression encountered.`, token);
    if (token.type === 'name' && Object.hasOwn(LITERALS, token.text)) return { kind: 'literal', value: LITERALS[token.text] ?? null, start, end };
    if (this.isFree(token)) return { kind: 'name', name: token.text, start, end };
    return this.compound(token, start);
  }

  private compound(token: Token & { text: string }, start: number): Node {
    const { text } = token;
    switch (text) {
      case '!':
      case '-':
      case 'typeof': {
        const operand = this.expression(UNARY_POWER);
        return { kind: 'unary', operator: text, operand, start, end: operand.end };
      }
      case '(': {
        const inner = this.expression();
        this.expect(')');
        return { ...inner, start, end: this.lastEnd };
      }
      case '[': {
        const items = this.sequence(']', () => this.expression());
        return { kind: 'list', items, start, end: this.lastEnd };
      }
      case '{': {
        const entries = this.sequence('}', () => this.entry());
        return { kind: 'map', entries, start, end: this.lastEnd };
      }
      case 'new': {
        const type = this.name();
        this.expect('(');
        const parameters = this.sequence(')', () => this.expression());
        return { kind: 'new', type, parameters, start, end: this.lastEnd };
      }
      default:
        throw this.fault(`${OPERAND_EXPECTED}, ${text} encountered.`, token);
    }
  }

  /** Things between commas up to the closing sign; a comma may end them. */
  private sequence<T>(close: string, read: () => T): T[] {
    const found: T[] = [];
    while (!this.skip(close)) {
      found.push(read());
      if (!this.skip(',') && !this.is(close)) throw this.fault(`, or ${close} expected, ${shown(this.token)} encountered.`);
    }
    return found;
  }

  private entry(): { key: Node; value: Node } {
    const token = this.take();
    const { start, end } = token;
    if (token.type !== 'name' && token.type !== 'string' && token.type !== 'number') {
      throw this.fault(`IDENTIFIER or STRING expected, ${shown(token)} encountered.`, token);
    }
    this.expect(':');
    const key: Node = { kind: 'literal', value: 'text' in token ? token.text : String(token.value), start, end };
    return { key, value: this.expression() };
  }

  private postfix(operand: Node): Node {
    let node = operand;
    const { start } = operand;
    for (;;) {
      const optional = this.is('?.');
      if (this.skip('?.') || this.skip('.')) {
        if (optional && this.skip('[')) node = this.computed(node, true);
        else node = { kind: 'member', object: node, property: this.propertyName(), optional, start, end: this.lastEnd };
      } else if (this.skip('[')) {
        node = this.computed(node, false);
      } else if (this.skip('(')) {
        const parameters = this.sequence(')', () => this.expression());
        node = { kind: 'call', callee: node, parameters, start, end: this.lastEnd };
      } else {
        return node;
      }
    }
  }

  private computed(object: Node, optional: boolean): Node {
    const property = this.expression();
    this.expect(']');
    return { kind: 'member', object, property, optional, start: object.start, end: this.lastEnd };
  }

  /** After a dot every word may stand, also a reserved one. */
  private propertyName(): Node {
    const { token } = this;
    if (token.type !== 'name') throw this.fault(`IDENTIFIER expected, ${shown(token)} encountered.`);
    this.take();
    return { kind: 'literal', value: token.text, start: token.start, end: token.end };
  }
}

/** Reads an expression. Throws ExpressionError. */
export const parse = (source: string): Node => guarded(() => new Parser(source, tokensOf(source)).whole());
