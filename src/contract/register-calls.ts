/** What the pages of the register ask: the list with its facets, one item with its history and relations, editing under the rules, classes, views. */
import { z } from 'zod';
import { FIT_STATES } from './agreements';
import { issueKey, moment, person, statusKey, trouble, workTypeKey } from './common';
import {
  attributeChange,
  attributeKey,
  classKey,
  criticality,
  dataPolicy,
  itemClass,
  itemKey,
  lifeKey,
  managedItem,
  relation,
  relationKind,
  versionCause,
  verifiedHow,
} from './register';

const named = z.object({ id: z.string(), name: z.string() });
export type NamedEnd = z.infer<typeof named>;
/** Where a part of a list ended; the page hands it back as it is. */
const after = z.string().max(1_000);
/** Of the page: the same one again is the same act, however often it arrives. */
const request = z.uuid();
const count = z.number().int().min(0);
const endId = z.string().min(1).max(40);
/** Rises with every change of an item, or of the list of classes; a change names the one it was made on. */
const version = z.number().int().min(0);

/** What is wrong or to be known: the kind for code, the words for people, and where. */
export const registerFinding = z.object({
  kind: z.string(),
  text: z.string(),
  path: z.string().optional(),
  /** The item it is about, where a call names many. */
  key: z.string().optional(),
  /** The work item under which it is changed, where that is what stands in the way. */
  workItem: issueKey.optional(),
});
export type RegisterFinding = z.infer<typeof registerFinding>;
const refused = z.object({ state: z.literal('refused'), wrong: z.array(registerFinding).min(1) });

// The list

/** inTime: looked at within the months of its class. due: longer ago. */
export const FRESHNESS = ['inTime', 'due', 'never'] as const;
export const freshness = z.enum(FRESHNESS);
export type Freshness = z.infer<typeof freshness>;

export const ITEMS_A_PAGE = 100;
/** A bulk act takes so many. */
export const ITEMS_AT_ONCE = 1_000;

export const registerFilters = z.object({
  /** The beginning of a key, or words that the name holds. */
  search: z.string().trim().max(100).default(''),
  classes: z.array(classKey).max(100).default([]),
  lives: z.array(lifeKey).max(20).default([]),
  verified: z.array(freshness).max(3).default([]),
  keeper: endId.optional(),
  location: z.string().trim().min(1).max(120).optional(),
  /** Items that reach a service agreed with this customer, or that the customer uses. Reached: directly, or over one relation along which trouble travels. */
  customer: endId.optional(),
  service: endId.optional(),
  agreement: endId.optional(),
  /** Under a change that is running. */
  changing: z.boolean().optional(),
  /** Named by an earlier file and no longer by the last. */
  gone: z.boolean().optional(),
});
export type RegisterFilters = z.infer<typeof registerFilters>;

/** What has no value comes last, either way. */
export const REGISTER_SORTS = ['key', 'name', 'class', 'life', 'keeper', 'location', 'criticality', 'verified'] as const;
export const registerSort = z.object({ by: z.enum(REGISTER_SORTS), down: z.boolean().default(false) });
export type RegisterSort = z.infer<typeof registerSort>;

/** Key and name are always there. */
export const REGISTER_COLUMNS = [
  'class',
  'life',
  'keeper',
  'location',
  'services',
  'agreements',
  'verified',
  'change',
  'supplier',
  'uc',
  'criticality',
  'policy',
] as const;
/** An attribute of its class: own.serialNumber. */
export const ownColumn = z.string().regex(/^own\.[a-z][A-Za-z0-9]{0,39}$/);
export const registerColumn = z.union([z.enum(REGISTER_COLUMNS), ownColumn]);
export type RegisterColumn = z.infer<typeof registerColumn>;
export const DEFAULT_COLUMNS: readonly RegisterColumn[] = ['class', 'life', 'keeper', 'location', 'services', 'agreements', 'verified', 'change'];
const columns = z.array(registerColumn).max(20);

const verified = z.object({ state: freshness, at: moment.optional(), how: verifiedHow.optional() });
const lock = z.object({
  workItem: z.object({ id: z.string(), key: issueKey }),
  status: statusKey,
  windowStart: moment.optional(),
  windowEnd: moment.optional(),
});

