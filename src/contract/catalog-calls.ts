/** What the pages of the catalog ask: browsing, one item, asking for it, approving; keeping the items; and the panel of a work item. */
import { z } from 'zod';
import { agreementFinding } from './agreements-calls';
import { card } from './agreements';
import { CATALOG_STATUSES, CATALOG_TYPES, catalogItem, catalogItemId, formField } from './catalog';
import { issueKey, moment, person, trouble } from './common';

const named = z.object({ id: z.string(), name: z.string() });
const day = z.iso.date();
const accountId = z.string().min(1).max(128);
const after = z.string().max(1_000);
const rowVersion = z.number().int();
/** Of the page: the same one again is the same act, however often it arrives. */
const request = z.uuid();

export const CATALOG_A_PAGE = 48;

// Whoever asks for something

/** When it is there, by the promise of the item. */
export const READY_WITHIN = ['atOnce', 'day', 'week', 'longer'] as const;
export type ReadyWithin = (typeof READY_WITHIN)[number];

/** Never names a work type: whoever asks need not know one. */
export const catalogCard = z.object({
  id: catalogItemId,
  title: z.string(),
  what: z.string(),
  service: named,
  /** Within 5 working days */
  ready: z.string(),
  /** Who says whether it may be had; absent: nobody is asked. */
  approver: z.string().optional(),
  cost: z.string(),
  /** The last day on which it may be asked for, where that is near. */
  endsOn: day.optional(),
});
export type CatalogCard = z.infer<typeof catalogCard>;

/** The five doors; what each leads to is never named to whoever asks. need: what stands in no list, in their own words. */
export const NEEDS = ['notWorking', 'need', 'question', 'somethingNew', 'notSatisfied'] as const;
export type Need = (typeof NEEDS)[number];

export const catalogBrowse = z.object({
  state: z.literal('ok'),
  /** For whom the catalog is shown. */
  person,
  customers: z.array(named),
  /** May look as somebody else does. */
  staff: z.boolean(),
  keeps: z.boolean(),
  needs: z.array(z.object({ need: z.enum(NEEDS), name: z.string(), text: z.string() })),
  items: z.array(catalogCard).max(CATALOG_A_PAGE),
  /** Of what was found; and how it divides over services before one was chosen. */
  total: z.number().int(),
  services: z.array(named.extend({ n: z.number().int() })),
  after: after.optional(),
  /** Whom to ask where nothing is agreed yet. */
  nothing: z.string().optional(),
});
export type CatalogBrowse = z.infer<typeof catalogBrowse>;

export const catalogDetail = z.object({
  state: z.literal('ok'),
  item: catalogCard.extend({
    forWhom: z.string(),
    conditions: z.array(z.string()),
    fields: z.array(formField),
    /** The day is asked for: it has to be given, or may be left out. */
    wanted: z.enum(['required', 'optional']),
  }),
  person,
  /** For whom it may be asked; one only: nobody is asked. */
  customers: z.array(named),
  card,
  /** The first day that is promised; absent: it is agreed with each request. */
  firstDay: day.optional(),
  next: z.array(z.object({ text: z.string(), when: z.string() })),
  /** Only for people who work here. */
  staff: z
    .object({
      typeName: z.string(),
      process: z.string(),
      agreement: z.object({ id: z.string(), name: z.string(), version: z.number().int(), until: day.optional() }),
      team: z.string().optional(),
      register: z.array(z.string()),
      owner: person.optional(),
      approved: z.object({ by: person, at: moment }).optional(),
      validUntil: day.optional(),
    })
    .optional(),
});
export type CatalogDetail = z.infer<typeof catalogDetail>;

/** By label of the form's field; people by account id. */
const answers = z.record(z.string().max(80), z.union([z.string().max(4_000), z.number()]));
export const orderAsked = z.object({
  request,
  id: catalogItemId,
  as: accountId.optional(),
  customer: z.string().max(40).optional(),
  answers: answers.default({}),
  wanted: day.optional(),
  note: z.string().trim().max(4_000).default(''),
});
export type OrderAsked = z.input<typeof orderAsked>;

/** In somebody's own words, by one of the five doors. */
export const told = z.object({
  request,
  need: z.enum(NEEDS),
  as: accountId.optional(),
  customer: z.string().max(40).optional(),
  service: z.string().max(40).optional(),
  summary: z.string().trim().min(3).max(250),
  text: z.string().trim().max(8_000).default(''),
});

export const ordered = z.object({
  state: z.literal('ok'),
  key: issueKey,
  title: z.string(),
  /** By when it is promised. */
  dueBy: moment.optional(),
  accepted: z.boolean(),
  /** Who does what now, in words. */
  next: z.array(z.string()),
});
export type Ordered = z.infer<typeof ordered>;
const refused = z.object({ state: z.literal('refused'), wrong: z.array(agreementFinding).min(1) });

export const catalogMine = z.object({
  state: z.literal('ok'),
  /** What this person has asked for and is not finished. */
  open: z.array(z.object({ key: issueKey, summary: z.string(), text: z.string(), confirm: z.boolean() })),
  /** What waits for this person to say yes or not yet. */
  approve: z.array(z.object({ key: issueKey, item: catalogItemId, title: z.string(), by: person, at: moment })),
});
export type CatalogMine = z.infer<typeof catalogMine>;

