/** The managed infrastructure register (1.4, 5.1) as the method names it: the life of an item, and how items are related. */

/** The life cycle of an item, in its order. */
export const LIFE = {
  planned: 'Planned',
  ordered: 'Ordered',
  inPreparation: 'In preparation',
  inUse: 'In use',
  suspended: 'Suspended',
  retired: 'Retired',
  disposed: 'Disposed',
} as const;
export type LifeKey = keyof typeof LIFE;
export const LIFE_KEYS = Object.keys(LIFE) as [LifeKey, ...LifeKey[]];
/** Its life is over: nobody chooses it any more (5.3 rule 10). */
export const LIFE_OVER: readonly LifeKey[] = ['retired', 'disposed'];

/** What a relation may lead to. */
export type RelationEnd = 'item' | 'party' | 'service' | 'agreement';

/** How a relation is said from either end, what stands at its other end, and how trouble travels along it: from the end it names to the other. */
export const RELATIONS = {
  partOf: { there: 'is part of', back: 'has as part', to: 'item', trouble: 'from' },
  dependsOn: { there: 'depends on', back: 'is needed by', to: 'item', trouble: 'to' },
  connectedTo: { there: 'is connected to', back: 'is connected to', to: 'item', trouble: undefined },
  usedBy: { there: 'is used by', back: 'uses', to: 'party', trouble: 'from' },
  supports: { there: 'supports', back: 'is supported by', to: 'service', trouble: 'from' },
  coveredBy: { there: 'is covered by', back: 'covers', to: 'agreement', trouble: undefined },
  documentedIn: { there: 'is documented in', back: 'documents', to: 'item', trouble: undefined },
  locatedAt: { there: 'is located at', back: 'holds', to: 'item', trouble: 'to' },
  replacedBy: { there: 'is replaced by', back: 'replaces', to: 'item', trouble: undefined },
} as const satisfies Record<string, { there: string; back: string; to: RelationEnd; trouble: 'from' | 'to' | undefined }>;
export type RelationKind = keyof typeof RELATIONS;
export const RELATION_KINDS = Object.keys(RELATIONS) as [RelationKind, ...RelationKind[]];