/** Only what was chosen is there; a chosen one that is absent has no value. */
export const registerRow = z.object({
  key: itemKey,
  name: z.string(),
  class: named.optional(),
  life: lifeKey.optional(),
  keeper: named.optional(),
  location: z.string().optional(),
  /** Services reached directly or over one relation, and agreements in force for them, or that cover it. */
  services: count.optional(),
  agreements: count.optional(),
  verified: verified.optional(),
  /** The change that is running, where this person may see it. */
  change: z.object({ key: issueKey.optional(), status: statusKey }).optional(),
  supplier: named.optional(),
  uc: z.string().optional(),
  criticality: criticality.optional(),
  policy: dataPolicy.optional(),
  own: z.record(attributeKey, z.string()).optional(),
  gone: moment.optional(),
});
export type RegisterRow = z.infer<typeof registerRow>;

export const registerList = z.object({
  state: z.literal('ok'),
  rows: z.array(registerRow).max(ITEMS_A_PAGE),
  /** Of what is filtered. */
  total: count,
  /** Of the whole register; nought: it has not begun. */
  inAll: count,
  after: after.optional(),
  asOf: moment,
  /** Whether this person keeps the register: edits, imports, changes classes. */
  keeps: z.boolean(),
});
export type RegisterList = z.infer<typeof registerList>;

/** Each of the three adds up to the total. */
export const registerFacets = z.object({
  state: z.literal('ok'),
  total: count,
  classes: z.array(z.object({ key: classKey, name: z.string(), count })),
  lives: z.array(z.object({ key: lifeKey, count })),
  verified: z.array(z.object({ key: freshness, count })),
});
export type RegisterFacets = z.infer<typeof registerFacets>;

// One item

/** An attribute as the page tells it: what it says, what it said before, and by which work item. Values are as people read them, besides the raw one. */
const attributeRow = z.object({
  key: attributeKey,
  name: z.string(),
  managed: z.boolean(),
  now: z.string().optional(),
  /** What is stored: the id of a party, the key of a life cycle. */
  value: z.string().optional(),
  before: z.string().optional(),
  changedAt: moment.optional(),
  by: person.optional(),
  cause: versionCause.optional(),
  workItem: z.object({ key: issueKey.optional() }).optional(),
  why: z.string().optional(),
});
export type AttributeRow = z.infer<typeof attributeRow>;

/** An agreement that is served through the item, with what it promises at the highest priority. */
export const servedAgreement = z.object({
  id: z.string(),
  name: z.string(),
  customer: z.string(),
  services: z.array(named),
  /** Minutes to restore at P1, and the name of the hours they are counted in. */
  restore: z.number().optional(),
  hours: z.string().optional(),
  verdict: z.enum(FIT_STATES),
});
export type ServedAgreement = z.infer<typeof servedAgreement>;

/** there: from this item. back: towards it. */
export const DIRECTIONS = ['there', 'back'] as const;
const direction = z.enum(DIRECTIONS);
export type Direction = z.infer<typeof direction>;

/** What stands at the other end: an item by key, else a party, service or agreement by id. */
const end = z.object({
  id: z.string(),
  name: z.string(),
  class: classKey.optional(),
  life: lifeKey.optional(),
  group: z.string().optional(),
  need: z.number().int().optional(),
});
export type RelationEndRow = z.infer<typeof end>;
export const RELATIONS_NAMED = 5;
const relationGroup = z.object({
  kind: relationKind,
  direction,
  /** As it is said from this end: depends on. */
  words: z.string(),
  count,
  first: z.array(end).max(RELATIONS_NAMED),
});
export type RelationGroup = z.infer<typeof relationGroup>;

const workLine = z.object({
  key: issueKey,
  type: workTypeKey,
  summary: z.string(),
  status: statusKey,
  role: z.enum(['concerned', 'toChange', 'toAdd']),
  reportedAt: moment,
  windowStart: moment.optional(),
});

