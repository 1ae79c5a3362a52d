/** An item as people read it: when, what it costs, who is asked. Pure. */
import type { CatalogItem, Delivery, ReadyWithin } from '../contract';

const HOUR = 60;
const DAY = 24 * HOUR;
const count = (n: number, one: string): string => `${String(n)} ${n === 1 ? one : `${one}s`}`;

/** Within 5 working days */
export function readyWords(delivery: Delivery): string {
  switch (delivery.kind) {
    case 'days':
      return `Within ${count(delivery.days, 'working day')}`;
    case 'hours': {
      if (delivery.hours === 0) return 'At once';
      return delivery.hours < 1 ? `Within ${count(Math.round(delivery.hours * 60), 'minute')}` : `Within ${count(delivery.hours, 'hour')}`;
    }
    case 'agreedDate':
      return 'On a day we agree with you';
  }
}

/** Minutes, to compare promises; what is agreed each time is behind all of them. */
export function readyMinutes(delivery: Delivery): number {
  if (delivery.kind === 'agreedDate') return -1;
  return delivery.kind === 'days' ? delivery.days * DAY : Math.round(delivery.hours * HOUR);
}

export function readyWithin(minutes: number): ReadyWithin {
  if (minutes < 0) return 'longer';
  if (minutes <= HOUR) return 'atOnce';
  if (minutes <= DAY) return 'day';
  return minutes <= 5 * DAY ? 'week' : 'longer';
}

const PER = { once: 'once', month: 'a month', quarter: 'a quarter', year: 'a year' } as const;

/** EUR 84 a month for each workplace */
export const costWords = ({ price }: Pick<CatalogItem, 'price'>): string =>
  price.kind === 'included' ? 'Included' : `${price.currency} ${price.amount.toLocaleString('en-GB')} ${PER[price.per]} for ${price.unit}`;

/** What happens once it is asked for, in the order in which it does. */
export function nextWords(item: Pick<CatalogItem, 'approver' | 'delivery' | 'type' | 'automatic'>): { text: string; when: string }[] {
  const { approver, delivery, type } = item;
  const ready = readyWords(delivery);
  const when = ready.charAt(0).toLowerCase() + ready.slice(1);
  return [
    { text: 'You send the request', when: 'you get a number at once' },
    ...(approver ? [{ text: `The ${approver.role} says whether you can have it`, when: 'we ask, you do not have to' }] : []),
    ...(type === 'wish' ? [{ text: 'We talk about what you need', when: 'and what it would take' }] : []),
    ...(type === 'rfc' ? [{ text: 'We prepare and test it', when: 'as we have done it before' }] : []),
    { text: type === 'incident' ? 'We make it work again' : type === 'wish' ? 'You get our offer' : 'We do it', when },
    { text: 'You say whether it is right', when: 'only then it is finished' },
  ];
}

/** Words that people who ask do not use. */
const TRADE = [
  'rfc',
  'ci',
  'cmdb',
  'sla',
  'incident',
  'provisioning',
  'deploy',
  'deployment',
  'ticket',
  'stakeholder',
  'workflow',
  'escalate',
  'asset',
];
const LONG_SENTENCE = 22;

/** Hints for plain words: what a reader stumbles over. */
export function plainHints({ title, what }: Pick<CatalogItem, 'title' | 'what'>): { kind: string; text: string; path: string }[] {
  const said = (text: string): string[] =>
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => TRADE.includes(word));
  const long = what.split(/[.!?]+/).filter((sentence) => sentence.trim().split(/\s+/).length > LONG_SENTENCE);
  return [
    ...(['title', 'what'] as const).flatMap((path) =>
      [...new Set(said(path === 'title' ? title : what))].map((word) => ({
        kind: 'trade',
        text: `"${word}" is a word of ours. Say it as the customer does.`,
        path,
      })),
    ),
    ...(long.length > 0
      ? [{ kind: 'long', text: `A sentence of more than ${String(LONG_SENTENCE)} words is hard to read. Make two of it.`, path: 'what' }]
      : []),
  ];
}
