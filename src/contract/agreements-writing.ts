/** What editors of agreements and records offer to choose from, besides the records themselves. */
import { z } from 'zod';
import { CELL_KEYS, service } from './agreements';
import { trouble } from './common';
import { calendar } from './settings';

export const writingChoices = z.object({
  state: z.literal('ok'),
  /** Of the settings, in their order. */
  calendars: z.array(calendar.pick({ id: true, name: true, timeZone: true })),
});
export type WritingChoices = z.infer<typeof writingChoices>;

/** What a service lacks to be offered, with what its blocks and the services it is made of say. */
export const serviceComplete = z.object({ state: z.literal('ok'), cells: z.array(z.enum(CELL_KEYS)), readiness: z.boolean(), price: z.boolean() });
export type ServiceComplete = z.infer<typeof serviceComplete>;

export const writingCalls = {
  'records.complete': { request: z.object({ service: service.shape.id }), answer: z.union([serviceComplete, trouble]) },
  'records.choices': { request: z.object({}), answer: z.union([writingChoices, trouble]) },
} as const;
