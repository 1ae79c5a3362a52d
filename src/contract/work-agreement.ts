/** The agreement of one work item: what was promised, how it stands, and choosing another one with a reason. */
import { z } from 'zod';
import { moment } from './common';
import { calendar } from './settings';

const minutes = z.number().int().min(1);

/** A promise as it was when the work item was accepted; later versions and other priorities change nothing of it. */
export const fixedPromise = z.object({
  /** Of the agreement, at that time. */
  name: z.string(),
  /** When its clocks began: the report, or for what was handed over the moment of asking. */
  from: moment,
  /** Rank at that time; absent: not rated. */
  priority: z.number().int().optional(),
  respond: minutes.optional(),
  /** agreedDate: by the moment that stands in Deliver or restore by. */
  deliver: z.union([minutes, z.literal('agreedDate')]).optional(),
  /** Ready by, as the hand-over asked; it comes before `deliver`. */
  by: moment.optional(),
  percent: z.number().optional(),
  /** Its hours, as they were. */
  calendar: calendar.optional(),
});
export type FixedPromise = z.infer<typeof fixedPromise>;
