/**
 * What people can ask for, in their own words: items of the catalog as they are kept. An item says what somebody gets, who may say no, when it is there, and
 * what is made of it, so that a request arrives filled in. Days are local dates, moments are ms since the epoch.
 */
import { z } from 'zod';
import { price } from './agreements';
import { projectKey } from './common';
import { calendar } from './settings';

const text = (most: number) => z.string().trim().min(1).max(most);
const words = (most: number) => z.string().trim().max(most).default('');
const lines = (most: number) => z.array(text(400)).max(most).default([]);
/** As ids of the other records: an agreement's list of standards names them. */
export const catalogItemId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/);
/** Of a managed item: one word, as the labels it becomes. */
const managed = z.array(z.string().regex(/^\S{1,100}$/)).max(50);

export const CATALOG_TYPES = ['serviceRequest', 'rfc', 'wish', 'incident'] as const;
export type CatalogType = (typeof CATALOG_TYPES)[number];

export const FORM_FIELD_KINDS = ['text', 'choice', 'date', 'person', 'number'] as const;
export const formField = z.object({
  label: text(80),
  kind: z.enum(FORM_FIELD_KINDS),
  required: z.boolean().default(false),
  /** Of a choice. */
  choices: z.array(text(120)).max(50).default([]),
});
export type FormField = z.infer<typeof formField>;

/** Who says on the customer's side whether it may be had: somebody who represents the customer, or this person. `role`: how people call them. */
export const catalogApprover = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('representative'), role: text(80) }),
  z.object({ kind: z.literal('person'), accountId: z.string().min(1).max(128), role: text(80) }),
]);
export type CatalogApprover = z.infer<typeof catalogApprover>;

/** What is promised as long as nobody wants it later: so many working days or hours; or the day is agreed with each request. 0 hours: at once. */
export const delivery = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('days'), days: z.number().int().min(1).max(365) }),
  z.object({ kind: z.literal('hours'), hours: z.number().min(0).max(200) }),
  z.object({ kind: z.literal('agreedDate') }),
]);
export type Delivery = z.infer<typeof delivery>;

export const catalogItem = z.object({
  id: catalogItemId,
  /** The thing as the customer names it. Work items name it by this, so it stays once it was approved. */
  title: text(120),
  /** What you get, in a sentence or two. */
  what: words(600),
  forWhom: words(200),
  conditions: lines(20),
  /** What people also call it: found by them, never shown. */
  alsoCalled: lines(30),
  service: catalogItemId,
  type: z.enum(CATALOG_TYPES),
  /** As in Jira's field: the kind of matter, and the part of it. */
  category: z.object({ parent: text(255), child: text(255).optional() }).optional(),
  /** Nobody who asks is asked for impact and urgency. */
  rating: z.object({ impact: z.enum(['High', 'Medium', 'Low', 'Nil']), urgency: z.enum(['High', 'Medium', 'Low']) }).optional(),
  fields: z.array(formField).max(20).default([]),
  approver: catalogApprover.optional(),
  delivery,
  /** In which days and hours are counted; absent: the hours of support of the agreement. */
  calendar: calendar.shape.id.optional(),
  price: price.prefault({ kind: 'included' }),
  /** An option of the field Solution team. */
  team: text(255).optional(),
  /** The space it is worked on in; absent: the first that works with USM. */
  space: projectKey.optional(),
  checklist: lines(50),
  /** Of a standard change: the template that is approved with the item. */
  plan: words(4_000),
  tests: words(4_000),
  deployment: words(4_000),
  backOut: words(4_000),
  /** Managed items that the change alters, or adds to the register. */
  changes: managed.default([]),
  adds: managed.default([]),
  /** A Service Request is accepted without anybody looking, where the rules let it pass. */
  automatic: z.boolean().default(false),
  /** The last day on which it may be asked for. */
  validUntil: z.iso.date().optional(),
});
export type CatalogItem = z.infer<typeof catalogItem>;

export const CATALOG_STATUSES = ['draft', 'approved', 'withdrawn'] as const;
export type CatalogStatus = (typeof CATALOG_STATUSES)[number];
