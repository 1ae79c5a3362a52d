/** Classes as they are typed, and as the contract reads them. Pure. */
import { z } from 'zod';
import type { ItemClass } from '../../../../src/contract';
import { COMMON_ATTRIBUTES, itemClass } from '../../../../src/contract/register';
import { keyFrom } from '../words';

/** A yes or no is text, as everywhere else that something is typed. */
type AttributeForm = { key: string; name: string; kind: string; choices: string; managed: string; identity: string };
export type ClassForm = {
  key: string;
  name: string;
  prefix: string;
  policy: string;
  verifyMonths: string;
  /** Common attributes that are managed, and those by which a file recognises an item. */
  common: { [key: string]: string };
  byCommon: { [key: string]: string };
  attributes: AttributeForm[];
};
export type ClassesForm = { classes: ClassForm[] };

const yes = (value: boolean): string => (value ? 'yes' : '');

const classFormOf = (of: ItemClass): ClassForm => ({
  key: of.key,
  name: of.name,
  prefix: of.prefix,
  policy: of.policy,
  verifyMonths: String(of.verifyMonths),
  common: Object.fromEntries(COMMON_ATTRIBUTES.map((key) => [key, yes(of.managed.includes(key))])),
  byCommon: Object.fromEntries(COMMON_ATTRIBUTES.map((key) => [key, yes(of.identity.includes(key))])),
  attributes: of.attributes.map(({ key, name, kind, choices }) => ({
    key,
    name,
    kind,
    choices: choices.join(', '),
    managed: yes(of.managed.includes(key)),
    identity: yes(of.identity.includes(key)),
  })),
});

export const formOf = (classes: readonly ItemClass[]): ClassesForm => ({ classes: classes.map(classFormOf) });

/** All common attributes are managed to begin with: it is easier to let go than to win back. */
export const blankClass = (): ClassForm => ({
  key: '',
  name: '',
  prefix: '',
  policy: 'managedHere',
  verifyMonths: '12',
  common: Object.fromEntries(COMMON_ATTRIBUTES.map((key) => [key, 'yes'])),
  byCommon: Object.fromEntries(COMMON_ATTRIBUTES.map((key) => [key, ''])),
  attributes: [],
});

export const blankAttribute = (): AttributeForm => ({ key: '', name: '', kind: 'text', choices: '', managed: 'yes', identity: '' });

/** The keys of what is new are made of its name; those of what is there stay for ever. */
function keyed(attributes: readonly AttributeForm[]): AttributeForm[] {
  const taken: string[] = [...COMMON_ATTRIBUTES, ...attributes.map(({ key }) => key).filter((key) => key !== '')];
  return attributes.map((one) => {
    if (one.key !== '' || one.name.trim() === '') return one;
    const key = keyFrom(one.name, taken);
    taken.push(key);
    return { ...one, key };
  });
}

const ticked = (all: Readonly<Record<string, string>>): string[] => Object.keys(all).filter((key) => all[key] === 'yes');

const choicesOf = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

function rawOf(form: ClassForm, taken: string[]): object {
  const attributes = keyed(form.attributes);
  const key = form.key === '' && form.name.trim() !== '' ? keyFrom(form.name, taken) : form.key;
  taken.push(key);
  const own = (which: 'managed' | 'identity'): string[] => attributes.filter((one) => one[which] === 'yes').map((one) => one.key);
  return {
    key,
    name: form.name,
    prefix: form.prefix.trim(),
    policy: form.policy,
    verifyMonths: Number(form.verifyMonths),
    attributes: attributes.map((one) => ({
      key: one.key,
      name: one.name,
      kind: one.kind,
      choices: one.kind === 'choice' ? choicesOf(one.choices) : [],
    })),
    managed: [...ticked(form.common), ...own('managed')],
    identity: [...ticked(form.byCommon), ...own('identity')],
  };
}

const WRONG: readonly (readonly [RegExp, string])[] = [
  [/^classes\.\d+\.name$/, 'Give the class a name of 1 to 60 letters.'],
  [/\.prefix$/, 'Give 2 to 5 capital letters, such as NET.'],
  [/\.verifyMonths$/, 'Give a number of months from 1 to 60.'],
  [/\.attributes\.\d+\.name$/, 'Give the attribute a name of 1 to 60 letters.'],
  [/\.choices$/, 'Give up to 50 choices of at most 80 letters, with commas between.'],
  [/\.identity$/, 'At most five attributes recognise an item.'],
];

const all = z.object({ classes: z.array(itemClass) });

/** A choice among nothing, and two classes whose keys begin alike. */
function further({ classes }: ClassesForm): [string, string][] {
  return classes.flatMap(({ prefix, attributes }, index) => {
    const place = `classes.${String(index)}`;
    const first = classes.findIndex((one) => one.prefix.trim() === prefix.trim());
    const wrong: [string, string][] = [];
    if (first < index) wrong.push([`${place}.prefix`, `${prefix} begins the keys of another class already.`]);
    attributes.forEach(({ kind, choices }, at) => {
      if (kind === 'choice' && choicesOf(choices).length === 0)
        wrong.push([`${place}.attributes.${String(at)}.choices`, 'Say what may be chosen, with commas between.']);
    });
    return wrong;
  });
}

/** A key that could not be made is a name that was not given. */
const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map(String)
    .join('.')
    .replace(/\.key$/, '.name')
    .replace(/\.(choices|identity)\.\d+$/, '.$1');

export function readClasses(form: ClassesForm): { classes?: ItemClass[]; wrong: ReadonlyMap<string, string> } {
  const taken = form.classes.map(({ key }) => key).filter((key) => key !== '');
  const { data, error } = all.safeParse({ classes: form.classes.map((one) => rawOf(one, taken)) });
  const wrong = new Map<string, string>(further(form));
  for (const { path } of error?.issues ?? []) {
    const place = placeOf(path);
    wrong.set(place, WRONG.find(([pattern]) => pattern.test(place))?.[1] ?? 'This cannot be used as it is.');
  }
  return { ...(data && wrong.size === 0 && { classes: data.classes }), wrong };
}

/** How many of its attributes are managed, of how many. */
export const managedOf = ({ common, attributes }: ClassForm): { n: number; of: number } => ({
  n: ticked(common).length + attributes.filter(({ managed }) => managed === 'yes').length,
  of: COMMON_ATTRIBUTES.length + attributes.length,
});
