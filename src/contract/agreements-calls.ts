/** What the pages of agreements ask: the list, one agreement and its chain, drafting and deeds, coverage, and the records they stand on. */
import { z } from 'zod';
import {
  agreement,
  agreementDeed,
  agreementId,
  agreementKind,
  AGREEMENT_STATUSES,
  agreementVersion,
  block,
  type Chain,
  type Fit,
  FIT_STATES,
  type Formula,
  party,
  type Remedy,
  service,
  terms,
  type Underpinning,
} from './agreements';
import { issueKey, moment, person, ruleId, trouble } from './common';

const text = (most: number) => z.string().trim().min(1).max(most);
const day = z.iso.date();
const status = z.enum(AGREEMENT_STATUSES);
const named = z.object({ id: z.string(), name: z.string() });
const versionNumber = z.number().int().min(1);
/** Rises with every change of an agreement or a record; a change names the one it was made on. */
const rowVersion = z.number().int();
/** Of the page: the same one again is the same act, however often it arrives. */
const request = z.uuid();
/** Where a part of a list ended; the page hands it back as it is. */
const after = z.string().max(1_000);

/** What is wrong or to be known: the kind for code, the words for people, where in the record, and the rule where it is one. */
export const agreementFinding = z.object({ kind: z.string(), text: z.string(), path: z.string().optional(), rule: ruleId.optional() });
export type AgreementFinding = z.infer<typeof agreementFinding>;

/** Of the whole chain, with the one reason in words; empty when it holds. */
const verdict = z.object({ state: z.enum(FIT_STATES), reason: z.string() });

// The list

/** What needs somebody: each is a count and a filter. */
export const QUICK_FILTERS = ['cannot', 'lapses', 'reviewOverdue', 'missing', 'notAccepted'] as const;
export const quickFilter = z.enum(QUICK_FILTERS);
export type QuickFilter = z.infer<typeof quickFilter>;

/** What ends within so many days needs somebody. */
export const LAPSES_WITHIN_DAYS = 90;
export const AGREEMENTS_A_PAGE = 50;

export const agreementFilters = z.object({
  /** In the id, the name, the parties' names, the scope and the titles of clauses. */
  search: z.string().trim().max(100).default(''),
  kinds: z.array(agreementKind).default([]),
  statuses: z.array(status).default([]),
  verdicts: z.array(z.enum(FIT_STATES)).default([]),
  /** Provider or customer. */
  party: z.string().max(40).optional(),
  service: z.string().max(40).optional(),
  owner: z.string().max(128).optional(),
  /** Last day on or after, on or before. */
  untilFrom: day.optional(),
  untilTo: day.optional(),
  quick: quickFilter.optional(),
});
export type AgreementFilters = z.infer<typeof agreementFilters>;

/** attention: by kind, then what needs somebody. What has no value comes last, either way. */
export const AGREEMENT_SORTS = ['attention', 'name', 'party', 'status', 'validUntil', 'nextReview', 'verdict'] as const;
export const agreementSort = z.object({ by: z.enum(AGREEMENT_SORTS), down: z.boolean().default(false) });
export type AgreementSort = z.infer<typeof agreementSort>;

export const agreementRow = z.object({
  id: agreementId,
  kind: agreementKind,
  name: z.string(),
  /** The one in force; else the newest that is not over; else the newest. Status, dates and verdict are of this one. */
  version: versionNumber,
  status,
  provider: named,
  customer: named,
  /** The first three. */
  services: z.array(named),
  servicesInAll: z.number().int(),
  owner: person.optional(),
  /** The last day. With silent renewal: of the period that runs. Absent: until one of both ends it. */
  validUntil: day.optional(),
  nextReview: day.optional(),
  /** What needs somebody, with days from today; below zero: so many days ago. */
  lapsesIn: z.number().int().optional(),
  reviewIn: z.number().int().optional(),
  verdict,
  /** A version that is being negotiated beside the one shown. */
  open: z.object({ version: versionNumber, status }).optional(),
});
export type AgreementRow = z.infer<typeof agreementRow>;

