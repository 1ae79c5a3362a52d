/** How a status looks: its name and the colour of its category in Jira. */
import type { StatusKey, Tone } from './kinds';

/** Statuses carry plain English names, so the key says it. */
export const statusName = (status: StatusKey): string => status.charAt(0).toUpperCase() + status.slice(1);

const TONES: Partial<Record<StatusKey, Tone>> = {
  registered: 'neutral',
  accepted: 'neutral',
  fulfilled: 'success',
  closed: 'success',
  cancelled: 'success',
};

export const statusTone = (status: StatusKey): Tone => TONES[status] ?? 'information';

const OF_CATEGORY = { TODO: 'neutral', IN_PROGRESS: 'information', DONE: 'success' } as const;

/** A status of a space that does not follow USM, by its category in Jira. */
export const categoryTone = (category: keyof typeof OF_CATEGORY | undefined): Tone => (category ? OF_CATEGORY[category] : 'neutral');
