/** What the selects of the editor offer. */
import type { WritingChoices } from '../../../../src/contract';
import { WORK_TYPE_NAMES } from '../../../shared/work-types';
import type { Option } from '../../editing/fields';

export const TYPES: readonly Option[] = Object.entries(WORK_TYPE_NAMES).map(([value, name]) => ({ value, name }));

export const MEASURES: readonly Option[] = [
  ...['1', '2', '3', '4', '5'].map((value) => ({ value, name: `P${value}` })),
  { value: 'all', name: 'all' },
  { value: 'standard', name: 'standard' },
];

const PER = { day: 'a day', week: 'a week', month: 'a month', quarter: 'a quarter', year: 'a year' };
export const PERIODS: readonly Option[] = Object.entries(PER).map(([value, name]) => ({ value, name }));
export const WINDOWS: readonly Option[] = PERIODS.filter(({ value }) => ['month', 'quarter', 'year'].includes(value));
export const PRICE_KINDS: readonly Option[] = [
  { value: '', name: 'not said yet' },
  { value: 'included', name: 'included' },
  { value: 'amount', name: 'an amount' },
];
export const PRICE_PERIODS: readonly Option[] = [{ value: 'once', name: 'once' }, ...WINDOWS];
export const REPORTS: readonly Option[] = [
  { value: 'none', name: 'none' },
  { value: 'month', name: 'every month' },
  { value: 'quarter', name: 'every quarter' },
  { value: 'year', name: 'every year' },
];
export const RENEWALS: readonly Option[] = [
  { value: '', name: 'not said yet' },
  { value: 'none', name: 'none, it ends' },
  { value: 'byAgreement', name: 'by agreement of both' },
  { value: 'silent', name: 'in silence, unless somebody gives notice' },
];

export const calendarOptions = (calendars: WritingChoices['calendars'], none?: string): Option[] => [
  ...(none === undefined ? [] : [{ value: '', name: none }]),
  ...calendars.map(({ id, name }) => ({ value: id, name })),
];