export const agreementList = z.object({
  state: z.literal('ok'),
  rows: z.array(agreementRow).max(AGREEMENTS_A_PAGE),
  /** Of what is filtered, the quick filter included. */
  total: z.number().int(),
  /** How the total divides over the kinds. */
  kinds: z.object({ SA: z.number().int(), OLA: z.number().int(), UC: z.number().int() }),
  /** Of what is filtered without the quick filter. */
  quick: z.object({
    all: z.number().int(),
    cannot: z.number().int(),
    lapses: z.number().int(),
    reviewOverdue: z.number().int(),
    missing: z.number().int(),
    notAccepted: z.number().int(),
  }),
  /** There is more; ask with this place, and the same filters and sort. */
  after: after.optional(),
  /** When a verdict was calculated last. */
  calculatedAt: moment.optional(),
  /** The moment that statuses and counts are of; it stays the same through the parts of a list. */
  asOf: moment,
  /** Whether this person keeps agreements: drafts them, and does deeds. */
  keeps: z.boolean(),
});
export type AgreementList = z.infer<typeof agreementList>;

// One agreement

/** A line of the arithmetic, in words besides. `text`: 0:30 over. */
const line = z.object({
  /** incident.1.deliver; availability, hours, until. */
  key: z.string(),
  kind: z.enum(['respond', 'deliver', 'availability', 'hours', 'until']),
  label: z.string(),
  /** Minutes, percent or a moment. */
  promised: z.number().optional(),
  sum: z.number().optional(),
  left: z.number().optional(),
  state: z.enum(['cannot', 'unknown', 'tight', 'holds']),
  binding: z.string().optional(),
  missing: z.array(z.string()),
  text: z.string(),
});
export type AgreementLine = z.infer<typeof line>;

const leg = z.object({
  id: agreementId,
  name: z.string(),
  kind: agreementKind,
  /** Whoever provides it. */
  party: named,
  version: versionNumber.optional(),
  status: status.optional(),
  /** How it bears on this agreement: fits, binds P1 restore, is closed at times. */
  state: z.enum(['cannot', 'missing', 'unknown', 'tight', 'holds']),
  text: z.string(),
});

const difference = z.object({ key: z.string(), label: z.string(), before: z.string().optional(), after: z.string().optional() });
const diff = z.object({ from: versionNumber, to: versionNumber, lines: z.array(difference) });

export const AGREEMENT_DEEDS = ['offer', 'accept', 'agree', 'confirm', 'review', 'reviewed', 'renew', 'notice', 'end'] as const;
const deedKind = z.enum(AGREEMENT_DEEDS);

/** What this person could do now: with what stands against it, and what is to be known before. */
const possible = z.object({
  kind: deedKind,
  /** On the button. */
  name: z.string(),
  refused: z.array(agreementFinding),
  warned: z.array(agreementFinding),
  /** Of accept and notice: for which side this person may speak. */
  sides: z.array(z.enum(['customer', 'provider'])).optional(),
});

export const agreementDetail = z.object({
  state: z.literal('ok'),
  agreement,
  rowVersion,
  provider: named,
  customer: named,
  owner: person.optional(),
  services: z.array(named),
  /** The version shown. */
  version: versionNumber,
  status,
  /** Everything that is agreed; also what the editor begins with. */
  terms,
  /** Its text may be written: nobody was offered it. */
  editable: z.boolean(),
  life: z.array(z.object({ status, at: moment.optional(), planned: z.boolean() })),
  /** The heaviest thing to be known, with reason and way out. */
  message: z.object({ tone: z.enum(['danger', 'warning', 'information']), text: z.string() }).optional(),
  /** What the specification lacks to be offered, in words. */
  lacks: z.array(z.string()),
  /** What contradicts itself or names what is not there. */
  findings: z.array(agreementFinding),
  verdict,
  /** Two lines a target at most, then availability, hours, validity. */
  lines: z.array(line),
  acceptance: z.array(z.object({ side: z.enum(['customer', 'provider']), person, at: moment })),
  /** Of the text: what was accepted is this and nothing else. */
  fingerprint: z.string(),
  dates: z.object({
    validFrom: day.optional(),
    validUntil: day.optional(),
    renews: z.boolean(),
    noticeBy: day.optional(),
    nextReview: day.optional(),
    /** What has to be seen to within 90 days, and what should have been. */
    due: z.array(
      z.object({
        kind: z.enum(['review', 'notice', 'expiry']),
        on: day,
        overdue: z.boolean(),
        /** The work item that sees to it. */
        item: issueKey.optional(),
      }),
    ),
  }),
  /** Newest first; `at`: of its latest deed, or when its draft was begun. */
  versions: z.array(z.object({ number: versionNumber, status, at: moment })),
  /** Every deed of the version shown, oldest first. */
  history: z.array(z.object({ deed: agreementDeed, name: z.string(), by: person })),
  /** Of the last two versions, where there are two. */
  diff: diff.optional(),
  legs: z.array(leg),
  /** Names of the calendars that the terms name, and whoever may represent a side. */
  calendars: z.array(named),
  representatives: z.object({ customer: z.array(person), provider: z.array(person) }),
  deeds: z.array(possible),
  keeps: z.boolean(),
  /** The Wish for which this version is drafted. */
  wish: issueKey.optional(),
  asOf: moment,
});
export type AgreementDetail = z.infer<typeof agreementDetail>;

