/** What one agreement says, in words: targets, dates, renewal, deeds. Pure. */
import type { AgreementDetail, AgreementLine, Price, Target, Terms } from '../../../../src/contract';
import { dayWords, hours } from '../words';

const UNIT = { month: 'month', quarter: 'quarter', year: 'year' } as const;

/** How soon, as people say it: 15 min, 1 h, 4:00 h. */
export function soon(minutes: number): string {
  if (minutes < 60) return `${String(minutes)} min`;
  return `${hours(minutes)} h`;
}

export interface TargetRow {
  /** Empty: as the row above. */
  kind: string;
  measure: string;
  answer: string;
  deliver: string;
  counted: string;
  percent: string;
  /** What the time to restore or deliver adds up to. */
  sum: string;
  /** Of the line, in words. */
  verdict: string;
  /** The heavier of the two lines of this target. */
  line?: AgreementLine;
}

const measureWords = ({ for: measure }: Pick<Target, 'for'>): string => (typeof measure === 'number' ? `P${String(measure)}` : measure);

const WEIGHT = ['cannot', 'unknown', 'tight', 'holds'];

/** One row for each kind of call and priority; a kind that goes on is not said again. `typeName`: what a kind of call is called. */
export function targetRows(detail: Pick<AgreementDetail, 'terms' | 'lines' | 'calendars'>, typeName: (type: Target['type']) => string): TargetRow[] {
  const { targets } = detail.terms;
  const names = new Map(detail.calendars.map(({ id, name }) => [id, name]));
  return targets.map((target, index): TargetRow => {
    const { type, respond, deliver, calendar, percent } = target;
    const key = `${type}.${String(target.for)}`;
    const of = (side: 'respond' | 'deliver') => detail.lines.find((line) => line.key === `${key}.${side}`);
    const delivered = of('deliver');
    // Of equals what is delivered is told.
    const line = [delivered, of('respond')].filter((one) => one !== undefined).sort((a, b) => WEIGHT.indexOf(a.state) - WEIGHT.indexOf(b.state))[0];
    return {
      kind: targets[index - 1]?.type === type ? '' : typeName(type),
      measure: measureWords(target),
      answer: respond === undefined ? '' : soon(respond),
      deliver: deliver === undefined ? '' : deliver === 'agreedDate' ? 'agreed date' : `${hours(deliver)} h`,
      counted: names.get(calendar) ?? calendar,
      percent: `${String(percent)} %`,
      sum: delivered?.sum === undefined || delivered.state === 'unknown' ? '' : `${hours(delivered.sum)} h`,
      verdict: line ? `${line.kind === 'respond' ? 'answer: ' : ''}${line.text}` : '',
      ...(line && { line }),
    };
  });
}

export function priceWords(price: Price | undefined): string {
  if (!price) return 'not said yet';
  if (price.kind === 'included') return 'included';
  const amount = new Intl.NumberFormat('en-GB', { style: 'currency', currency: price.currency, maximumFractionDigits: 2 }).format(price.amount);
  return `${amount} ${price.per === 'once' ? 'once' : `a ${price.per}`} for ${price.unit}`;
}

const months = (count: number): string => `${String(count)} ${count === 1 ? 'month' : 'months'}`;

function renewalWords({ renewal }: Pick<Terms, 'renewal'>): string {
  if (!renewal || renewal.kind === 'none') return 'none, it ends';
  return renewal.kind === 'silent' ? `in silence by ${months(renewal.months)}` : 'by agreement, not silent';
}

/** What the dates of a version say, label and words. */
export function dateLines({ terms, dates }: Pick<AgreementDetail, 'terms' | 'dates'>): [label: string, words: string][] {
  const { noticeMonths, reviewMonths, reporting } = terms;
  const { validFrom, validUntil, noticeBy, nextReview } = dates;
  const valid =
    validFrom === undefined
      ? 'no first day yet'
      : `${dayWords(validFrom)} ${validUntil === undefined ? 'on, without an end' : `to ${dayWords(validUntil)}`}`;
  const notice = `${noticeMonths === 0 ? 'at any time' : months(noticeMonths)}${noticeBy === undefined ? '' : `, by ${dayWords(noticeBy)}`}`;
  const review = [nextReview && dayWords(nextReview), reviewMonths && `every ${months(reviewMonths)}`].filter(Boolean).join(', ');
  return [
    ['Valid', valid],
    ['Notice', notice],
    ['Review', review || 'none set'],
    ['Renewal', renewalWords(terms)],
    ['Report', reporting === 'none' ? 'none' : `every ${UNIT[reporting]}`],
  ];
}

/** The two that are compared: what was ticked last, and what stood ticked before it. Older first. */
export function compared(chosen: readonly number[]): { from: number; to: number } | undefined {
  const [from, to] = [...chosen].sort((a, b) => a - b);
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** Two at most: a third takes the place of the one ticked first. */
export const ticked = (chosen: readonly number[], number: number): number[] =>
  chosen.includes(number) ? chosen.filter((one) => one !== number) : [...chosen, number].slice(-2);

/** What the four cells are called, as rows of the card read. */
export const CARD = [
  {
    row: 'Facility',
    cells: [
      { key: 'facilityWhat', name: 'What people can use' },
      { key: 'facilityHow', name: 'How well it works' },
    ],
  },
  {
    row: 'Support',
    cells: [
      { key: 'supportWhat', name: 'What people can ask' },
      { key: 'supportHow', name: 'How well we help' },
    ],
  },
] as const;
export const COLUMNS = ['Functionality: what it does', 'Functioning: how well'] as const;
/** What a cell without words asks for. */
export const CELL_ASKS = {
  facilityWhat: 'Say what people can use',
  facilityHow: 'Say how well it works',
  supportWhat: 'Say what people can ask',
  supportHow: 'Say how well you help',
} as const;

/** SA-014: another version of Internet and Wi-Fi on the wards */
export const proposalSummary = ({ agreement: { id, name } }: Pick<AgreementDetail, 'agreement'>): string => `${id}: another version of ${name}`;

/** What the Wish says that begins it: what is agreed today, and what is asked for. */
export const proposalLines = ({
  agreement: { id, name },
  version,
  provider,
  customer,
  message,
}: Pick<AgreementDetail, 'agreement' | 'version' | 'provider' | 'customer' | 'message'>): string[] => [
  `${id} ${name}, version ${String(version)}: ${provider.name} for ${customer.name}.`,
  ...(message ? [message.text] : []),
  'What should be different, and why:',
];
