/** What setup leaves behind for the rest of the app: which Jira object carries which part of the method. */
import { z } from 'zod';
import { choice, level, moment, person } from '../contract';
import {
  FIELD_KEYS,
  type FieldKey,
  LINK_TYPES,
  PROFILE_KEYS,
  RESOLUTIONS,
  RULE_IDS,
  STATUS_KEYS,
  type StatusKey,
  WORK_TYPE_KEYS,
  type WorkTypeKey,
} from '../method';
import { PART_KEYS } from './site';

const ids = <Key extends string>(keys: readonly Key[]) => z.record(z.enum(keys as [Key, ...Key[]]), z.string());
const keysOf = <Key extends string>(table: Record<Key, unknown>): Key[] => Object.keys(table) as Key[];

/** Ids of what exists: by part, then by the blueprint's key. */
export const partIds = z.record(z.enum(PART_KEYS), z.record(z.string(), z.string()));

/** The ids of everything USM on this site. Stored once, read wherever a panel or a job needs it. */
export const installed = z.object({
  version: z.literal(1),
  fields: ids(FIELD_KEYS),
  statuses: ids(STATUS_KEYS),
  workTypes: ids(WORK_TYPE_KEYS),
  workflows: ids(WORK_TYPE_KEYS),
  resolutions: ids(keysOf(RESOLUTIONS)),
  linkTypes: ids(keysOf(LINK_TYPES)),
  roles: ids(PROFILE_KEYS),
  /** `existing`: was there before USM and was switched to copies of its schemes. */
  projects: z.array(z.object({ id: z.string(), key: z.string(), name: z.string(), existing: z.boolean() })),
  /** Everything that was found or made, screens and schemes included: what drift compares with. */
  all: partIds,
  /** What was decided about names that were taken. */
  choices: z.record(z.string(), choice),
  /** Hash of the blueprint that was applied; another one in the code means an upgrade. */
  blueprint: z.string(),
  applied: z.object({ hash: z.string(), by: person, at: moment }),
});
export type Installed = z.infer<typeof installed>;

/**
 * The configuration of every USM rule in a workflow. It carries the ids a gate needs, so that judging costs no read of settings.
 * Jira limits it to 32,768 bytes (Forge docs: workflow rule configuration).
 */
export const ruleConfig = z.object({
  v: z.literal(1),
  type: z.enum(WORK_TYPE_KEYS),
  transition: z.string(),
  fields: ids(FIELD_KEYS),
  statuses: ids(STATUS_KEYS),
  workTypes: ids(WORK_TYPE_KEYS),
  /** Levels that differ from enforce, so that a gate needs no read to know them. */
  levels: z.partialRecord(z.enum(RULE_IDS), level).optional(),
});
export type RuleConfig = z.infer<typeof ruleConfig>;
export const RULE_CONFIG_LIMIT = 32_768;

/** The rule about the person acting carries its expression, and with the roles all it takes to write it anew for other levels. */
export const whoConfig = ruleConfig.extend({ roles: ids(PROFILE_KEYS), expression: z.string() });
export type WhoConfig = z.infer<typeof whoConfig>;

/** What reading a work item needs of the site. */
export interface Binding {
  fields: Readonly<Record<FieldKey, string>>;
  statuses: Readonly<Record<StatusKey, string>>;
  workTypes: Readonly<Record<WorkTypeKey, string>>;
}

/** Manifest keys of the rules that setup puts into the workflows. */
export const GATE_MODULE = 'usm-gate';
export const WHO_MODULE = 'usm-who';
export const AFTER_MODULE = 'usm-after';
export const RULE_MODULES = [GATE_MODULE, WHO_MODULE, AFTER_MODULE] as const;
export type RuleModule = (typeof RULE_MODULES)[number];

/** Asks before a step, so that levels and a pause are for it; the other rule follows a step. */
export const asksBefore = (module: string): boolean => module === GATE_MODULE || module === WHO_MODULE;
