/** The platform's limits, each with its source ("Forge docs" = developer.atlassian.com/platform/forge). */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const KIB = 1024;
const MIB = 1024 * KIB;

/** Forge docs: invocation limits. */
export const INVOCATION = {
  /** Resolvers and whatever the page does not name: validators, post functions, triggers. */
  defaultMs: 25 * SECOND,
  /** Web triggers, actions; also the default of consumers and scheduled triggers. */
  longMs: 55 * SECOND,
  /** The most that `timeoutSeconds` gives consumers and scheduled triggers. */
  longestMs: 900 * SECOND,
  /** Front-end invoke: request and response. */
  frontEndRequestBytes: 500 * KIB,
  responseBytes: 5 * MIB,
  /** What any function may be handed. */
  requestBytes: 5 * MIB,
  /** Manifest reference, app.runtime.memoryMB. */
  memoryMB: 512,
  /** Calls of resolvers, in fixed windows: of one person, and of all people of an installation. */
  perUserMinute: 1200,
  perInstallationMinute: 7000,
  perInstallationSecond: 300,
} as const;

/** Forge docs: invocation limits, logging. Lines for each begun minute that the function may take. */
export const LOG = {
  linesPerMinute: 100,
  bytes: 200 * KIB,
} as const;

/** Forge docs: KVS and custom entity limits, storage error handling, transactions, batches, queries, set options. */
export const KVS = {
  keyPattern: /^(?!\s+$)[a-zA-Z0-9:._\s\-#]+$/,
  keyLength: 500,
  valueBytes: 240 * KIB,
  depth: 31,
  transactionOperations: 25,
  transactionBytes: 4 * MIB,
  batchItems: 25,
  batchBytes: 4 * MIB,
  queryDefault: 10,
  queryMost: 100,
  /** Conditions of one query or transaction. */
  queryConditions: 100,
  /** The docs say only that queries may be slightly out of date. */
  queryLagMs: 2 * SECOND,
  ttlMs: 365 * 24 * HOUR,
  requestsPerSecond: 1000,
  /** Reads and writes count in steps of this size. */
  unitBytes: 10 * KIB,
  readUnitsPerMinute: 4000,
  writeUnitsPerMinute: 4000,
  keyReadBytesPerSecond: 12 * MIB,
  keyWriteBytesPerSecond: 1 * MIB,
  indexReadBytesPerSecond: 24 * MIB,
} as const;

/** Forge docs: SQL limits. */
export const SQL = {
  selectMs: 5 * SECOND,
  dmlMs: 10 * SECOND,
  ddlMs: 20 * SECOND,
  ddlPerMinute: 25,
  dmlPerSecond: 150,
  /** Of all statements together. */
  runningMsPerMinute: 62.5 * SECOND,
  tables: 200,
  memoryBytes: 16 * MIB,
  requestBytes: 1 * MIB,
  responseBytes: 4 * MIB,
  /** TiDB docs: cte_max_recursion_depth. */
  recursions: 1000,
  /** TiDB docs: group_concat_max_len. */
  groupConcatBytes: 1024,
} as const;

/** Forge docs: async events limits; @forge/events 3.0.8 source checks the first three in the app too. */
export const QUEUE = {
  eventsPerPush: 50,
  pushBytes: 200 * KIB,
  delaySeconds: 900,
  eventsPerMinute: 500,
  cyclicPushes: 1000,
  /** Of one event for a function that may take longer than the usual time. */
  longEventBytes: 100 * KIB,
  retryDataBytes: 4 * KIB,
  retentionMs: 24 * HOUR,
  backoffMs: 15 * MINUTE,
} as const;

/** Forge docs: product events. */
export const EVENTS = {
  delayMs: 3 * MINUTE,
  retries: 4,
  retryAfterSeconds: 900,
} as const;

/** Forge docs: scheduled trigger. */
export const SCHEDULE_MS = {
  fiveMinute: 5 * MINUTE,
  hour: HOUR,
  day: 24 * HOUR,
  week: 7 * 24 * HOUR,
} as const;

/** @forge/api 8.3.0 source: accounts per personal data report. */
export const PERSONAL_DATA_ACCOUNTS = 90;
