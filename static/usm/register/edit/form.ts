/** An item as it is typed, and as the contract reads it. Pure. */
import type { AttributeDefinition, CommonAttribute, ItemClass, ManagedItem } from '../../../../src/contract';
import { COMMON_ATTRIBUTES, managedItem } from '../../../../src/contract/register';
import { ATTRIBUTES } from '../words';

export type ItemForm = {
  key: string;
  name: string;
  life: string;
  keeper: string;
  location: string;
  criticality: string;
  supplier: string;
  uc: string;
  own: { [key: string]: string };
};

export const BLANK: ItemForm = {
  key: '',
  name: '',
  life: 'inUse',
  keeper: '',
  location: '',
  criticality: '',
  supplier: '',
  uc: '',
  own: {},
};

export const formOf = (item: ManagedItem, of: Pick<ItemClass, 'attributes'>): ItemForm => ({
  key: item.key,
  name: item.name,
  life: item.life,
  keeper: item.keeper ?? '',
  location: item.location ?? '',
  criticality: item.criticality ?? '',
  supplier: item.supplier ?? '',
  uc: item.uc ?? '',
  own: Object.fromEntries(of.attributes.map(({ key }) => [key, item.attributes[key] ?? ''])),
});

const WRONG: Readonly<Record<string, string>> = {
  key: 'A key is one word of at most 40 letters, digits and . _ / -',
  name: 'Give it a name of 1 to 200 letters.',
  location: 'Keep it below 120 letters.',
};

const said = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());

const wrongValue = ({ kind, choices }: AttributeDefinition, value: string): string | undefined => {
  if (value === '') return undefined;
  if (kind === 'number' && !Number.isFinite(Number(value.replace(',', '.')))) return 'Give a number.';
  if (kind === 'choice' && !choices.includes(value)) return 'Choose one of those.';
  return undefined;
};

const newItem = managedItem.omit({ key: true }).extend({ key: managedItem.shape.key.optional() });
type NewItem = Omit<ManagedItem, 'key'> & { key?: string | undefined };

/** The item absent: something cannot be kept as it was typed. What the class does not name stays as it is. */
export function readItem(
  form: ItemForm,
  of: Pick<ItemClass, 'key' | 'attributes'>,
  before: Readonly<Record<string, string>> = {},
): { item?: NewItem; wrong: ReadonlyMap<string, string> } {
  const wrong = new Map<string, string>();
  const own: Record<string, string> = Object.fromEntries(Object.entries(before).filter(([key]) => !of.attributes.some((one) => one.key === key)));
  for (const definition of of.attributes) {
    const value = (form.own[definition.key] ?? '').trim();
    const problem = wrongValue(definition, value);
    if (problem !== undefined) wrong.set(`own.${definition.key}`, problem);
    if (value !== '') own[definition.key] = value;
  }
  const { data, error } = newItem.safeParse({
    key: said(form.key),
    class: of.key,
    name: form.name,
    life: form.life,
    keeper: said(form.keeper),
    location: said(form.location),
    criticality: said(form.criticality),
    supplier: said(form.supplier),
    uc: said(form.uc),
    attributes: own,
  });
  for (const { path } of error?.issues ?? []) {
    const [first = '', second] = path.map(String);
    const place = first === 'attributes' && second !== undefined ? `own.${second}` : first;
    wrong.set(place, WRONG[place] ?? 'This cannot be used as it is.');
  }
  return { ...(data && wrong.size === 0 && { item: data }), wrong };
}

/** Where an attribute is typed. */
export const placeOf = (attribute: string): string => (COMMON_ATTRIBUTES.some((one) => one === attribute) ? attribute : `own.${attribute}`);

/** As placeOf, of a path of the contract: attributes.model is own.model. */
export const placeOfPath = (path: string): string => path.replace(/^item\./, '').replace(/^attributes\./, 'own.');

export const nameOfAttribute = (key: string, of: Pick<ItemClass, 'attributes'>): string =>
  key in ATTRIBUTES ? ATTRIBUTES[key as CommonAttribute] : (of.attributes.find((one) => one.key === key)?.name ?? key);

/** Attributes that say something else than before. */
export const changedOf = (before: ItemForm, form: ItemForm): string[] => [
  ...COMMON_ATTRIBUTES.filter((key) => before[key].trim() !== form[key].trim()),
  ...Object.keys(form.own).filter((key) => (before.own[key] ?? '').trim() !== (form.own[key] ?? '').trim()),
];
