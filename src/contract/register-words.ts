/** What lives and relations are called: the method's words, for the pages that show them. */
export { LIFE, LIFE_KEYS, type LifeKey, LIFE_OVER, RELATION_KINDS, type RelationKind, RELATIONS } from '../method';