// Whoever keeps the items

export const catalogRow = z.object({
  id: catalogItemId,
  title: z.string(),
  type: z.enum(CATALOG_TYPES),
  service: named,
  status: z.enum(CATALOG_STATUSES),
  /** Approved, and written since: people see what was approved. */
  changed: z.boolean(),
  validUntil: day.optional(),
  expired: z.boolean(),
});
export type CatalogRow = z.infer<typeof catalogRow>;

export const catalogEntry = z.object({
  state: z.literal('ok'),
  item: catalogItem,
  rowVersion,
  status: z.enum(CATALOG_STATUSES),
  changed: z.boolean(),
  expired: z.boolean(),
  /** Who approved it, and withdrew it, oldest first. */
  history: z.array(z.object({ kind: z.enum(['approve', 'withdraw']), by: person, at: moment })),
  /** What is wrong, what approving would be refused for, and hints for plain words. */
  findings: z.array(agreementFinding),
  hinders: z.array(agreementFinding),
  hints: z.array(agreementFinding),
});
export type CatalogEntry = z.infer<typeof catalogEntry>;
const changed = z.union([catalogEntry, z.object({ state: z.literal('stale'), text: z.string(), now: catalogEntry }), refused, trouble]);

/** What the editor lets choose from. */
export const catalogChoices = z.object({
  state: z.literal('ok'),
  services: z.array(named),
  teams: z.array(z.string()),
  categories: z.array(z.object({ parent: z.string(), children: z.array(z.string()) })),
  calendars: z.array(named),
  spaces: z.array(z.object({ key: z.string(), name: z.string() })),
});
export type CatalogChoices = z.infer<typeof catalogChoices>;

// The panel of a work item

const approvalView = z.object({
  role: z.string(),
  given: z.object({ verdict: z.enum(['approve', 'notYet']), by: person, at: moment, words: z.string().optional() }).optional(),
  /** This person is the one who is asked. */
  mine: z.boolean(),
});
export const catalogPanel = z.object({
  state: z.literal('ok'),
  /** As the work item names it. */
  service: z.string().optional(),
  ordered: z.object({ id: catalogItemId.optional(), title: z.string(), note: z.string().optional() }).optional(),
  card: card.optional(),
  approval: approvalView.optional(),
  checklist: z.array(z.string()),
  /** What can be started from here, filled in and linked. */
  standards: z.array(z.object({ id: catalogItemId, title: z.string(), type: z.enum(CATALOG_TYPES), ready: z.string() })),
  may: z.object({ start: z.boolean() }),
});
export type CatalogPanel = z.infer<typeof catalogPanel>;

/** What the panel of a work item asks; a page of its own, so with the schemas of these alone. */
export const catalogPanelCalls = {
  'catalog.forWorkItem': { request: z.object({}), answer: z.union([catalogPanel, trouble]) },
  /** The work item is the page's own, or named where there is none. */
  'catalog.approve': {
    request: z.object({
      key: issueKey.optional(),
      item: catalogItemId,
      verdict: z.enum(['approve', 'notYet']),
      words: z.string().trim().max(2_000).optional(),
    }),
    answer: z.union([z.object({ state: z.literal('ok'), accepted: z.boolean() }), trouble]),
  },
  /** From the work item of the page: another one of an item of its service, filled in and linked as what it leads to. */
  'catalog.start': {
    request: z.object({ request, id: catalogItemId }),
    answer: z.union([ordered, refused, trouble]),
  },
} as const;

export const catalogCalls = {
  'catalog.browse': {
    request: z.object({
      as: accountId.optional(),
      query: z.string().trim().max(200).default(''),
      service: z.string().max(40).optional(),
      ready: z.enum(READY_WITHIN).optional(),
      charged: z.boolean().optional(),
      after: after.optional(),
    }),
    answer: z.union([catalogBrowse, trouble]),
  },
  'catalog.item': { request: z.object({ id: catalogItemId, as: accountId.optional() }), answer: z.union([catalogDetail, trouble]) },
  'catalog.request': { request: orderAsked, answer: z.union([ordered, refused, trouble]) },
  'catalog.tell': { request: told, answer: z.union([ordered, refused, trouble]) },
  'catalog.mine': { request: z.object({}), answer: z.union([catalogMine, trouble]) },
  'catalog.items': {
    request: z.object({ search: z.string().trim().max(200).default(''), status: z.enum(CATALOG_STATUSES).optional(), after: after.optional() }),
    answer: z.union([
      z.object({ state: z.literal('ok'), rows: z.array(catalogRow), total: z.number().int(), after: after.optional(), keeps: z.boolean() }),
      trouble,
    ]),
  },
  'catalog.get': { request: z.object({ id: catalogItemId }), answer: z.union([catalogEntry, trouble]) },
  'catalog.choices': { request: z.object({}), answer: z.union([catalogChoices, trouble]) },
  /** `rowVersion` 0: it is new. */
  'catalog.save': { request: z.object({ item: catalogItem, rowVersion }), answer: changed },
  /** Approved is what stands there now, by whoever says so; withdrawn, nobody can ask for it any more. */
  'catalog.deed': { request: z.object({ id: catalogItemId, rowVersion, kind: z.enum(['approve', 'withdraw']) }), answer: changed },
  ...catalogPanelCalls,
} as const;
