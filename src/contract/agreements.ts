/**
 * Parties, services and agreements as they are stored, imported and shown. Durations are whole minutes of working time, percent are 0 to 100, days are
 * local dates (2026-11-20) in the time zone of the agreement, moments are ms since the epoch. Calendars are those of the settings, by id.
 */
import { z } from 'zod';
import { moment, workTypeKey } from './common';
import { calendar } from './settings';

/** The arithmetic of a chain, for the page that lets people try other times: the same functions as behind it. */
export {
  type Chain,
  type Cover,
  COVER_DAYS,
  coverFrom,
  type Fit,
  fit,
  FIT_STATES,
  type FitState,
  type Formula,
  formulaOf,
  formulaText,
  type Leg,
  legsOf,
  type Line,
  OWN,
  type Part,
  type Promised,
  type Remedy,
  remediesOf,
  slackOf,
  type Trial,
  tried,
} from '../method';

const text = (most: number) => z.string().trim().min(1).max(most);
const long = z.string().trim().max(4_000).default('');
const lines = z.array(text(400)).max(60).default([]);
const accountId = z.string().min(1).max(128);
const people = z.array(accountId).max(500).default([]);
/** Ids are kept for ever, since records name them. */
const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/);
const calendarId = calendar.shape.id;
const day = z.iso.date();
const percent = z.number().min(0).max(100);
const minutes = z.number().int().min(1).max(525_600);

export const AGREEMENT_KINDS = ['SA', 'OLA', 'UC'] as const;
export const agreementKind = z.enum(AGREEMENT_KINDS);
export type AgreementKind = z.infer<typeof agreementKind>;
/** Of the agreement: its kind and a number, SA-014. */
export const agreementId = z.string().regex(/^(SA|OLA|UC)-\d{1,9}$/);

export const PARTY_KINDS = ['customer', 'team', 'supplier', 'partner'] as const;
export const party = z.object({
  id,
  name: text(120),
  kind: z.enum(PARTY_KINDS),
  /** Belongs to the organisation. */
  inside: z.boolean(),
  /** The party it is a unit of. */
  parent: id.optional(),
  /** May accept an agreement for the party. */
  representatives: people,
  /** May ask for what is agreed with the party, besides its representatives. */
  requesters: people,
  /** Whoever may use Jira may ask for it. */
  anyone: z.boolean().default(false),
  calendar: calendarId.optional(),
  timeZone: calendar.shape.timeZone.optional(),
  contact: z.string().trim().max(400).default(''),
});
export type Party = z.infer<typeof party>;

/** One cell of the specification: a sentence for people, and what can be measured. */
export const cell = z.object({
  text: z.string().trim().max(2_000).default(''),
  lines: z
    .array(z.object({ label: text(120), value: text(200) }))
    .max(20)
    .default([]),
});
export type Cell = z.infer<typeof cell>;

/** What facility and support do (functionality), and how well (functioning). */
export const CELL_KEYS = ['facilityWhat', 'facilityHow', 'supportWhat', 'supportHow'] as const;
export type CellKey = (typeof CELL_KEYS)[number];
const EMPTY = { text: '', lines: [] };
export const card = z.object({
  facilityWhat: cell.default(EMPTY),
  facilityHow: cell.default(EMPTY),
  supportWhat: cell.default(EMPTY),
  supportHow: cell.default(EMPTY),
});
export type Card = z.infer<typeof card>;

/** A facility or a support that several services are built of. */
export const block = z.object({
  id,
  kind: z.enum(['facility', 'support']),
  name: text(120),
  what: cell,
  how: cell,
  /** Of a facility. */
  goods: lines,
  actions: lines,
  readiness: long,
});
export type Block = z.infer<typeof block>;

