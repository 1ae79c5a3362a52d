/** What the failure or change of items reaches, and what hangs together with an item: the picture, its tables, and the graph to look around in. */
import { z } from 'zod';
import { FIT_STATES } from './agreements';
import { issueKey, moment, trouble } from './common';
import { classKey, itemKey, lifeKey, relationKind } from './register';

const named = z.object({ id: z.string(), name: z.string() });
const count = z.number().int().min(0);

/** onwards: what depends on it. back: what it depends on. */
export const IMPACT_DIRECTIONS = ['onwards', 'back'] as const;
export const impactDirection = z.enum(IMPACT_DIRECTIONS);
export type ImpactDirection = z.infer<typeof impactDirection>;

export const IMPACT_GROUPS = ['classAndPlace', 'class', 'place', 'none'] as const;
/** step: all items of a step together, where nothing else is small enough. */
export const impactGroup = z.enum([...IMPACT_GROUPS, 'step']);
export type ImpactGroup = z.infer<typeof impactGroup>;

export const MOST_STEPS = 5;
export const ITEMS_TOLD = 2_000;

/** What goes on without what fails. none: it fails too; half: it holds with nothing to spare, or part of it fails; full: it goes on. */
export const SECOND_PATHS = ['none', 'half', 'full'] as const;
export const secondPath = z.enum(SECOND_PATHS);
export type SecondPath = z.infer<typeof secondPath>;

const reachedItem = z.object({
  key: itemKey,
  name: z.string(),
  class: z.string(),
  place: z.string().optional(),
  level: count,
  /** Absent: nobody has looked, since there are so many. */
  second: secondPath.optional(),
  box: z.string(),
});
export type ReachedItem = z.infer<typeof reachedItem>;

const reachedAgreement = z.object({
  id: z.string(),
  name: z.string(),
  customer: named,
  /** Minutes to restore at P1, and the name of the hours they are counted in. */
  restore: z.number().optional(),
  hours: z.string().optional(),
  verdict: z.enum(FIT_STATES),
});

/** A service with one of its agreements, or without any; an agreement that covers the items themselves has no service. */
const reachedService = z.object({
  service: named.optional(),
  agreement: reachedAgreement.optional(),
  second: secondPath,
  /** What carries it and is reached first. */
  by: itemKey,
  box: z.string().optional(),
});
export type ReachedService = z.infer<typeof reachedService>;

const box = z.object({
  id: z.string(),
  kind: z.enum(['start', 'items', 'service', 'customer', 'more']),
  /** Of items: the step. Services come after the last step, customers after them. */
  layer: count,
  count,
  second: secondPath.optional(),
  /** Of the one item, service or customer that it stands for. */
  ref: named.optional(),
  /** Of items: what all of them are, and where all of them are. */
  class: named.optional(),
  places: z.array(z.string()),
  /** On the way to the shortest promise. */
  shortest: z.boolean(),
});
export type ImpactBox = z.infer<typeof box>;

const openWork = z.object({
  key: issueKey,
  summary: z.string(),
  /** Items that it names and that are reached, some of them where there are many. */
  items: z.array(itemKey),
  start: moment.optional(),
  end: moment.optional(),
});
export type OpenWork = z.infer<typeof openWork>;

export const registerImpact = z.object({
  state: z.literal('ok'),
  start: z.array(z.object({ key: itemKey, name: z.string(), class: named, life: lifeKey })).min(1),
  /** Kinds and grouping as they were used. */
  kinds: z.array(relationKind),
  group: impactGroup,
  /** Besides those it begins with. */
  total: count,
  failing: count,
  /** There is more than was looked at. */
  truncated: z.boolean(),
  boxes: z.array(box),
  lines: z.array(z.object({ from: z.string(), to: z.string(), shortest: z.boolean() })),
  /** Nearest first; so many of them. */
  items: z.array(reachedItem).max(ITEMS_TOLD),
  classes: z.array(named),
  /** The shortest promise first. */
  services: z.array(reachedService),
  /** Of the services: the place of the one whose promise is the shortest. */
  shortest: count.optional(),
  customers: z.array(named.extend({ people: count.optional(), anyone: z.boolean(), tell: z.string().optional() })),
  /** Everybody whom these customers name, each once. */
  people: count,
  workItems: z.array(openWork),
  /** Open work that this person may not see. */
  unseen: count,
  overlaps: z.array(z.object({ keys: z.tuple([issueKey, issueKey]), from: moment, until: moment })),
  overlapsMore: count,
  /** That hold now or will, on what it begins with. */
  freezes: z.array(z.object({ name: z.string(), from: moment, until: moment, items: z.array(itemKey) })),
  asOf: moment,
});
export type RegisterImpact = z.infer<typeof registerImpact>;

/** An item by key, or a party, service or agreement by id. */
const node = z.object({
  id: z.string(),
  kind: z.enum(['item', 'party', 'service', 'agreement']),
  name: z.string(),
  class: classKey.optional(),
  life: lifeKey.optional(),
  place: z.string().optional(),
  depth: count,
  /** Relations that are not shown. */
  more: count,
});
export type GraphNode = z.infer<typeof node>;
const edge = z.object({ from: z.string(), kind: relationKind, to: z.string(), group: z.string().optional(), need: z.number().int().optional() });
export type GraphEdge = z.infer<typeof edge>;

export const NODES_AT_FIRST = 500;
export const MOST_NODES = 2_000;
export const registerNeighbourhood = z.object({
  state: z.literal('ok'),
  nodes: z.array(node).max(MOST_NODES),
  edges: z.array(edge),
  classes: z.array(named),
  truncated: z.boolean(),
});
export type RegisterNeighbourhood = z.infer<typeof registerNeighbourhood>;

export const registerPath = z.object({
  state: z.literal('ok'),
  /** From one to the other; empty: none was found. */
  items: z.array(z.object({ key: itemKey, name: z.string(), class: z.string() })),
  edges: z.array(edge),
  /** How many items were looked at, and whether the search ended for that. */
  looked: count,
  givenUp: z.boolean(),
});
export type RegisterPath = z.infer<typeof registerPath>;

const kinds = z.array(relationKind).max(20);

export const registerImpactCalls = {
  'register.impact': {
    request: z.object({
      key: itemKey,
      /** What fails or changes with it. */
      also: z.array(itemKey).max(50).default([]),
      direction: impactDirection.default('onwards'),
      steps: z.number().int().min(1).max(MOST_STEPS).default(3),
      /** Absent: all along which trouble travels. */
      kinds: kinds.optional(),
      group: z.enum(IMPACT_GROUPS).default('classAndPlace'),
    }),
    answer: z.union([registerImpact, trouble]),
  },
  'register.neighbourhood': {
    request: z.object({
      key: itemKey,
      steps: z.number().int().min(1).max(MOST_STEPS).default(2),
      /** Absent: all of them. */
      kinds: kinds.optional(),
      classes: z.array(classKey).max(100).default([]),
      limit: z.number().int().min(1).max(MOST_NODES).default(NODES_AT_FIRST),
    }),
    answer: z.union([registerNeighbourhood, trouble]),
  },
  'register.path': { request: z.object({ from: itemKey, to: itemKey, kinds: kinds.optional() }), answer: z.union([registerPath, trouble]) },
} as const;
