/** The settings as a document: defaults, what is wrong with one, older schemas. Pure. */
import type { z } from 'zod';
import { SETTINGS_BYTES, SETTINGS_SCHEMA, usmSettings, type UsmSettings } from '../../contract';
import { FIELDS, PRIORITY_TABLES, RULES, type RuleId, TREND } from '../../method';

const OFFICE = [{ from: '09:00', to: '17:00' }];
/** Working days of planning that a change category asks for; a category the method does not know asks for none. */
const PLANNING_DAYS: Readonly<Record<string, number>> = { Normal: 5, Significant: 10 };

/** What counts before anybody has changed anything (1.6; 9.4). */
export const DEFAULT_SETTINGS: UsmSettings = {
  schema: SETTINGS_SCHEMA,
  accountable: {},
  priority: PRIORITY_TABLES,
  priorities: {},
  waitingReasons: [...FIELDS.waitingFor.options],
  changeCategories: FIELDS.changeCategory.options.map((name) => ({ name, planningDays: PLANNING_DAYS[name] ?? 0 })),
  calendars: [{ id: 'office-hours', name: 'Office hours', timeZone: 'UTC', week: [OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, [], []], holidays: [] }],
  reopenDays: 5,
  silentConfirmation: { on: false, days: 5 },
  trend: TREND,
  notices: {},
  suppliers: [],
};

export interface Wrong {
  path: string;
  text: string;
}

/** What takes a document of schema n to n + 1, by n. */
export type Migrations = Readonly<Record<number, (document: Record<string, unknown>) => Record<string, unknown>>>;
/** Schema 1 is the first. */
const MIGRATIONS: Migrations = {};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A document of an earlier schema as one of the present one. */
export function migrated(
  document: unknown,
  migrations: Migrations = MIGRATIONS,
  present: number = SETTINGS_SCHEMA,
): { document: unknown } | { wrong: Wrong[] } {
  const refuse = (path: string, text: string) => ({ wrong: [{ path, text }] });
  if (!isObject(document)) return refuse('', 'These are no settings of USM: there is no object with named parts.');
  const { schema } = document;
  if (typeof schema !== 'number' || !Number.isInteger(schema))
    return refuse('schema', 'The number of the schema is missing, so nobody knows how to read this.');
  if (schema > present) {
    return refuse(
      'schema',
      `This was written by a newer version of USM (schema ${String(schema)}). This one reads up to ${String(present)}: update the app first.`,
    );
  }
  let now = document;
  for (let at = schema; at < present; at += 1) {
    const step = migrations[at];
    if (!step) return refuse('schema', `Schema ${String(at)} is too old to be read.`);
    now = { ...step(now), schema: at + 1 };
  }
  return { document: now };
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of named parts',
  record: 'a group of named parts',
};
const UNITS: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' };
const FORMATS: Readonly<Record<string, string>> = { date: 'Write a date as 2026-12-25.' };

/** What zod found, in words a person can act on. */
function inWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `This is missing. It has to be ${KINDS[issue.expected] ?? issue.expected}.`
        : `This has to be ${KINDS[issue.expected] ?? issue.expected}.`;
    case 'invalid_value':
      return `This has to be ${issue.values.map(String).join(' or ')}.`;
    case 'too_small':
      return `At least ${String(issue.minimum)}${UNITS[issue.origin] ?? ''} ${issue.exact ? 'exactly ' : ''}are needed.`;
    case 'too_big':
      return `At most ${String(issue.maximum)}${UNITS[issue.origin] ?? ''} are possible.`;
    case 'invalid_format':
      return FORMATS[issue.format] ?? `This is not written as it should be (${issue.format}).`;
    case 'invalid_key':
      return 'There is no part of this name here.';
    case 'custom':
      return `This ${issue.message}.`;
    default:
      return `This cannot be used: ${issue.message}.`;
  }
}

const pathOf = (path: readonly PropertyKey[]): string => path.map(String).join('.');

/** Named parts of `given` that did not survive into `understood`. */
function unknownParts(given: unknown, understood: unknown, path: readonly PropertyKey[] = []): Wrong[] {
  if (Array.isArray(given) && Array.isArray(understood)) {
    const parts: readonly unknown[] = understood;
    return given.flatMap((one, index) => unknownParts(one, parts[index], [...path, index]));
  }
  if (!isObject(given) || !isObject(understood)) return [];
  return Object.entries(given).flatMap(([name, value]) =>
    Object.hasOwn(understood, name)
      ? unknownParts(value, understood[name], [...path, name])
      : [{ path: pathOf([...path, name]), text: 'There is no setting of this name. Take it away, or correct its name.' }],
  );
}