export const itemDetail = z.object({
  state: z.literal('ok'),
  item: managedItem,
  class: itemClass,
  version: z.number().int().positive(),
  keeper: named.optional(),
  supplier: named.optional(),
  uc: named.optional(),
  lock: lock.extend({ summary: z.string().optional(), shown: z.boolean() }).optional(),
  attributes: z.array(attributeRow),
  /** Changes of managed attributes without a work item in the last 12 months. */
  unauthorised: count,
  agreements: z.array(servedAgreement),
  relations: z.array(relationGroup),
  relationsInAll: count,
  /** The last six that this person may see, and how many there are in all. */
  workItems: z.object({ rows: z.array(workLine), total: count }),
  verified,
  /** By whom it was looked at last. */
  verifiedBy: person.optional(),
  gone: moment.optional(),
  /** How many versions there are. */
  versions: z.number().int(),
  /** When it came into each part of its life, oldest first; the last is where it is. */
  life: z.array(z.object({ life: lifeKey, at: moment.optional() })),
  registeredAt: moment,
  /** How a direct edit of a managed attribute is met. */
  directEdit: z.enum(['warn', 'block']),
  keeps: z.boolean(),
  asOf: moment,
});
export type ItemDetail = z.infer<typeof itemDetail>;

export const VERSIONS_A_PAGE = 50;
const versionRow = z.object({
  number: z.number().int().positive(),
  at: moment,
  by: person.optional(),
  cause: versionCause,
  /** Without a key where this person may not see it. */
  workItem: z.object({ key: issueKey.optional() }).optional(),
  changes: z.array(attributeChange.extend({ name: z.string(), managed: z.boolean() })),
  why: z.string().optional(),
});
export type VersionRow = z.infer<typeof versionRow>;
export const itemHistory = z.object({ state: z.literal('ok'), versions: z.array(versionRow), total: count, after: after.optional() });
export type ItemHistory = z.infer<typeof itemHistory>;

export const RELATIONS_A_PAGE = 100;
export const itemRelations = z.object({ state: z.literal('ok'), rows: z.array(end), total: count, after: after.optional() });
export type ItemRelations = z.infer<typeof itemRelations>;

// Writing

/** Somebody else was faster: nothing of this was kept, and this is how it stands. What was typed stays in the page. */
const stale = z.object({ state: z.literal('stale'), text: z.string(), now: itemDetail });
const why = z.string().trim().max(1_000).optional();
const changed = z.union([itemDetail, stale, refused, trouble]);
/** What of many was done, and what was left alone and why. */
const bulkDone = z.object({ state: z.literal('ok'), done: count, left: z.array(registerFinding) });
export type BulkDone = z.infer<typeof bulkDone>;

const classList = z.object({
  state: z.literal('ok'),
  classes: z.array(itemClass),
  version,
  /** How many items each has. */
  used: z.array(z.object({ key: classKey, count })),
  keeps: z.boolean(),
});
export type ClassList = z.infer<typeof classList>;
export const CLASSES_AT_MOST = 60;

export const registerSettings = z.object({ directEdit: z.enum(['warn', 'block']) });
export type RegisterSettings = z.infer<typeof registerSettings>;
const settingsAnswer = registerSettings.extend({ state: z.literal('ok'), version, keeps: z.boolean() });

export const registerView = z.object({
  id: z.uuid(),
  name: z.string().trim().min(1).max(60),
  filters: registerFilters,
  sort: registerSort,
  columns,
});
export type RegisterView = z.infer<typeof registerView>;
export const VIEWS_AT_MOST = 30;
const viewsAnswer = z.object({
  state: z.literal('ok'),
  views: z.array(registerView),
  /** As this person chose them last. */
  columns,
});

export const CHOICE_KINDS = ['party', 'customer', 'service', 'agreement', 'location', 'item'] as const;
export const choiceKind = z.enum(CHOICE_KINDS);
export type ChoiceKind = z.infer<typeof choiceKind>;
export const CHOICES_SHOWN = 20;

