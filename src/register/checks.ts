/** What stands against an item, or against a list of classes, as findings. Pure. */
import { COMMON_ATTRIBUTES, type ItemClass, type ManagedItem, type RegisterFinding } from '../contract';
import { attributeName } from './words';

const NUMBER = /^-?\d{1,15}(\.\d{1,6})?$/;
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** In words: what such a value has to be; undefined: it is. */
export function unfit({ kind, choices }: ItemClass['attributes'][number], value: string): string | undefined {
  switch (kind) {
    case 'number':
      return NUMBER.test(value) ? undefined : 'is a number, such as 12 or 0.5';
    case 'date':
      return DAY.test(value) && !Number.isNaN(Date.parse(value)) ? undefined : 'is a day, such as 2026-11-20';
    case 'choice':
      return choices.includes(value) ? undefined : `is one of: ${choices.join(', ')}`;
    default:
      return undefined;
  }
}

/** `before`: values that were there already stay, even where the class wants others by now. */
export function itemFindings(item: ManagedItem, classes: readonly ItemClass[], before?: ManagedItem): RegisterFinding[] {
  const of = classes.find((one) => one.key === item.class);
  if (!of) return [{ kind: 'class', text: `There is no class "${item.class}". Choose one that is, or make it under Classes.`, path: 'class' }];
  return Object.entries(item.attributes).flatMap(([key, value]): RegisterFinding[] => {
    if (before?.attributes[key] === value) return [];
    const path = `attributes.${key}`;
    const definition = of.attributes.find((one) => one.key === key);
    if (!definition) return [{ kind: 'attribute', text: `${of.name} has no attribute "${key}". Take it out, or add it to the class.`, path }];
    const wrong = unfit(definition, value);
    return wrong === undefined ? [] : [{ kind: 'value', text: `${definition.name} ${wrong}. "${value.slice(0, 60)}" is not.`, path }];
  });
}

const twice = (all: readonly string[]): string[] => [...new Set(all.filter((one, index) => all.indexOf(one) !== index))];

/** `used`: how many items each class has. */
export function classFindings(classes: readonly ItemClass[], before: readonly ItemClass[], used: ReadonlyMap<string, number>): RegisterFinding[] {
  const found: RegisterFinding[] = [];
  const tell = (kind: string, text: string, path?: string): void => void found.push({ kind, text, ...(path !== undefined && { path }) });
  for (const [what, all] of [
    ['key', classes.map(({ key }) => key)],
    ['name', classes.map(({ name }) => name.toLowerCase())],
    ['prefix', classes.map(({ prefix }) => prefix)],
  ] as const) {
    for (const one of twice(all)) tell('twice', `Two classes have the ${what} "${one}". Give one of them another.`, what);
  }
  for (const { key, name } of before) {
    const items = used.get(key) ?? 0;
    if (items > 0 && !classes.some((one) => one.key === key)) {
      tell('inUse', `${name} has ${String(items)} ${items === 1 ? 'item' : 'items'}, so it stays. Retire them, or keep the class.`, key);
    }
  }
  for (const of of classes) {
    const own = of.attributes.map(({ key }) => key);
    const known = new Set<string>([...COMMON_ATTRIBUTES, ...own]);
    const path = of.key;
    for (const one of twice(own)) tell('twice', `${of.name} has the attribute "${one}" twice. Take one out.`, path);
    for (const one of own.filter((key) => COMMON_ATTRIBUTES.some((common) => common === key))) {
      tell('common', `Every item has "${attributeName(undefined, one)}" already. Give the attribute of ${of.name} another name.`, path);
    }
    for (const one of of.attributes) {
      if (one.kind === 'choice' && one.choices.length === 0)
        tell('choices', `${one.name} of ${of.name} has nothing to choose from. Say the choices.`, path);
    }
    for (const one of [...of.managed, ...of.identity]) {
      if (!known.has(one)) tell('attribute', `${of.name} has no attribute "${one}", so it can be neither managed nor recognised by.`, path);
    }
  }
  return found;
}