/** Entries whose name was used by an earlier one. */
function doubled(path: string, names: readonly string[], property: string, what: string): Wrong[] {
  const same = names.map((name) => name.trim().toLowerCase());
  return names.flatMap((name, index) =>
    same.indexOf(same[index] ?? '') < index
      ? [{ path: [path, String(index), property].filter((part) => part !== '').join('.'), text: `${what} \u201c${name}\u201d is there twice.` }]
      : [],
  );
}

/** Hours of one day that lie in each other. */
function overlapping({ calendars }: UsmSettings): Wrong[] {
  return calendars.flatMap(({ week }, calendar) =>
    week.flatMap((hours, day) =>
      hours.flatMap(({ from }, index) =>
        hours.some((other, at) => at !== index && other.from <= from && from < other.to && (other.from < from || at < index))
          ? [{ path: pathOf(['calendars', calendar, 'week', day, index, 'from']), text: 'These hours begin inside other hours of the same day.' }]
          : [],
      ),
    ),
  );
}

/** Rules whose level is the method's, not the organisation's. */
const fixedLevels = ({ levels = {} }: UsmSettings): Wrong[] =>
  (Object.keys(levels) as RuleId[]).flatMap((id) =>
    RULES[id].level === 'configurable' ? [] : [{ path: `levels.${id}`, text: `${id} is always asked. Take this line away.` }],
  );

const contradictions = (settings: UsmSettings): Wrong[] => [
  ...doubled('waitingReasons', settings.waitingReasons, '', 'The waiting reason'),
  ...doubled(
    'changeCategories',
    settings.changeCategories.map((one) => one.name),
    'name',
    'The change category',
  ),
  ...doubled(
    'calendars',
    settings.calendars.map((one) => one.id),
    'id',
    'The calendar',
  ),
  ...settings.calendars.flatMap(({ holidays }, index) =>
    doubled(
      `calendars.${String(index)}.holidays`,
      holidays.map((one) => one.date),
      'date',
      'The holiday',
    ),
  ),
  ...doubled(
    'suppliers',
    settings.suppliers.map((one) => one.id),
    'id',
    'The supplier',
  ),
  ...doubled(
    'suppliers',
    settings.suppliers.map((one) => one.name),
    'name',
    'The supplier',
  ),
  ...overlapping(settings),
  ...fixedLevels(settings),
];

export interface SitePriority {
  id: string;
  name: string;
}

function foreignPriorities({ priorities }: UsmSettings, site: readonly SitePriority[]): Wrong[] {
  return Object.entries(priorities).flatMap(([rank, id]) =>
    site.some((one) => one.id === id)
      ? []
      : [{ path: `priorities.${rank}`, text: `This site has no priority ${id}. Choose one of ${site.map((one) => one.name).join(', ')}.` }],
  );
}

/** A document that came from outside: the settings it means, or everything that is wrong with it. */
export function checked(given: unknown, site: readonly SitePriority[]): { settings: UsmSettings } | { wrong: Wrong[] } {
  const present = migrated(given);
  if ('wrong' in present) return present;
  const parsed = usmSettings.safeParse(present.document, { reportInput: true });
  if (!parsed.success) return { wrong: parsed.error.issues.map((issue) => ({ path: pathOf(issue.path), text: inWords(issue) })) };
  const wrong = [...unknownParts(present.document, parsed.data), ...contradictions(parsed.data), ...foreignPriorities(parsed.data, site)];
  if (wrong.length > 0) return { wrong };
  if (Buffer.byteLength(JSON.stringify(parsed.data)) > SETTINGS_BYTES) {
    return { wrong: [{ path: '', text: `The settings are larger than ${String(SETTINGS_BYTES / 1_000)} kB. Take calendars or holidays away.` }] };
  }
  return { settings: parsed.data };
}

export const RANKS = ['1', '2', '3', '4', '5'] as const;
export type Rank = (typeof RANKS)[number];

/** Ranks spread over the site's priorities in their order, highest first: all five, or the nearest there are. */
export function usualPriorities(site: readonly SitePriority[]): Partial<Record<Rank, string>> {
  const last = site.length - 1;
  return Object.fromEntries(
    RANKS.flatMap((rank, index) => {
      const found = site[Math.round((index * last) / (RANKS.length - 1))];
      return found ? [[rank, found.id] as const] : [];
    }),
  );
}

/** What is chosen and still there, the usual for the rest. */
export const priorityIds = ({ priorities }: UsmSettings, site: readonly SitePriority[]): Partial<Record<Rank, string>> => ({
  ...usualPriorities(site),
  ...Object.fromEntries(Object.entries(priorities).filter(([, id]) => site.some((one) => one.id === id))),
});