// The chain

/** Plain, ready for the functions of the same file that calculate. */
const plain = <T>() => z.custom<T>((value) => typeof value === 'object' && value !== null);

/** A leg of the picture by id of the chain's leg; OWN is the own handling. */
const chainLeg = z.object({
  id: z.string(),
  party: z.string(),
  kind: agreementKind.optional(),
  name: z.string(),
  /** Name of its support hours. */
  hours: z.string().optional(),
  validUntil: day.optional(),
  status: status.optional(),
});

export const agreementChain = z.object({
  state: z.literal('ok'),
  id: agreementId,
  version: versionNumber,
  name: z.string(),
  customer: named,
  status,
  chain: plain<Chain>(),
  fit: plain<Fit>(),
  verdict,
  lines: z.array(line),
  /** By key of a promise, where it can be calculated. */
  formulas: z.array(z.object({ key: z.string(), formula: plain<Formula>() })),
  remedies: z.array(z.object({ key: z.string(), remedies: z.array(plain<Remedy>()) })),
  legs: z.array(chainLeg),
  tree: plain<Underpinning>().optional(),
  /** Other agreements that lean on a leg of this one; each with its stored verdict. At most 100. */
  leaners: z.array(z.object({ leg: agreementId, id: agreementId, name: z.string(), customer: z.string(), verdict })),
  /** There are more leaners than are named. */
  moreLeaners: z.boolean(),
  asOf: moment,
});
export type AgreementChain = z.infer<typeof agreementChain>;

// Writing

/** Somebody else was faster: nothing of this was kept, and this is how it stands. What was typed stays in the page. */
const agreementStale = z.object({ state: z.literal('stale'), text: z.string(), now: agreementDetail });
/** Nothing was kept, and why. */
const refused = z.object({ state: z.literal('refused'), wrong: z.array(agreementFinding).min(1) });
const changed = z.union([agreementDetail, agreementStale, refused, trouble]);

const header = agreement.pick({ name: true, provider: true, customer: true, owner: true });
const deedSide = z.enum(['customer', 'provider']);

/** What somebody does with a version; who and when comes from the platform. */
export const deedAsked = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('offer') }),
  z.object({ kind: z.literal('agree') }),
  z.object({ kind: z.literal('confirm') }),
  z.object({ kind: z.literal('review') }),
  z.object({ kind: z.literal('reviewed'), next: day.optional() }),
  z.object({ kind: z.literal('renew'), until: day }),
  z.object({ kind: z.literal('notice'), side: deedSide }),
  z.object({ kind: z.literal('end'), on: day.optional(), why: z.string().trim().max(1_000).default('') }),
]);
export type DeedAsked = z.infer<typeof deedAsked>;

// The records

export const RECORDS_A_PAGE = 100;
const listRequest = z.object({ search: z.string().trim().max(100).default(''), after: after.optional() });
const listOf = <T extends z.ZodType>(record: T) =>
  z.object({
    state: z.literal('ok'),
    /** By name. */
    rows: z.array(z.object({ record, rowVersion })).max(RECORDS_A_PAGE),
    total: z.number().int(),
    after: after.optional(),
    people: z.array(person),
    keeps: z.boolean(),
  });
