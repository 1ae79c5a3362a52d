/** Files on their way into the register, and out of it: what a column means, what a run would do, what it did; as pages and the server share it. */
import { z } from 'zod';
import { LIFE, RELATION_KINDS, RELATIONS } from '../method';
import { issueKey, moment, person, trouble } from './common';
import { attributeKey, classKey, COMMON_ATTRIBUTES, itemClass, lifeKey, managedItem, relation } from './register';
import { registerFilters } from './register-calls';

export { LIFE, RELATIONS };

const count = z.number().int().min(0);
const after = z.string().max(200);
const run = z.uuid();

// What a file may hold

export const MOST_ROWS = 200_000;
export const MOST_COLUMNS = 100;
/** Rows of one call, and their bytes: an invoke takes 500 kB (Forge docs: invocation limits). */
export const ROWS_A_CALL = 1_000;
export const BYTES_A_CALL = 400_000;
/** What is longer comes cut, and is refused with its line. */
export const CELL_CHARS = 2_000;

// What a column means

/** own.serialNumber: an attribute of its class. rel.dependsOn: keys, with ; or , between them. leave: not taken. */
export const COLUMN_TARGETS = ['key', 'class', ...COMMON_ATTRIBUTES, 'verified', 'leave'] as const;
export const columnTarget = z.union([
  z.enum(COLUMN_TARGETS),
  z.string().regex(/^own\.[a-z][A-Za-z0-9]{0,39}$/),
  z.enum(RELATION_KINDS.map((kind) => `rel.${kind}` as const)),
]);
export type ColumnTarget = z.infer<typeof columnTarget>;

/** In which order a date is written where it is not year, month, day. */
export const DATE_ORDERS = ['ymd', 'dmy', 'mdy'] as const;
export const dateOrder = z.enum(DATE_ORDERS);
export type DateOrder = z.infer<typeof dateOrder>;

const heading = z.string().max(200);
const mappedColumn = z.object({
  header: heading,
  to: columnTarget,
  /** What a word of the file is called here: a class, a part of the life cycle, a party. */
  values: z.record(z.string().max(200), z.string().max(120)).default({}),
  dates: dateOrder.default('ymd'),
});
export type MappedColumn = z.infer<typeof mappedColumn>;

/** Kept under a name for the next file from there; items remember which one named them last. */
export const importMapping = z.object({
  id: z.uuid(),
  name: z.string().trim().min(1).max(60),
  columns: z.array(mappedColumn).min(1).max(MOST_COLUMNS),
  /** Of every row, where no column says it. */
  class: classKey.optional(),
  life: lifeKey.default('inUse'),
  recognise: z.enum(['key', 'identity']).default('key'),
  /** Who is right when both changed. */
  right: z.enum(['ask', 'file', 'register']).default('ask'),
});
export type ImportMapping = z.infer<typeof importMapping>;

export const importFile = z.object({
  name: z.string().min(1).max(200),
  rows: count.max(MOST_ROWS),
  columns: count,
  encoding: z.string().max(20),
  separator: z.string().max(12).optional(),
  fingerprint: z.string().max(64),
});
export type ImportFile = z.infer<typeof importFile>;

export const importLine = z.object({
  /** Where it begins in the file. */
  line: z.number().int().min(1),
  /** Of the columns that are taken, in the order of the mapping. */
  cells: z.array(z.string().max(CELL_CHARS + 1)).max(MOST_COLUMNS),
  /** What is wrong with it as a line of a file. */
  wrong: z.string().max(300).optional(),
});
export type ImportLine = z.infer<typeof importLine>;

// A run

/** taking: rows arrive. looking, settling, vanishing: what would become of each. looked: somebody decides. Then writing, relating, checking, marking. */
export const IMPORT_PHASES = [
  'taking',
  'looking',
  'settling',
  'vanishing',
  'looked',
  'creating',
  'updating',
  'relating',
  'checking',
  'marking',
  'done',
  'undoing',
  'undone',
] as const;
export const importPhase = z.enum(IMPORT_PHASES);
export type ImportPhase = z.infer<typeof importPhase>;

/** So long may a run be undone, and is what it refused kept. */
export const UNDO_DAYS = 30;

const counts = z.object({
  create: count,
  update: count,
  /** Of `update`: those that change what is managed. */
  managed: count,
  leave: count,
  decide: count,
  /** Under a running change. */
  waits: count,
  wrong: count,
  vanished: count,
  /** Attributes that would be, or were, changed. */
  attributes: count,
});
export type ImportCounts = z.infer<typeof counts>;

export const importRun = z.object({
  id: run,
  name: z.string(),
  by: person,
  at: moment,
  file: importFile,
  mapping: importMapping,
  phase: importPhase,
  stopped: z.boolean(),
  workItem: issueKey.optional(),
  vanished: z.enum(['mark', 'leave']).optional(),
  undoUntil: moment.optional(),
});

