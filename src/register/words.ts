/** What attributes and their values are called. Pure. */
import { COMMON_ATTRIBUTES, type CommonAttribute, type ItemClass, type ManagedItem } from '../contract';
import { LIFE, LIFE_KEYS } from '../method';

export const COMMON_NAMES: Readonly<Record<CommonAttribute, string>> = {
  name: 'Name',
  life: 'Life cycle',
  keeper: 'Kept by',
  location: 'Location',
  criticality: 'Criticality',
  supplier: 'Supplier',
  uc: 'Supplier agreement',
};
/** Not an attribute that anybody sets: when and how an item was looked at. */
export const VERIFIED = 'verified';

const isCommon = (key: string): key is CommonAttribute => COMMON_ATTRIBUTES.some((one) => one === key);

/** An attribute that its class has no more keeps its key for a name. */
export function attributeName(of: ItemClass | undefined, key: string): string {
  if (isCommon(key)) return COMMON_NAMES[key];
  if (key === VERIFIED) return 'Verified';
  return of?.attributes.find((one) => one.key === key)?.name ?? key;
}

/** In the order in which they are shown. */
export const attributesOf = (of: ItemClass | undefined): string[] => [...COMMON_ATTRIBUTES, ...(of?.attributes.map(({ key }) => key) ?? [])];

export const isManaged = (of: ItemClass | undefined, key: string): boolean => of?.managed.includes(key) ?? isCommon(key);

/** What is stored under an attribute. */
export const valueOf = (item: ManagedItem, key: string): string | undefined => (isCommon(key) ? item[key] : item.attributes[key]);

/** Attributes that name a party. */
export const NAMES_PARTY: readonly string[] = ['keeper', 'supplier'];

const isLife = (value: string): value is keyof typeof LIFE => LIFE_KEYS.some((one) => one === value);

/** As people read it. */
export function readable(key: string, value: string | undefined, parties: ReadonlyMap<string, { name: string }>): string | undefined {
  if (value === undefined) return undefined;
  if (key === 'life' && isLife(value)) return LIFE[value];
  if (key === 'criticality') return value.charAt(0).toUpperCase() + value.slice(1);
  if (NAMES_PARTY.includes(key)) return parties.get(value)?.name ?? value;
  return value;
}