/** `rowVersion` 0: it is new. */
const saveOf = <T extends z.ZodType>(record: T) => z.object({ record, rowVersion });
const savedOf = <T extends z.ZodType>(record: T) =>
  z.union([
    z.object({ state: z.literal('ok'), record, rowVersion, findings: z.array(agreementFinding) }),
    z.object({ state: z.literal('stale'), text: z.string(), now: z.object({ record, rowVersion }) }),
    refused,
    trouble,
  ]);

const recordCalls = {
  'records.parties': { request: listRequest, answer: z.union([listOf(party), trouble]) },
  'records.saveParty': { request: saveOf(party), answer: savedOf(party) },
  'records.services': { request: listRequest, answer: z.union([listOf(service), trouble]) },
  'records.saveService': { request: saveOf(service), answer: savedOf(service) },
  'records.blocks': { request: listRequest, answer: z.union([listOf(block), trouble]) },
  'records.saveBlock': { request: saveOf(block), answer: savedOf(block) },
} as const;

// Coverage

export const MOST_COVERED = { services: 200, customers: 60 };
const coverageCell = z.object({
  service: z.string(),
  customer: z.string(),
  state: z.enum(['cannot', 'missing', 'expired', 'notAgreed', 'lapses', 'tight', 'unknown', 'unused', 'draft', 'holds']),
  /** Of the period. Not counted yet: 0, and `counted` is false. */
  calls: z.number().int(),
  agreement: agreementId.optional(),
});
const ofAll = z.object({ n: z.number().int(), of: z.number().int() });
export const coverageMap = z.object({
  state: z.literal('ok'),
  /** `parent`: the service it is a part of; the rows of one trade stand together. */
  services: z.array(named.extend({ parent: z.string().optional(), owner: z.boolean() })).max(MOST_COVERED.services),
  /** Units with the party they are of. */
  customers: z.array(named.extend({ parent: named.optional() })).max(MOST_COVERED.customers),
  cells: z.array(coverageCell),
  findings: z
    .array(
      z.object({
        kind: z.enum(['cannot', 'missing', 'expired', 'notAgreed', 'lapses', 'lapsesBeneath', 'tight', 'unknown', 'unused', 'noOwner']),
        service: z.string(),
        customers: z.array(z.string()),
        calls: z.number().int(),
        agreement: agreementId.optional(),
        leg: z.string().optional(),
        at: moment.optional(),
      }),
    )
    .max(500),
  totals: z.object({ calls: ofAll, cells: ofAll, targets: ofAll, uncovered: z.number().int() }),
  /** Whether calls were counted; while they are not, what is agreed counts as used. */
  counted: z.boolean(),
  /** There are more services or customers than fit. */
  more: z.boolean(),
  asOf: moment,
});
export type CoverageMap = z.infer<typeof coverageMap>;

// Files

/** Of a file: {usm: 'agreements', schema: 1, parties: [], services: [], blocks: [], agreements: []}. */
export const IMPORT_SCHEMA = 1;
export const IMPORT_PARTS = ['parties', 'services', 'blocks', 'agreements'] as const;
export type ImportPart = (typeof IMPORT_PARTS)[number];
export const MOST_IMPORTED = 50_000;
/** Rows of one portion, and the bytes it may have as JSON: a call takes 500 KB (Forge docs: invocation limits). */
export const IMPORT_PORTION = 500;
export const IMPORT_BYTES = 300_000;

/** An agreement of a file, with all its versions. */
export const keptAgreement = z.strictObject({
  ...agreement.shape,
  versions: z
    .array(z.strictObject(agreementVersion.omit({ agreement: true }).shape))
    .min(1)
    .max(100),
});
export type KeptAgreement = z.infer<typeof keptAgreement>;

/** `path`: agreements.12.versions.0.terms.targets.2.deliver, counted from 0 as the file is. */
const wrongRow = z.object({ path: z.string(), text: z.string() });
export const MOST_WRONG_SHOWN = 1_000;

export const importAnswer = z.discriminatedUnion('state', [
  /** A portion was taken in; nothing is written yet. */
  z.object({ state: z.literal('taken'), rows: z.number().int(), wrong: z.array(wrongRow) }),
  /** Ask again with the same step. */
  z.object({ state: z.literal('running'), step: z.enum(['check', 'write']), done: z.number().int(), of: z.number().int() }),
  /** All rows are well, and what would happen. */
  z.object({ state: z.literal('checked'), added: z.number().int(), changed: z.number().int(), same: z.number().int() }),
  /** Nothing was written. */
  z.object({ state: z.literal('wrong'), wrong: z.array(wrongRow), inAll: z.number().int() }),
  z.object({ state: z.literal('done'), added: z.number().int(), changed: z.number().int(), same: z.number().int() }),
]);
export type ImportAnswer = z.infer<typeof importAnswer>;

