/** The arguments of a method, taken out by the type that they must have. */
import { typeFault } from './errors';
import { Callable, isList, textOf, typeOf, type Value } from './values';

export class Parameters {
  constructor(
    private readonly name: string,
    readonly all: readonly Value[],
  ) {}

  has(index: number): boolean {
    return index < this.all.length;
  }

  any(index: number): Value {
    const value = this.all[index];
    if (value === undefined) throw typeFault(`${this.name} needs at least ${index + 1} argument(s)`);
    return value;
  }

  text(index: number): string {
    const value = this.any(index);
    return typeof value === 'string' ? value : this.wrong(index, 'String', value);
  }

  /** A text, or this one where the argument is left out. */
  textOr(index: number, otherwise: string): string {
    return this.has(index) ? this.text(index) : otherwise;
  }

  number(index: number): number {
    const value = this.any(index);
    return typeof value === 'number' && Number.isFinite(value) ? value : this.wrong(index, 'Number', value);
  }

  numberOr(index: number, otherwise: number): number {
    return this.has(index) ? this.number(index) : otherwise;
  }

  function(index: number): Callable {
    const value = this.any(index);
    return value instanceof Callable ? value : this.wrong(index, 'Function', value);
  }

  list(index: number): readonly Value[] {
    const value = this.any(index);
    return isList(value) ? value : this.wrong(index, 'List', value);
  }

  private wrong(index: number, wanted: string, value: Value): never {
    throw typeFault(`Argument ${index + 1} of ${this.name} must be of type ${wanted}, ${typeOf(value)} given (${textOf(value).slice(0, 40)})`);
  }
}

/** The methods of a type, and its properties as methods without arguments. */
export interface Members<T> {
  properties: Record<string, (self: T) => Value>;
  methods: Record<string, (self: T, parameters: Parameters) => Value>;
}
