/** The settings while they are edited: which page holds what, what is wrong where, what was changed. Pure. */
import type { Supplier } from '../../../src/contract';
import { usmSettings, type Calendar, type UsmSettings } from '../../../src/contract/settings';

export const SECTIONS = [
  { key: 'people', name: 'People', parts: ['accountable'] },
  { key: 'priority', name: 'Priority', parts: ['priority', 'priorities'] },
  { key: 'lists', name: 'Waiting and changes', parts: ['waitingReasons', 'changeCategories'] },
  { key: 'calendars', name: 'Support hours', parts: ['calendars'] },
  { key: 'closing', name: 'Closing and trends', parts: ['reopenDays', 'silentConfirmation', 'trend'] },
  { key: 'notices', name: 'Who is told', parts: ['notices'] },
  { key: 'suppliers', name: 'Suppliers', parts: ['suppliers'] },
  { key: 'file', name: 'Export and import', parts: [] },
] as const satisfies readonly { key: string; name: string; parts: readonly (keyof UsmSettings)[] }[];

export type SectionKey = (typeof SECTIONS)[number]['key'];

const partsOf = (key: SectionKey): readonly (keyof UsmSettings)[] => SECTIONS.find((one) => one.key === key)?.parts ?? [];

/** The parts of one page of these settings. */
export const pickSection = (settings: UsmSettings, key: SectionKey): Partial<UsmSettings> =>
  Object.fromEntries(partsOf(key).map((part) => [part, settings[part]]));

export const isChanged = (draft: UsmSettings, kept: UsmSettings, key: SectionKey): boolean =>
  JSON.stringify(pickSection(draft, key)) !== JSON.stringify(pickSection(kept, key));

/** What is kept after a save: one page's parts over whatever is there now. */
export const withSection = (base: UsmSettings, draft: UsmSettings, key: SectionKey): UsmSettings => ({ ...base, ...pickSection(draft, key) });

/** Path in the document -> what is wrong there. */
export type Wrong = ReadonlyMap<string, string>;

const WORDS: readonly [RegExp, string][] = [
  [/^priority\./, 'Choose 1 to 5.'],
  [/^waitingReasons$/, 'Keep 1 to 30 reasons.'],
  [/^waitingReasons\.\d+$/, 'Give it 1 to 60 letters.'],
  [/^changeCategories$/, 'Keep 1 to 12 categories.'],
  [/^changeCategories\.\d+\.name$/, 'Give it 1 to 60 letters.'],
  [/\.planningDays$/, 'Give 0 to 365 days.'],
  [/^calendars$/, 'Keep 1 to 50 calendars.'],
  [/^calendars\.\d+\.name$/, 'Give it a name of 1 to 80 letters.'],
  [/\.timeZone$/, 'Use a name such as Europe/Amsterdam.'],
  [/\.(from|to)$/, 'Give a time from 00:00 to 24:00, such as 08:30.'],
  [/\.week\.\d+$/, 'At most four spans a day.'],
  [/\.holidays\.\d+\.date$/, 'Give a day.'],
  [/\.holidays\.\d+\.name$/, 'Give it a name of 1 to 80 letters.'],
  [/^reopenDays$/, 'Give 0 to 60 days.'],
  [/^silentConfirmation\.days$/, 'Give 1 to 60 days.'],
  [/^suppliers\.\d+\.name$/, 'Give it a name of 1 to 80 letters.'],
  [/^suppliers\.\d+\.space\.projectId$/, 'Choose the space where they work.'],
  [/^suppliers\.\d+\.space\.typeId$/, 'Choose what is made there.'],
  [/^suppliers$/, 'Keep at most 50 suppliers.'],
  [/^trend\.incidents$/, 'Give 2 to 100 incidents.'],
  [/^trend\.days$/, 'Give 1 to 365 days.'],
];

const wordFor = (path: string): string => WORDS.find(([pattern]) => pattern.test(path))?.[1] ?? 'This cannot be used as it is.';

/** What cannot be kept, in words, by path. */
export function wrongPlaces(settings: UsmSettings): Wrong {
  const result = usmSettings.safeParse(settings);
  if (result.success) return new Map();
  const places = result.error.issues.map(({ path, code }) => ({ at: path.join('.'), code }));
  const wrongBegin = (at: string): boolean => places.some((one) => one.at === at.replace(/to$/, 'from'));
  return new Map(
    places.flatMap(({ at, code }): [string, string][] => {
      // Both are times; only their order is wrong, which is worth a word once the beginning is right.
      const order = code === 'custom' && at.endsWith('.to');
      return order && wrongBegin(at) ? [] : [[at, order ? 'It ends before it begins.' : wordFor(at)]];
    }),
  );
}

export const wrongOf = (wrong: Wrong, key: SectionKey): [string, string][] =>
  [...wrong].filter(([path]) => partsOf(key).some((part) => path === part || path.startsWith(`${part}.`)));

/** Records name a supplier by its id, so that no id is given twice as long as somebody has it. */
export function newSupplier(existing: readonly Supplier[]): Supplier {
  const last = Math.max(0, ...existing.map(({ id }) => Number(id.replace('supplier-', ''))));
  return { id: `supplier-${String(last + 1)}`, name: '', space: { projectId: '', key: '', name: '', typeId: '', typeName: '' } };
}

const OFFICE = { from: '08:00', to: '17:00' };

/** Ids are never shown; agreements will point at them, so they never change. */
export function newCalendar(existing: readonly Calendar[]): Calendar {
  const taken = new Set(existing.map(({ id }) => id));
  let number = existing.length + 1;
  while (taken.has(`calendar-${String(number)}`)) number++;
  const zone = existing[0]?.timeZone ?? 'UTC';
  return {
    id: `calendar-${String(number)}`,
    name: `Calendar ${String(number)}`,
    timeZone: zone,
    week: [[OFFICE], [OFFICE], [OFFICE], [OFFICE], [OFFICE], [], []],
    holidays: [],
  };
}

/** One of a list changed, or taken out. */
export const replaced = <Item>(list: readonly Item[], index: number, item: Item): Item[] => list.map((one, at) => (at === index ? item : one));
export const without = <Item>(list: readonly Item[], index: number): Item[] => list.filter((_, at) => at !== index);

/** The number somebody typed; what is no number stays wrong until it is one. */
export const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));
export const textOf = (number: number): string => (Number.isNaN(number) ? '' : String(number));
