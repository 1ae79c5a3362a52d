/** When a work item came into a group and out of it, from Jira's changelog: links are also made and taken away by hand. Pure. */
import { z } from 'zod';
import { LINK_TYPES } from '../method';
import { instant } from './model';

/** Of the changelog: what is asked of it here. */
export const linkHistory = z.object({
  id: z.string(),
  created: instant,
  author: z.object({ accountId: z.string() }).nullish(),
  items: z.array(
    z.object({
      field: z.string(),
      from: z.string().nullish(),
      to: z.string().nullish(),
      fromString: z.string().nullish(),
      // Where Jira leaves it out there is still a function of this name.
      toString: z.unknown(),
    }),
  ),
});

export interface GroupEvent {
  id: string;
  at: number;
  actor: string | undefined;
  happened: 'grouped' | 'released';
  /** main: another one was grouped under this one. member: this one under another. */
  side: 'main' | 'member';
  /** The other one, by the key it had then. */
  key: string;
}

type Item = z.infer<typeof linkHistory>['items'][number];

/** "This work item is grouped under NSS-1": whatever Jira calls the work item, the verb and the key end the text. */
const sideIn = (text: string, key: string): GroupEvent['side'] | undefined => {
  if (text.endsWith(` ${LINK_TYPES.group.inward} ${key}`)) return 'member';
  return text.endsWith(` ${LINK_TYPES.group.outward} ${key}`) ? 'main' : undefined;
};

function eventOf({ field, from, to, fromString, toString }: Item): Pick<GroupEvent, 'happened' | 'side' | 'key'> | undefined {
  if (field !== 'Link') return undefined;
  const [happened, key, text] = to ? (['grouped', to, toString] as const) : (['released', from ?? '', fromString] as const);
  const side = typeof text === 'string' && key !== '' ? sideIn(text, key) : undefined;
  return side && { happened, side, key };
}

export const groupEvents = (histories: readonly z.infer<typeof linkHistory>[]): GroupEvent[] =>
  histories.flatMap(({ id, created, author, items }) =>
    items.flatMap((item, index) => {
      const event = eventOf(item);
      return event ? [{ id: `link:${id}:${String(index)}`, at: created, actor: author?.accountId, ...event }] : [];
    }),
  );
