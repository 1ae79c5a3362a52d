/** The settings of USM on a site: one document with a schema version, edited part by part, exported and imported whole. */
import { z } from 'zod';
import { NOTICE_KINDS, NOTICES } from '../method';
import { moment, processKey, ruleId, trouble } from './common';
import { level } from './rules';
import { supplier } from './suppliers';

/** What people can be told, with its words for the settings page. */
export { NOTICE_KINDS, NOTICES };

export const SETTINGS_SCHEMA = 1;
/** A setting is kept as one value of Forge's store, which takes 240 KiB (Forge docs: KVS limits). */
export const SETTINGS_BYTES = 200_000;

const text = (most: number) => z.string().trim().min(1).max(most);
const rank = z.number().int().min(1).max(5);
const rating = z.enum(['High', 'Medium', 'Low']);
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/);

/** One row per extent (High, Medium, Low), by urgency; Nil is a row of its own. */
const matrix = z.object({ High: z.record(rating, rank), Medium: z.record(rating, rank), Low: z.record(rating, rank), Nil: z.record(rating, rank) });

export const supportHours = z
  .object({ from: clock, to: clock })
  .refine(({ from, to }) => from < to, { message: 'ends before it begins', path: ['to'] });

/** Asking about a zone is costly, and records name the same few again and again. */
const zones = new Set<string>();

function isTimeZone(zone: string): boolean {
  if (zones.has(zone)) return true;
  try {
    if (new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone === '') return false;
  } catch {
    return false;
  }
  if (zones.size < 1_000) zones.add(zone);
  return true;
}

export const calendar = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: text(80),
  /** IANA name, e.g. Europe/Amsterdam. */
  timeZone: z.string().refine(isTimeZone, { message: 'is no time zone' }),
  /** Monday to Sunday; a day without hours is closed. */
  week: z.array(z.array(supportHours).max(4)).length(7),
  holidays: z.array(z.object({ date: z.iso.date(), name: text(80) })).max(400),
});
export type Calendar = z.infer<typeof calendar>;

export const usmSettings = z.object({
  schema: z.literal(SETTINGS_SCHEMA),
  /** Who answers for each process, by account id; absent: nobody named yet. */
  accountable: z.partialRecord(processKey, z.object({ accountId: z.string().min(1).max(128), name: z.string().max(200) })),
  /** Impact by urgency, and effect by likelihood. */
  priority: z.object({ calls: matrix, risks: matrix }),
  /** Rank 1 to 5 -> id of the site's priority. */
  priorities: z.partialRecord(z.enum(['1', '2', '3', '4', '5']), z.string().regex(/^\d{1,18}$/)),
  waitingReasons: z.array(text(60)).min(1).max(30),
  changeCategories: z
    .array(z.object({ name: text(60), planningDays: z.number().int().min(0).max(365) }))
    .min(1)
    .max(12),
  calendars: z.array(calendar).min(1).max(50),
  /** Working days after Fulfilled in which a work item can be reopened. */
  reopenDays: z.number().int().min(0).max(60),
  /** After so many working days without an answer the result counts as confirmed. */
  silentConfirmation: z.object({ on: z.boolean(), days: z.number().int().min(1).max(60) }),
  /** So many incidents on the same item and category within so many days ask for a preventive action. */
  trend: z.object({ incidents: z.number().int().min(2).max(100), days: z.number().int().min(1).max(365) }),
  /** What people are told by a comment; a kind that is not named is told. */
  notices: z.partialRecord(z.enum(NOTICE_KINDS), z.boolean()).default({}),
  /** Whom work can be passed to; none until somebody says so. */
  suppliers: z.array(supplier).max(50).default([]),
  /** How strict the rules are that can be set. Kept on the rules page; only an exported file carries them, and only an import takes them. */
  levels: z.partialRecord(ruleId, level).optional(),
});
export type UsmSettings = z.infer<typeof usmSettings>;

export const settingsView = z.object({
  state: z.literal('ok'),
  settings: usmSettings,
  /** Rises with every change; a change names the one it was made on. */
  version: z.number().int(),
  changed: z.object({ by: z.string(), at: moment }).optional(),
  /** The site's priorities, highest first. */
  sitePriorities: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type SettingsView = z.infer<typeof settingsView>;

/** Somebody else was faster: their settings, to decide anew. */
export const settingsStale = z.object({ state: z.literal('stale'), text: z.string(), now: settingsView });

/** Nothing was kept: path in the document and what is wrong there, in plain words. */
export const settingsRefused = z.object({ state: z.literal('refused'), wrong: z.array(z.object({ path: z.string(), text: z.string() })) });

const written = z.union([settingsView, settingsStale, settingsRefused, trouble]);

export const settingsCalls = {
  'settings.read': { request: z.object({}), answer: z.union([settingsView, trouble]) },
  'settings.write': { request: z.object({ settings: z.unknown(), version: z.number().int() }), answer: written },
  /** The text of an exported file; checked wholly before anything is kept. */
  'settings.import': { request: z.object({ text: z.string().max(SETTINGS_BYTES), version: z.number().int() }), answer: written },
  'settings.export': {
    request: z.object({}),
    answer: z.union([z.object({ state: z.literal('ok'), name: z.string(), text: z.string() }), trouble]),
  },
} as const;
