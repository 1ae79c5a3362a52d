/** Evaluates a tree. Every step is counted; whatever goes wrong is an ExpressionError that names the part at fault. */
import type { BinaryOperator, Node } from './ast';
import { invoke, read } from './access';
import { checkedText, type Budget } from './budget';
import { CONSTRUCTORS, GLOBALS, type Constructor, type Place } from './builtins';
import { ExpressionError, typeFault } from './errors';
import { Parameters } from './parameters';
import { Callable, Dict, Thing, equal, order, textOf, truthy, typeOf, type Value } from './values';

export interface World extends Place {
  budget: Budget;
  /** Context variables: issue, user, ... */
  variables: Record<string, Value>;
  /** Constructors of Jira's types: new Issue(...) */
  constructors: Record<string, Constructor>;
}

type Scope = { readonly name: string; readonly value: Value; readonly outer: Scope } | undefined;

const ARITHMETIC: Partial<Record<BinaryOperator, (a: number, b: number) => number>> = {
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};
const ORDERS: Partial<Record<BinaryOperator, (order: number) => boolean>> = {
  '<': (one) => one < 0,
  '<=': (one) => one <= 0,
  '>': (one) => one > 0,
  '>=': (one) => one >= 0,
};

class Interpreter {
  constructor(
    private readonly source: string,
    private readonly world: World,
  ) {}

  evaluate(node: Node, scope: Scope): Value {
    const { budget } = this.world;
    budget.step();
    return budget.deeper(() => {
      try {
        return this.valueOf(node, scope);
      } catch (error) {
        if (error instanceof ExpressionError) error.fragment ??= this.text(node);
        throw error;
      }
    });
  }

  private text(node: Node): string {
    return this.source.slice(node.start, node.end);
  }

  private valueOf(node: Node, scope: Scope): Value {
    switch (node.kind) {
      case 'literal':
        return node.value;
      case 'template':
        return checkedText(node.parts.map((one) => (typeof one === 'string' ? one : textOf(this.evaluate(one, scope)))).join(''));
      case 'name':
        return this.variable(node.name, scope);
      case 'list':
        return node.items.map((one) => this.evaluate(one, scope));
      case 'map':
        return new Dict(new Map(node.entries.map(({ key, value }) => [String(this.evaluate(key, scope)), this.evaluate(value, scope)])));
      case 'member':
        return this.member(node, scope);
      case 'call':
        return this.call(node, scope);
      case 'new':
        return this.construct(node, scope);
      case 'unary':
        return this.unary(node, scope);
      case 'binary':
        return this.binary(node, scope);
      case 'choice':
        return this.evaluate(truthy(this.evaluate(node.test, scope)) ? node.then : node.otherwise, scope);
      case 'arrow':
        return this.closure(node, scope);
      case 'let': {
        const inner = node.bindings.reduce<Scope>((outer, { name, value }) => ({ name, value: this.evaluate(value, outer), outer }), scope);
        return this.evaluate(node.body, inner);
      }
      case 'try':
        return this.attempt(node, scope);
      case 'throw':
        throw thrown(this.evaluate(node.value, scope));
    }
  }

  private find(name: string, scope: Scope): Value | undefined {
    for (let one = scope; one; one = one.outer) if (one.name === name) return one.value;
    if (Object.hasOwn(this.world.variables, name)) return this.world.variables[name];
    return Object.hasOwn(GLOBALS, name) ? GLOBALS[name] : undefined;
  }

  private variable(name: string, scope: Scope): Value {
    const value = this.find(name, scope);
    if (value === undefined) throw typeFault(`Unrecognized variable: "${name}"`);
    return value;
  }

  private member({ object, property, optional }: Node & { kind: 'member' }, scope: Scope): Value {
    const base = this.evaluate(object, scope);
    if (optional && base === null) return null;
    const key = property.kind === 'literal' ? property.value : this.evaluate(property, scope);
    if (!optional) return read(base, key, this.text(object));
    return this.orNull(() => read(base, key, this.text(object)));
  }

  /** What `?.` does: a property that cannot be read is null. */
  private orNull(work: () => Value): Value {
    try {
      return work();
    } catch (error) {
      if (error instanceof ExpressionError && error.kind === 'type') return null;
      throw error;
    }
  }

