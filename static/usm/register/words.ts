/** What lives, attributes, policies and ages are called in the register. Pure. */
import type { CommonAttribute, Criticality, DataPolicy, VersionCause } from '../../../src/contract';
import { LIFE, type LifeKey } from '../../../src/contract/register-words';
import { DAY } from '../../shared/time';
import type { Tone } from '../../shared/kinds';

const TONES: Readonly<Record<LifeKey, Tone>> = {
  planned: 'information',
  ordered: 'information',
  inPreparation: 'information',
  inUse: 'success',
  suspended: 'warning',
  retired: 'neutral',
  disposed: 'neutral',
};

export const lifeOf = (life: LifeKey): { name: string; tone: Tone } => ({ name: LIFE[life], tone: TONES[life] });

export const ATTRIBUTES: Readonly<Record<CommonAttribute, string>> = {
  name: 'Name',
  life: 'Life cycle',
  keeper: 'Kept by',
  location: 'Location',
  criticality: 'Criticality',
  supplier: 'Supplier',
  uc: 'Supplier agreement',
};

export const CRITICALITY_NAMES: Readonly<Record<Criticality, string>> = { low: 'Low', medium: 'Medium', high: 'High' };

export const POLICIES: Readonly<Record<DataPolicy, { name: string; text: string }>> = {
  managedHere: { name: 'Managed here', text: 'Its data are kept here and nowhere else.' },
  linked: { name: 'Linked', text: 'Its data are kept elsewhere; this register names it.' },
  replicated: { name: 'Replicated', text: 'Its data are kept elsewhere and copied here, by a file or a link.' },
  manual: { name: 'By hand', text: 'Its data are kept here; whoever keeps it writes them by hand.' },
};

export const CAUSES: Readonly<Record<VersionCause, string>> = {
  registered: 'Registered',
  change: 'By a change',
  direct: 'Edited',
  unauthorised: 'Without a work item',
  import: 'From a file',
  undo: 'Taken back',
  verified: 'Verified',
};

const MONTH = 30.44 * DAY;
const some = (count: number, one: string): string => `${String(count)} ${one}${count === 1 ? '' : 's'}`;

/** today, 5 days, 3 months, 13 months, 3 years */
export function ageWords(ms: number): string {
  const days = Math.floor(Math.max(0, ms) / DAY);
  if (days < 1) return 'today';
  if (days < 31) return some(days, 'day');
  const months = Math.floor(days / (MONTH / DAY));
  return months < 24 ? some(Math.max(1, months), 'month') : some(Math.floor(months / 12), 'year');
}

export const number = (count: number): string => count.toLocaleString('en-GB');

/** A word that names an attribute in data, made of what people call it: Serial number is serialNumber. */
export function keyFrom(name: string, taken: readonly string[]): string {
  const words = name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const joined = words.map((word, index) => (index === 0 ? word : `${word.charAt(0).toUpperCase()}${word.slice(1)}`)).join('');
  const base = (/^[a-z]/.test(joined) ? joined : `a${joined}`).slice(0, 20);
  for (let count = 1; ; count += 1) {
    const key = count === 1 ? base : `${base}${String(count)}`;
    if (!taken.includes(key)) return key;
  }
}