const fileCalls = {
  /**
   * take: portions in any order, each as often as need be. check: until it says checked or wrong. write: only after checked; until it says done.
   * Who stops half-way goes on with the same run.
   */
  'agreements.import': {
    request: z.discriminatedUnion('step', [
      z.object({
        step: z.literal('take'),
        run: request,
        part: z.enum(IMPORT_PARTS),
        /** Place of the first row in its part of the file. */
        from: z.number().int().min(0).max(MOST_IMPORTED),
        rows: z.array(z.unknown()).min(1).max(IMPORT_PORTION),
      }),
      z.object({ step: z.enum(['check', 'write']), run: request }),
    ]),
    answer: z.union([importAnswer, trouble]),
  },
  /** One portion of the file: the page joins them. `rows` are of one part; absent `after`: that was all. */
  'agreements.export': {
    request: z.object({ after: after.optional() }),
    answer: z.union([z.object({ state: z.literal('ok'), part: z.enum(IMPORT_PARTS), rows: z.array(z.unknown()), after: after.optional() }), trouble]),
  },
} as const;

export const agreementCalls = {
  'agreements.list': {
    request: z.object({
      filters: agreementFilters.prefault({}),
      sort: agreementSort.prefault({ by: 'attention' }),
      after: after.optional(),
    }),
    answer: z.union([agreementList, trouble]),
  },
  /** Without a version: the one that the list shows. */
  'agreements.get': {
    request: z.object({ id: agreementId, version: versionNumber.optional() }),
    answer: z.union([agreementDetail, trouble]),
  },
  'agreements.chain': {
    request: z.object({ id: agreementId, version: versionNumber.optional() }),
    answer: z.union([agreementChain, trouble]),
  },
  'agreements.compare': {
    request: z.object({ id: agreementId, from: versionNumber, to: versionNumber }),
    answer: z.union([z.object({ state: z.literal('ok'), diff }), trouble]),
  },
  'agreements.new': {
    request: z.object({ request, kind: agreementKind, header, timeZone: terms.shape.timeZone }),
    answer: z.union([agreementDetail, refused, trouble]),
  },
  /** The terms of a version in a new agreement, as a draft without dates. */
  'agreements.clone': {
    request: z.object({ request, id: agreementId, version: versionNumber, name: text(200), customer: z.string().max(40).optional() }),
    answer: z.union([agreementDetail, refused, trouble]),
  },
  /** A draft with the terms of the newest version; where one is open already, that one. */
  'agreements.newVersion': { request: z.object({ id: agreementId }), answer: z.union([agreementDetail, trouble]) },
  /**
   * The draft as it stands, kept also while it is not complete: what is wrong is told in `findings`. Only a name and an owner may be given to an
   * agreement whose version has been offered; then `terms` is absent.
   */
  'agreements.save': {
    request: z.object({ id: agreementId, version: versionNumber, rowVersion, header, terms: terms.optional() }),
    answer: changed,
  },
  'agreements.deed': {
    request: z.object({ id: agreementId, version: versionNumber, rowVersion, deed: deedAsked }),
    answer: changed,
  },
  /** By a representative of the side. The text is the one with this fingerprint. */
  'agreements.accept': {
    request: z.object({ id: agreementId, version: versionNumber, side: deedSide, fingerprint: z.string().max(100) }),
    answer: changed,
  },
  /** Which agreement applies to a service and a customer, as people name them; or in words why none does. `at`: absent is now. */
  'agreements.applying': {
    request: z.object({ service: z.string().trim().max(255), customer: z.string().trim().max(255), at: moment.optional() }),
    answer: z.union([
      z.object({
        state: z.literal('ok'),
        applies: z.object({ id: agreementId, name: z.string(), version: versionNumber }).optional(),
        text: z.string(),
      }),
      trouble,
    ]),
  },
  'agreements.coverage': { request: z.object({}), answer: z.union([coverageMap, trouble]) },
  ...fileCalls,
  ...recordCalls,
} as const;