const unusedRow = z.object({
  key: itemKey,
  name: z.string(),
  class: named,
  life: lifeKey,
  keeper: named.optional(),
  registeredAt: moment,
  verified,
});
/** A part may hold fewer than there are, or none, and still be followed by more. */
const unusedAnswer = z.object({ state: z.literal('ok'), rows: z.array(unusedRow), after: after.optional() });
export type UnusedItems = z.infer<typeof unusedAnswer>;

const sort = registerSort.prefault({ by: 'key' });

export const registerCalls = {
  'register.list': {
    request: z.object({
      filters: registerFilters.prefault({}),
      sort,
      columns: columns.default([...DEFAULT_COLUMNS]),
      after: after.optional(),
    }),
    answer: z.union([registerList, trouble]),
  },
  'register.facets': { request: z.object({ filters: registerFilters.prefault({}) }), answer: z.union([registerFacets, trouble]) },
  'register.get': { request: z.object({ key: itemKey }), answer: z.union([itemDetail, trouble]) },
  'register.history': { request: z.object({ key: itemKey, after: after.optional() }), answer: z.union([itemHistory, trouble]) },
  'register.relations': {
    request: z.object({ key: itemKey, kind: relationKind, direction, after: after.optional() }),
    answer: z.union([itemRelations, trouble]),
  },
  /** Without a key it gets the next of its class. */
  'register.new': {
    request: z.object({ request, item: managedItem.omit({ key: true }).extend({ key: itemKey.optional() }) }),
    answer: z.union([itemDetail, refused, trouble]),
  },
  /** The whole item as it shall be. why: where managed attributes change without a work item. */
  'register.save': { request: z.object({ item: managedItem, version: z.number().int().positive(), why }), answer: changed },
  /** Twice is once. The answer is the item `key`, as it is then. */
  'register.relate': {
    request: z.object({ key: itemKey, add: z.array(relation).max(100).default([]), remove: z.array(relation).max(100).default([]) }),
    answer: z.union([itemDetail, refused, trouble]),
  },
  'register.verify': {
    request: z.object({ request, keys: z.array(itemKey).min(1).max(ITEMS_AT_ONCE), how: verifiedHow }),
    answer: z.union([bulkDone, refused, trouble]),
  },
  /** Absent: nobody keeps them. */
  'register.setKeeper': {
    request: z.object({ request, keys: z.array(itemKey).min(1).max(ITEMS_AT_ONCE), keeper: endId.optional() }),
    answer: z.union([bulkDone, refused, trouble]),
  },
  'register.classes': { request: z.object({}), answer: z.union([classList, trouble]) },
  'register.saveClasses': {
    request: z.object({ classes: z.array(itemClass).min(1).max(CLASSES_AT_MOST), version }),
    answer: z.union([classList, z.object({ state: z.literal('stale'), text: z.string(), now: classList }), refused, trouble]),
  },
  'register.settings': { request: z.object({}), answer: z.union([settingsAnswer, trouble]) },
  'register.saveSettings': {
    request: registerSettings.extend({ version }),
    answer: z.union([settingsAnswer, z.object({ state: z.literal('stale'), text: z.string(), now: settingsAnswer }), trouble]),
  },
  'register.views': { request: z.object({}), answer: z.union([viewsAnswer, trouble]) },
  'register.saveView': { request: z.object({ view: registerView }), answer: z.union([viewsAnswer, refused, trouble]) },
  'register.removeView': { request: z.object({ id: z.uuid() }), answer: z.union([viewsAnswer, trouble]) },
  'register.keepColumns': { request: z.object({ columns }), answer: z.union([viewsAnswer, trouble]) },
  /** What may be chosen, typed ahead. */
  'register.choices': {
    request: z.object({ kind: choiceKind, text: z.string().trim().max(100).default('') }),
    answer: z.union([
      z.object({ state: z.literal('ok'), choices: z.array(named.extend({ hint: z.string().optional() })).max(CHOICES_SHOWN), more: z.boolean() }),
      trouble,
    ]),
  },
  /** Items that nobody uses: no relation, no work item and no look in 12 months. */
  'register.unused': { request: z.object({ after: after.optional() }), answer: z.union([unusedAnswer, trouble]) },
} as const;
