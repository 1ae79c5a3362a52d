/** What the places of a draft are called, and what stands there, in words: for whoever chooses between two. Pure. */
import type { Underpinning } from '../../../../src/contract/agreements';
import { WORK_TYPE_NAMES } from '../../../shared/work-types';
import type { WorkTypeKey } from '../../../shared/kinds';
import { CARD } from '../agreement/words';
import type { Json } from './merge';

const CELLS: Readonly<Record<string, string>> = Object.fromEntries(CARD.flatMap(({ cells }) => cells.map(({ key, name }) => [key, name])));

const NAMES: Readonly<Record<string, string>> = {
  name: 'Name',
  provider: 'Provided by',
  customer: 'For',
  owner: 'Owner',
  services: 'Services',
  scope: 'What it is about',
  exclusions: 'Not included',
  duties: 'What the customer does',
  card: 'Specification card',
  readiness: 'Counts as ready',
  price: 'Price',
  timeZone: 'Time zone',
  serviceHours: 'Service hours',
  supportHours: 'Support hours',
  availability: 'Availability',
  targets: 'Targets',
  volumes: 'Volumes',
  standards: 'Standard calls and changes',
  requesters: 'May ask besides',
  validFrom: 'First day',
  validUntil: 'Last day',
  noticeMonths: 'Notice, months',
  reviewOn: 'Next review',
  reviewMonths: 'Review every so many months',
  renewal: 'Renewal',
  reporting: 'Report',
  consequences: 'When a promise is missed',
  clauses: 'Clauses',
  documents: 'Documents',
  own: 'Own part',
  handling: 'own handling',
  hours: 'own hours',
  under: 'What lies under it',
  respond: 'answer',
  deliver: 'restore or deliver',
  calendar: 'counted in',
  percent: 'at least, percent',
  window: 'measured over',
  most: 'at most',
  per: 'per',
  text: 'text',
  lines: 'measured',
  value: 'value',
  label: 'what',
  what: 'what',
  kind: 'kind',
  amount: 'amount',
  currency: 'currency',
  unit: 'unit',
  indexation: 'indexation',
  charges: 'extra charges',
  months: 'months',
  title: 'title',
  url: 'address',
  type: 'kind of call',
  for: 'priority',
  ...CELLS,
};

export const measureWords = (measure: string): string => (/^[1-5]$/.test(measure) ? `P${measure}` : measure);

/** "incident 1" of a target: Incident P1. */
function rowWords(key: string): string {
  const [type = '', measure = ''] = key.split(' ');
  const name = WORK_TYPE_NAMES[type as WorkTypeKey] as string | undefined;
  return name === undefined ? key : `${name} ${measureWords(measure)}`;
}

/** Targets, Incident P1, restore or deliver. */
export const labelOf = (path: readonly string[], nameOf: (id: string) => string): string =>
  path.map((step) => NAMES[step] ?? rowWords(nameOf(step))).join(', ');

/** OLA-007 then UC-003, beside OLA-011 */
export function treeWords(part: Underpinning | undefined, nameOf: (id: string) => string): string {
  if (part === undefined) return 'nothing';
  if ('leg' in part) return `${part.leg} ${nameOf(part.leg) === part.leg ? '' : nameOf(part.leg)}`.trim();
  if ('missing' in part) return `“${part.missing}”, which nobody has agreed to`;
  const parts = 'row' in part ? part.row : part.side;
  const words = parts.map((one) => ('row' in one || 'side' in one ? `(${treeWords(one, nameOf)})` : treeWords(one, nameOf)));
  return words.join('row' in part ? ', then ' : ', beside ');
}

export function wordsOf(value: Json | undefined, path: readonly string[], nameOf: (id: string) => string): string {
  if (path[0] === 'under') return treeWords(value === null || value === undefined ? undefined : (value as Underpinning), nameOf);
  if (value === undefined) return 'not there';
  if (value === null || value === '') return 'nothing';
  if (typeof value === 'string') return nameOf(value);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.map((one) => wordsOf(one, path, nameOf)).join('; ');
  return Object.entries(value)
    .filter(([, one]) => one !== '' && !(Array.isArray(one) && one.length === 0))
    .map(([key, one]) => `${NAMES[key] ?? key}: ${key === 'for' && typeof one === 'string' ? measureWords(one) : wordsOf(one, path, nameOf)}`)
    .join(', ');
}