export const price = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('included') }),
  z.object({
    kind: z.literal('amount'),
    amount: z.number().min(0).max(1e12),
    currency: z.string().regex(/^[A-Z]{3}$/),
    /** What it is for: a workplace, the service as a whole. */
    unit: text(80),
    per: z.enum(['once', 'month', 'quarter', 'year']),
    indexation: z.string().trim().max(400).default(''),
    charges: z.string().trim().max(1_000).default(''),
  }),
]);
export type Price = z.infer<typeof price>;

export const SERVICE_STATES = ['idea', 'designed', 'offered', 'inUse', 'ending', 'ended'] as const;
export const service = z.object({
  id,
  /** In the customer's language. */
  name: text(120),
  /** The service manager. */
  owner: accountId.optional(),
  state: z.enum(SERVICE_STATES),
  /** The service it is a part of. */
  parent: id.optional(),
  value: long,
  card: card.prefault({}),
  /** Ids of the blocks it is built of. */
  blocks: z.array(id).max(60).default([]),
  readiness: long,
  price: price.optional(),
});
export type Service = z.infer<typeof service>;

/** A rank of priority, every priority, or what stands in the list of standards whatever its priority. */
const measure = z.union([z.literal('all'), z.literal('standard'), z.number().int().min(1).max(5)]);

const timed = { type: workTypeKey, for: measure };
export const target = z.object({
  ...timed,
  respond: minutes.optional(),
  /** Until restored (Incident) or delivered (the others). agreedDate: the date that is agreed with each work item. */
  deliver: z.union([minutes, z.literal('agreedDate')]).optional(),
  /** In which the minutes are counted. */
  calendar: calendarId,
  /** How many of a hundred are to be in time. */
  percent,
});
export type Target = z.infer<typeof target>;

/** How long the provider itself takes before, or beside, what others do. */
export const handling = z.object({ ...timed, respond: z.number().int().min(0).optional(), deliver: z.number().int().min(0).optional() });
export type Handling = z.infer<typeof handling>;

/** What lies under an agreement: legs in a row or side by side, or a contribution that nobody has agreed to. `types`: takes part in these alone. */
export type Underpinning =
  { leg: string; types?: z.infer<typeof workTypeKey>[] | undefined } | { missing: string } | { row: Underpinning[] } | { side: Underpinning[] };
const underpinningPart: z.ZodType<Underpinning> = z.lazy(() =>
  z.union([
    z.strictObject({ leg: agreementId, types: z.array(workTypeKey).min(1).optional() }),
    z.strictObject({ missing: text(120) }),
    z.strictObject({ row: z.array(underpinningPart).min(1) }),
    z.strictObject({ side: z.array(underpinningPart).min(1) }),
  ]),
);

const MOST_DEEP = 8;
export const MOST_LEGS = 50;
/** Before anything walks it: how deep it goes and how much there is, without recursion. */
function size(root: unknown): { depth: number; parts: number } {
  let [depth, parts] = [0, 0];
  for (let level: unknown[] = [root]; level.length > 0 && depth <= MOST_DEEP && parts <= 4 * MOST_LEGS; depth += 1) {
    parts += level.length;
    level = level.flatMap((one) =>
      typeof one === 'object' && one !== null
        ? Object.values(one).flatMap((inner: unknown) => (Array.isArray(inner) ? (inner as unknown[]) : []))
        : [],
    );
  }
  return { depth, parts };
}
export const underpinning = z
  .unknown()
  .refine((raw) => size(raw).depth <= MOST_DEEP && size(raw).parts <= 2 * MOST_LEGS, { message: 'is too deep or has too many legs', abort: true })
  .pipe(underpinningPart);

export const renewal = z.discriminatedUnion('kind', [
  /** It ends. */
  z.object({ kind: z.literal('none') }),
  /** Both will agree on going on. */
  z.object({ kind: z.literal('byAgreement') }),
  /** Goes on by so many months unless somebody gives notice in time. */
  z.object({ kind: z.literal('silent'), months: z.number().int().min(1).max(120) }),
]);

