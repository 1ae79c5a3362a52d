/** Managed items, their classes and relations, as pages, files and the store share them. */
import { z } from 'zod';
import { LIFE_KEYS, RELATION_KINDS } from '../method';
import { issueKey, moment } from './common';

export const lifeKey = z.enum(LIFE_KEYS);

export const CRITICALITIES = ['low', 'medium', 'high'] as const;
export const criticality = z.enum(CRITICALITIES);
export type Criticality = z.infer<typeof criticality>;

/** Where the data of a class are kept (1.4). managedHere: here, changed by changes alone. linked: elsewhere, named here. replicated: copied from elsewhere. manual: here, by hand. */
export const DATA_POLICIES = ['managedHere', 'linked', 'replicated', 'manual'] as const;
export const dataPolicy = z.enum(DATA_POLICIES);
export type DataPolicy = z.infer<typeof dataPolicy>;

/** One word, since it becomes a label in Jira; labels take no spaces (Jira docs: labels). */
export const itemKey = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$/, 'A key is one word of at most 40 letters, digits and . _ / -');
export const classKey = z.string().regex(/^[a-z][A-Za-z0-9]{0,23}$/);
export const attributeKey = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/);

/** What every item has. Which of these, and which of its own attributes, are managed is said by its class: the dial that decides what is a change (1.4). */
export const COMMON_ATTRIBUTES = ['name', 'life', 'keeper', 'location', 'criticality', 'supplier', 'uc'] as const;
export type CommonAttribute = (typeof COMMON_ATTRIBUTES)[number];

export const ATTRIBUTE_CHARS = 500;
const value = z.string().trim().min(1).max(ATTRIBUTE_CHARS);

export const attributeDefinition = z.object({
  key: attributeKey,
  name: z.string().trim().min(1).max(60),
  kind: z.enum(['text', 'number', 'date', 'choice']),
  choices: z.array(z.string().trim().min(1).max(80)).max(50).default([]),
});
export type AttributeDefinition = z.infer<typeof attributeDefinition>;

export const itemClass = z.object({
  key: classKey,
  name: z.string().trim().min(1).max(60),
  /** Keys of new items begin with it: NET gives NET-0413. */
  prefix: z.string().regex(/^[A-Z]{2,5}$/),
  policy: dataPolicy,
  attributes: z.array(attributeDefinition).max(40),
  /** Changed by a Request for Change alone. Keys of common attributes and of its own. */
  managed: z.array(attributeKey),
  /** By which of its attributes a file recognises an item that it does not name by key. */
  identity: z.array(attributeKey).max(5).default([]),
  /** After so many months without a look it is due. */
  verifyMonths: z.number().int().min(1).max(60).default(12),
});
export type ItemClass = z.infer<typeof itemClass>;

/** Ids of parties and of agreements are those of the agreements. */
const partyId = z.string().regex(/^[\x21-\x7e]{1,40}$/);
const agreementId = z.string().regex(/^(SA|OLA|UC)-\d{1,9}$/);

export const managedItem = z.object({
  key: itemKey,
  class: classKey,
  name: z.string().trim().min(1).max(200),
  life: lifeKey,
  /** The team that keeps it: a party. */
  keeper: partyId.optional(),
  location: z.string().trim().min(1).max(120).optional(),
  criticality: criticality.optional(),
  supplier: partyId.optional(),
  uc: agreementId.optional(),
  /** By the attributes of its class. */
  attributes: z.record(attributeKey, value).default({}),
});
export type ManagedItem = z.infer<typeof managedItem>;

export const VERIFIED_HOW = ['onSite', 'remote', 'fromList'] as const;
export const verifiedHow = z.enum(VERIFIED_HOW);

/** One attribute that came to say something else. Absent: nothing was said. */
export const attributeChange = z.object({ attribute: attributeKey, from: z.string().optional(), to: z.string().optional() });
export type AttributeChange = z.infer<typeof attributeChange>;

/** registered: it came into the register. change: by a work item. direct: by hand, attributes that nobody manages. unauthorised: by hand, managed ones. */
export const VERSION_CAUSES = ['registered', 'change', 'direct', 'unauthorised', 'import', 'undo', 'verified'] as const;
export const versionCause = z.enum(VERSION_CAUSES);
export type VersionCause = z.infer<typeof versionCause>;

export const itemVersion = z.object({
  number: z.number().int().positive(),
  at: moment,
  /** An account id; absent: the app itself. */
  by: z.string().optional(),
  cause: versionCause,
  workItem: z.object({ id: z.string(), key: issueKey }).optional(),
  changes: z.array(attributeChange),
  /** Why a managed attribute was changed without a work item. */
  why: z.string().max(1000).optional(),
});
export type ItemVersion = z.infer<typeof itemVersion>;

export const relationKind = z.enum(RELATION_KINDS);

/** From an item to an item by key, or to a party, service or agreement by id: its kind says which. */
export const relation = z.object({
  from: itemKey,
  kind: relationKind,
  to: z.string().min(1).max(40),
  /** Ways that stand in for each other: of all relations of `from` with this name, `need` have to hold ("two of three"). */
  group: z.string().trim().min(1).max(20).optional(),
  need: z.number().int().min(1).max(99).optional(),
});
export type Relation = z.infer<typeof relation>;

/** What a work item has to do with an item. */
export const TIE_ROLES = ['concerned', 'toChange', 'toAdd'] as const;
export type TieRole = (typeof TIE_ROLES)[number];
export const TIE_OUTCOMES = ['updated', 'noChange'] as const;
export type TieOutcome = (typeof TIE_OUTCOMES)[number];