export const importProgress = z.object({
  state: z.literal('ok'),
  run: importRun,
  counts,
  /** Of the phase that runs. */
  done: count,
  of: count,
  phases: z.array(z.object({ phase: importPhase, done: count, of: count, from: moment.optional(), until: moment.optional() })),
  /** Rows that arrived; whoever goes on sends the next. */
  taken: count,
  written: z.object({ created: count, updated: count }),
  /** Written items that were the same when read back; and those that somebody changed since. */
  compared: z.object({ same: count, other: count }),
  /** Portions that had to be tried again. */
  again: count,
  undone: z.object({ back: count, kept: count }).optional(),
  /** How many its undo would set back. */
  undoable: count.optional(),
});
export type ImportProgress = z.infer<typeof importProgress>;

export const PREVIEW_FILTERS = ['create', 'update', 'leave', 'decide', 'waits', 'wrong', 'vanished'] as const;
export const previewFilter = z.enum(PREVIEW_FILTERS);
export type PreviewFilter = z.infer<typeof previewFilter>;
export const PREVIEW_ROWS = 50;

/** register, file: who is right. keeper: whoever keeps the item is to say so; until then it is left as it is. */
export const DECISIONS = ['register', 'file', 'keeper'] as const;
export const decision = z.enum(DECISIONS);
export type Decision = z.infer<typeof decision>;

const difference = z.object({ attribute: attributeKey, name: z.string(), register: z.string().optional(), file: z.string().optional() });
export const previewRow = z.object({
  line: count,
  key: z.string().optional(),
  name: z.string().optional(),
  /** What would be written. */
  changes: z.array(difference),
  /** Changed on both sides. */
  conflicts: z.array(
    difference.extend({
      decision: decision.optional(),
      /** When the register came to say so, and under which work item; its key only where this person may see it. */
      last: z.object({ at: moment, by: z.string().optional(), workItem: issueKey.optional() }).optional(),
    }),
  ),
  /** Under a change that is running; its key only where this person may see it. */
  lock: z.object({ workItem: issueKey.optional() }).optional(),
  /** Who keeps it. */
  keeper: z.string().optional(),
  wrong: z.array(z.object({ why: z.string(), todo: z.string() })),
  /** As they stood in the file; only of what was not taken. */
  cells: z.array(z.string()).optional(),
});
export type PreviewRow = z.infer<typeof previewRow>;
const previewRows = z.object({ state: z.literal('ok'), rows: z.array(previewRow), after: after.optional() });

const party = z.object({ id: z.string(), name: z.string() });
const setup = z.object({
  state: z.literal('ok'),
  classes: z.array(itemClass),
  parties: z.array(party),
  mappings: z.array(importMapping),
  /** The newest first. */
  runs: z.array(importRun.pick({ id: true, name: true, at: true, by: true, phase: true, stopped: true }).extend({ file: z.string() })),
  /** Keys of items that are there already, as a sign for how sure a column is. */
  items: count,
});
export type ImportSetup = z.infer<typeof setup>;

export const EXPORT_ROWS = 500;
export const exportedItem = managedItem.extend({
  verified: moment.optional(),
  relations: z.array(relation.omit({ from: true })),
});
export type ExportedItem = z.infer<typeof exportedItem>;

const progress = z.union([importProgress, trouble]);

export const registerImportCalls = {
  /** What there is to match with: classes, parties, earlier mappings; and runs that were left. */
  'register.importSetup': { request: z.object({}), answer: z.union([setup, trouble]) },
  /** How many of these keys are in the register. */
  'register.importKnown': {
    request: z.object({ keys: z.array(z.string().max(60)).max(500) }),
    answer: z.union([z.object({ state: z.literal('ok'), known: count }), trouble]),
  },
  /** A new run, and its mapping kept. The same again is the same run. */
  'register.importBegin': { request: z.object({ run, file: importFile, mapping: importMapping }), answer: progress },
  /** One portion of the rows; twice is once. `last`: that was all. */
  'register.importPlan': {
    request: z.object({ run, rows: z.array(importLine).max(ROWS_A_CALL), last: z.boolean() }),
    answer: progress,
  },
  /** Goes on for a few seconds; asked until it stands still. */
  'register.importStep': { request: z.object({ run }), answer: progress },
  'register.importPreview': {
    request: z.object({ run, filter: previewFilter, after: after.optional() }),
    answer: z.union([previewRows, trouble]),
  },
  /** One attribute of one row, or what is not decided yet of all of them. */
  'register.importDecide': {
    request: z.union([z.object({ run, line: count, attribute: attributeKey, decision }), z.object({ run, all: z.enum(['register', 'file']) })]),
    answer: progress,
  },
  /** Begins to write. workItem: the Request for Change under which managed attributes change. */
  'register.importApply': { request: z.object({ run, workItem: issueKey.optional(), vanished: z.enum(['mark', 'leave']) }), answer: progress },
  'register.importStop': { request: z.object({ run, stopped: z.boolean() }), answer: progress },
  /** What was not taken: refused, waiting for a change, not decided. */
  'register.importReport': { request: z.object({ run, after: after.optional() }), answer: z.union([previewRows, trouble]) },
  /** Sets back what nobody touched since. */
  'register.importUndo': { request: z.object({ run }), answer: progress },
  /** One portion of the items that are filtered; the page joins them. */
  'register.export': {
    request: z.object({ filters: registerFilters.prefault({}), after: after.optional() }),
    answer: z.union([z.object({ state: z.literal('ok'), items: z.array(exportedItem).max(EXPORT_ROWS), after: after.optional() }), trouble]),
  },
} as const;
