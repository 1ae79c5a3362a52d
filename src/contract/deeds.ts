/** What the dialogs of a work item ask: a step with its facts, facts alone, follow-ups. Who acts and on what comes from the platform. */
import { z } from 'zod';
import { fieldKey, issueKey, moment, person, ruleId, statusKey, trouble, workTypeKey } from './common';
import { triageForm } from './board';
import { processAnswer, ruleLine } from './work';

/** A field of Jira's own beside those of the method. */
const assignee = z.literal('assignee');

/**
 * A value on its way: words, a moment or a number, an option's id ("12", of a cascade "12/34"), an account id, or several option ids or labels.
 * An empty text empties the field.
 */
export const deedValue = z.union([z.string().max(30_000), z.number(), z.array(z.string().max(255)).max(50)]);
export type DeedValue = z.infer<typeof deedValue>;

export const deedField = z.object({
  key: z.union([fieldKey, assignee]),
  name: z.string(),
  help: z.string(),
  kind: z.enum(['text', 'paragraph', 'option', 'options', 'cascade', 'user', 'users', 'date', 'moment', 'number', 'labels']),
  required: z.boolean(),
  options: z.array(z.object({ value: z.string(), name: z.string() })).optional(),
  value: deedValue.optional(),
  /** Of a person. */
  valueName: z.string().optional(),
  /** Of several, by account id. */
  valueNames: z.record(z.string(), z.string()).optional(),
});
export type DeedField = z.infer<typeof deedField>;

const step = z.object({ transition: z.string(), name: z.string(), to: statusKey, toName: z.string() });

/** A file of the work item. */
export const proofFile = z.object({ id: z.string().regex(/^\d{1,18}$/), name: z.string() });
export type ProofFile = z.infer<typeof proofFile>;

export const confirmation = z.object({
  /** Whoever asked is confirming; otherwise it is recorded for them. */
  own: z.boolean(),
  who: person,
  /** The promise again, in the words it was asked in. */
  asked: z.array(z.object({ label: z.string(), text: z.string() })),
  /** The ways back: it is not right yet. */
  rework: z.array(step),
  /** V36: the cause is still there. */
  prevention: z.boolean(),
  /** What the work item already has that may prove it, the latest first. */
  files: z.array(proofFile),
});
export type Confirmation = z.infer<typeof confirmation>;

export const evaluation = z.object({
  figures: z.object({
    /** From the report to the last confirmation. */
    gross: z.number(),
    waited: z.number(),
    /** Before zero: in time. */
    late: z.number().optional(),
    reworks: z.number().int(),
    reopens: z.number().int(),
    path: z.string(),
    handoffs: z.number().int(),
  }),
  questions: z.array(
    z.object({
      text: z.string(),
      usual: z.string(),
      other: z.string(),
      /** Yes is the usual answer. */
      yesIsUsual: z.boolean(),
      ask: z.string(),
      preset: z.enum(['usual', 'other']).optional(),
    }),
  ),
});
export type Evaluation = z.infer<typeof evaluation>;

export const followUpType = z.object({ type: workTypeKey, typeName: z.string(), description: z.string() });

export const deedForm = z.object({
  state: z.literal('ok'),
  key: issueKey,
  summary: z.string(),
  typeName: z.string(),
  statusName: z.string(),
  verb: z.string(),
  /** What the one button does, verb and object. */
  button: z.string(),
  reportedAt: moment,
  /** Absent when facts alone are recorded, or a follow-up is made. */
  step: step.optional(),
  fields: z.array(deedField),
  /** Missing for the step, and not asked here. */
  unmet: z.array(ruleLine),
  confirmation: confirmation.optional(),
  evaluation: evaluation.optional(),
  triage: triageForm.pick({ questions: true, outcomes: true }).optional(),
  followUps: z.array(followUpType),
});
export type DeedForm = z.infer<typeof deedForm>;

/** Which dialog: a step, the facts a rule asks for, or a follow-up. */
export const deed = z.discriminatedUnion('deed', [
  z.object({ deed: z.literal('step'), transition: z.string().max(40) }),
  z.object({ deed: z.literal('facts'), rule: ruleId }),
  z.object({ deed: z.literal('followUp') }),
]);
export type Deed = z.infer<typeof deed>;

/** The id comes from the browser, one for each that a person writes: sent twice it is made once. */
export const followUp = z.object({
  id: z.uuid(),
  type: workTypeKey,
  summary: z.string().trim().min(3).max(200),
  text: z.string().trim().max(4000).optional(),
});
export type FollowUp = z.infer<typeof followUp>;

export const deedRequest = z.object({
  /** Without: the facts alone. */
  transition: z.string().max(40).optional(),
  values: z.partialRecord(z.union([fieldKey, assignee]), deedValue).default({}),
  followUps: z.array(followUp).max(10).default([]),
  /** Files of the work item that prove what is confirmed, by id. */
  proof: z.array(proofFile.shape.id).max(20).default([]),
});
export type DeedRequest = z.infer<typeof deedRequest>;

export const deedAnswer = z.union([
  z.object({ state: z.literal('done'), made: z.array(z.object({ key: issueKey, typeName: z.string() })), panel: processAnswer }),
  /** The step was refused. What was recorded before it stays recorded; `made`: follow-ups that exist by now. */
  z.object({ state: z.literal('refused'), text: z.string(), made: z.array(z.object({ key: issueKey, typeName: z.string() })) }),
  trouble,
]);
export type DeedAnswer = z.infer<typeof deedAnswer>;

export const deedFormAnswer = z.union([deedForm, z.object({ state: z.literal('notNow'), text: z.string() }), trouble]);
export type DeedFormAnswer = z.infer<typeof deedFormAnswer>;

export const deedCalls = {
  'deeds.form': { request: deed, answer: deedFormAnswer },
  'deeds.take': { request: deedRequest, answer: deedAnswer },
} as const;
