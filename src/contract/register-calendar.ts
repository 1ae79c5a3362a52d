/** The calendar of changes and freezes: when what is changed, and when it may not be (1.4, V21). */
import { z } from 'zod';
import { issueKey, moment, statusKey, trouble } from './common';
import { classKey, itemKey } from './register';

/** A freeze is kept with all others as one value of Forge's store, which takes 240 KiB (Forge docs: KVS limits). */
export const FREEZES_MOST = 200;
/** What one look may span. */
export const CALENDAR_DAYS = 100;
const DAY_MS = 86_400_000;
/** Changes in one answer; more are said to be more. */
export const CALENDAR_CHANGES = 1_000;

/** On what nothing is changed meanwhile: everything, or what is said of it here; each said more is frozen too. */
export const freezeScope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('everything') }),
  z.object({
    kind: z.literal('some'),
    classes: z.array(classKey).max(30).default([]),
    /** Parties. */
    keepers: z.array(z.string().min(1).max(40)).max(50).default([]),
    locations: z.array(z.string().trim().min(1).max(120)).max(50).default([]),
    items: z.array(itemKey).max(100).default([]),
  }),
]);

const someScope = ({ scope }: { scope: z.infer<typeof freezeScope> }): boolean =>
  scope.kind === 'everything' || scope.classes.length + scope.keepers.length + scope.locations.length + scope.items.length > 0;

export const freeze = z
  .object({
    id: z.uuid(),
    name: z.string().trim().min(1).max(80),
    why: z.string().trim().max(500).optional(),
    from: moment,
    until: moment,
    scope: freezeScope,
  })
  .refine(({ from, until }) => from < until, { message: 'It ends before it begins', path: ['until'] })
  .refine(someScope, { message: 'Nothing is frozen by it. Choose everything, or say what', path: ['scope'] });
export type Freeze = z.infer<typeof freeze>;

const window = z.object({ from: moment, until: moment });
export const plannedChange = z.object({
  id: z.string(),
  key: issueKey,
  summary: z.string(),
  status: statusKey.optional(),
  /** It is not over: what overlaps it matters. */
  open: z.boolean(),
  window,
  items: z.array(z.object({ key: itemKey, name: z.string().optional() })),
});
export type PlannedChange = z.infer<typeof plannedChange>;

/** Two changes on the same items at once, or a change on what is frozen; keys of what they share. */
export const overlap = z.object({
  change: issueKey,
  with: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('change'), key: issueKey }),
    z.object({ kind: z.literal('freeze'), id: z.string(), name: z.string() }),
  ]),
  items: z.array(itemKey),
  window,
});
export type Overlap = z.infer<typeof overlap>;

export const registerCalendar = z.object({
  state: z.literal('ok'),
  changes: z.array(plannedChange),
  /** Planned changes that Jira does not show this person. */
  hidden: z.number().int(),
  /** There are more than one answer takes: a shorter span shows them. */
  more: z.boolean(),
  freezes: z.array(freeze),
  overlaps: z.array(overlap),
  /** Of all freezes; a change of them names the one it was made on. */
  version: z.number().int(),
  keeps: z.boolean(),
  asOf: moment,
});
export type RegisterCalendar = z.infer<typeof registerCalendar>;

const freezesKept = z.object({ state: z.literal('ok'), version: z.number().int(), freezes: z.array(freeze) });
const written = z.union([
  freezesKept,
  z.object({ state: z.literal('stale'), text: z.string(), version: z.number().int(), freezes: z.array(freeze) }),
  trouble,
]);

export const registerCalendarCalls = {
  'register.calendar': {
    request: z
      .object({ from: moment, until: moment })
      .refine(({ from, until }) => until > from && until - from <= CALENDAR_DAYS * DAY_MS, { message: `at most ${String(CALENDAR_DAYS)} days` }),
    answer: z.union([registerCalendar, trouble]),
  },
  /** A new one, or in place of the one with its id. */
  'register.saveFreeze': { request: z.object({ freeze, version: z.number().int() }), answer: written },
  'register.removeFreeze': { request: z.object({ id: z.uuid(), version: z.number().int() }), answer: written },
} as const;
