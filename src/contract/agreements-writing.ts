/** What editors of agreements and records offer to choose from, besides the records themselves. */
import { z } from 'zod';
import { trouble } from './common';
import { calendar } from './settings';

export const writingChoices = z.object({
  state: z.literal('ok'),
  /** Of the settings, in their order. */
  calendars: z.array(calendar.pick({ id: true, name: true, timeZone: true })),
});
export type WritingChoices = z.infer<typeof writingChoices>;

export const writingCalls = {
  'records.choices': { request: z.object({}), answer: z.union([writingChoices, trouble]) },
} as const;