/** What is agreed: negotiated as a draft, never changed from Agreed on. */
export const terms = z.object({
  services: z.array(id).max(50).default([]),
  scope: long,
  exclusions: lines,
  /** What the customer does. */
  duties: lines,
  card: card.prefault({}),
  readiness: long,
  price: price.optional(),
  timeZone: calendar.shape.timeZone,
  /** When the service can be used, and when somebody helps. */
  serviceHours: calendarId.optional(),
  supportHours: calendarId.optional(),
  availability: z.object({ percent, window: z.enum(['month', 'quarter', 'year']) }).optional(),
  targets: z.array(target).max(60).default([]),
  volumes: z
    .array(z.object({ what: text(120), most: z.number().min(0), per: z.enum(['day', 'week', 'month', 'quarter', 'year']) }))
    .max(30)
    .default([]),
  /** Ids of catalog items: standard calls and changes. */
  standards: z.array(id).max(500).default([]),
  /** May ask under this agreement, besides the customer's people. */
  requesters: people,
  validFrom: day.optional(),
  /** The last day; absent: until one of both ends it. */
  validUntil: day.optional(),
  noticeMonths: z.number().int().min(0).max(60).default(0),
  reviewOn: day.optional(),
  reviewMonths: z.number().int().min(1).max(60).optional(),
  renewal: renewal.optional(),
  reporting: z.enum(['none', 'month', 'quarter', 'year']).default('none'),
  /** What follows a missed target, and clauses: security, privacy, and so on. */
  consequences: long,
  clauses: z
    .array(z.object({ title: text(120), text: text(4_000) }))
    .max(40)
    .default([]),
  documents: z
    .array(z.object({ title: text(200), url: z.url({ protocol: /^https$/ }).max(1_000) }))
    .max(30)
    .default([]),
  own: z
    .object({
      handling: z.array(handling).max(60).default([]),
      hours: calendarId.optional(),
      availability: percent.optional(),
    })
    .prefault({}),
  under: underpinning.optional(),
});
export type Terms = z.infer<typeof terms>;

export const agreement = z.object({
  id: agreementId,
  kind: agreementKind,
  name: text(200),
  provider: id,
  customer: id,
  /** Who keeps it: the service manager. */
  owner: accountId.optional(),
});
export type Agreement = z.infer<typeof agreement>;

const done = { at: moment, by: accountId };
/** What was done with a version, each kept for ever, oldest first. */
export const agreementDeed = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('offer'), ...done }),
  /** Said by a representative of the side; the version is the one that carries the deed. */
  z.object({ kind: z.literal('accept'), ...done, side: z.enum(['customer', 'provider']) }),
  z.object({ kind: z.literal('agree'), ...done }),
  /** In force from here, not before its first day. */
  z.object({ kind: z.literal('confirm'), ...done }),
  z.object({ kind: z.literal('review'), ...done }),
  z.object({ kind: z.literal('reviewed'), ...done, next: day.optional() }),
  /** Goes on until another last day. */
  z.object({ kind: z.literal('renew'), ...done, until: day }),
  /** Silent renewal ends with it. */
  z.object({ kind: z.literal('notice'), ...done, side: z.enum(['customer', 'provider']) }),
  /** Ends with this last day, or is given up before it was agreed. */
  z.object({ kind: z.literal('end'), ...done, on: day.optional(), why: z.string().trim().max(1_000).default('') }),
]);
export type AgreementDeed = z.infer<typeof agreementDeed>;
export type AgreementDeedKind = AgreementDeed['kind'];

export const AGREEMENT_STATUSES = ['draft', 'offered', 'agreed', 'inForce', 'underReview', 'expired', 'ended'] as const;
export type AgreementStatus = (typeof AGREEMENT_STATUSES)[number];

export const agreementVersion = z.object({ agreement: agreementId, number: z.number().int().min(1), terms, deeds: z.array(agreementDeed).max(400) });
export type AgreementVersion = z.infer<typeof agreementVersion>;
