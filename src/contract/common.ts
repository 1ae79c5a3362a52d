/** Shapes that every surface shares. What the browser gets is checked here on both sides. */
import { z } from 'zod';
import { FIELD_KEYS, PROCESS_KEYS, RULE_IDS, STATUS_KEYS, WORK_TYPE_KEYS } from '../method';

/** Ids and keys from a browser go into paths of Jira's REST API, so they are patterns, never free text. */
export const issueKey = z.string().regex(/^[A-Z][A-Z0-9_]{1,20}-\d{1,10}$/);
export const projectKey = z.string().regex(/^[A-Z][A-Z0-9_]{1,9}$/);

export const workTypeKey = z.enum(WORK_TYPE_KEYS);
export const statusKey = z.enum(STATUS_KEYS);
export const ruleId = z.enum(RULE_IDS);
export const processKey = z.enum(PROCESS_KEYS);
export const fieldKey = z.enum(FIELD_KEYS);

/** ms since the epoch */
export const moment = z.number().int();

export const person = z.object({ accountId: z.string(), name: z.string() });
export type Person = z.infer<typeof person>;

/**
 * The closed set of faults. person.*: the person can mend it. platform.*: Jira or Forge did not answer as promised; trying again may help.
 * ours.*: a fault of the app; the reference finds it in the log.
 */
export const ERROR_CODES = [
  'person.input',
  'person.forbidden',
  'person.notFound',
  'person.conflict',
  'person.refused',
  'platform.busy',
  'platform.unavailable',
  'platform.answer',
  'ours.fault',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** What any call may answer instead of what it was asked for. */
export const trouble = z.discriminatedUnion('state', [
  z.object({ state: z.literal('notSetUp') }),
  z.object({ state: z.literal('notUsm'), typeName: z.string() }),
  z.object({ state: z.literal('forbidden'), text: z.string() }),
  z.object({
    state: z.literal('error'),
    code: z.enum(ERROR_CODES),
    /** What is missing, why, what to do. */
    text: z.string(),
    /** Ties the message to the log, e.g. 7F3A-21. */
    reference: z.string(),
  }),
]);
export type Trouble = z.infer<typeof trouble>;