  private call({ callee, parameters }: Node & { kind: 'call' }, scope: Scope): Value {
    if (callee.kind !== 'member') {
      const target = this.evaluate(callee, scope);
      if (!(target instanceof Callable)) throw typeFault(`${typeOf(target)} is not a function`);
      return target.apply(parameters.map((one) => this.evaluate(one, scope)));
    }
    const object = this.evaluate(callee.object, scope);
    if (callee.optional && object === null) return null;
    const name = this.evaluate(callee.property, scope);
    const given = parameters.map((one) => this.evaluate(one, scope));
    if (typeof name !== 'string') throw typeFault(`${typeOf(name)} cannot name a method`);
    return invoke(object, name, given, this.text(callee.object));
  }

  private construct({ type, parameters }: Node & { kind: 'new' }, scope: Scope): Value {
    const { constructors } = this.world;
    const make = Object.hasOwn(constructors, type) ? constructors[type] : Object.hasOwn(CONSTRUCTORS, type) ? CONSTRUCTORS[type] : undefined;
    if (!make) throw typeFault(`There is no constructor of type '${type}'`);
    const given = parameters.map((one) => this.evaluate(one, scope));
    return make(new Parameters(`new ${type}`, given), this.world);
  }

  private unary({ operator, operand }: Node & { kind: 'unary' }, scope: Scope): Value {
    if (operator === 'typeof' && operand.kind === 'name' && this.find(operand.name, scope) === undefined) return 'undefined';
    const value = this.evaluate(operand, scope);
    if (operator === 'typeof') return typeOf(value);
    if (operator === '!') return !truthy(value);
    if (typeof value !== 'number') throw typeFault(`Can't negate ${typeOf(value)}.`);
    return -value;
  }

  private binary({ operator, left, right }: Node & { kind: 'binary' }, scope: Scope): Value {
    const first = this.evaluate(left, scope);
    if (operator === '&&') return truthy(first) ? this.evaluate(right, scope) : first;
    if (operator === '||') return truthy(first) ? first : this.evaluate(right, scope);
    if (operator === '??') return first ?? this.evaluate(right, scope);
    const second = this.evaluate(right, scope);
    if (operator === '==') return equal(first, second);
    if (operator === '!=') return !equal(first, second);
    const holds = ORDERS[operator];
    if (holds) return holds(order(first, second));
    if (operator === '+' && (typeof first === 'string' || typeof second === 'string')) return checkedText(textOf(first) + textOf(second));
    if (typeof first !== 'number' || typeof second !== 'number') {
      throw typeFault(`The operator ${operator} cannot be applied to ${typeOf(first)} and ${typeOf(second)}.`);
    }
    return operator === '+' ? first + second : (ARITHMETIC[operator]?.(first, second) ?? NaN);
  }

  private closure({ names, body }: Node & { kind: 'arrow' }, scope: Scope): Value {
    return new Callable((given) =>
      this.evaluate(
        body,
        names.reduce<Scope>((outer, name, index) => ({ name, value: given[index] ?? null, outer }), scope),
      ),
    );
  }

  private attempt({ body, name, handler }: Node & { kind: 'try' }, scope: Scope): Value {
    try {
      return this.evaluate(body, scope);
    } catch (error) {
      if (!(error instanceof ExpressionError) || !error.catchable) throw error;
      return this.evaluate(handler, { name, value: errorThing(error), outer: scope });
    }
  }
}

/** What `catch (e)` gets. */
function errorThing(error: ExpressionError): Value {
  const { message, fragment = null } = error;
  const members = { message: () => message, location: () => fragment };
  return new Thing({ type: 'Error', identity: message, members, bean: () => ({ message }) });
}

const thrown = (value: Value): ExpressionError =>
  new ExpressionError(value instanceof Thing && value.type === 'Error' ? textOf(value.parts.members.message?.() ?? '') : textOf(value), 'other');

/** Evaluates what `parse` read from `source`. Throws ExpressionError. */
export const interpret = (source: string, node: Node, world: World): Value => new Interpreter(source, world).evaluate(node, undefined);
