/** What differs between two versions, line by line and in words: the terms laid out as lines with a lasting key each, and compared by key. Pure. */
import { CELL_KEYS, type Price, type Terms, type Underpinning } from '../contract';
import { WORK_TYPES } from '../method';
import { CELL_NAMES, dayText, hoursText, targetText } from './model';

export interface TermLine {
  key: string;
  label: string;
  value: string;
}

export interface Difference {
  key: string;
  label: string;
  /** Absent: it was not there; absent `after`: it is gone. */
  before?: string;
  after?: string;
}

export interface Names {
  /** By id; what is not known is called by its id. */
  calendar(id: string): string;
  service(id: string): string;
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const underText = (part: Underpinning): string => {
  if ('missing' in part) return `${part.missing} (nobody yet)`;
  if ('leg' in part) return part.types ? `${part.leg} (${part.types.map((type) => WORK_TYPES[type].name).join(', ')})` : part.leg;
  return 'row' in part ? `in a row (${part.row.map(underText).join(', ')})` : `side by side (${part.side.map(underText).join(', ')})`;
};

function priceLines(price: Price | undefined): [key: string, label: string, value: string | undefined][] {
  if (!price) return [];
  if (price.kind === 'included') return [['price', 'Price', 'included']];
  const { amount, currency, unit, per, indexation, charges } = price;
  return [
    ['price', `Price for ${unit}`, `${currency} ${String(amount)}${per === 'once' ? ' once' : ` a ${per}`}`],
    ['price.indexation', 'Indexation', indexation],
    ['price.charges', 'Further charges', charges],
  ];
}

const renewalText = ({ renewal }: Terms): string | undefined => {
  if (!renewal) return undefined;
  if (renewal.kind === 'silent') return `in silence by ${String(renewal.months)} months`;
  return renewal.kind === 'none' ? 'none' : 'by agreement';
};

const months = (count: number | undefined): string | undefined => (count === undefined ? undefined : `${String(count)} months`);

/** Terms as lines, in the order of the page. What says nothing has no line; two terms that differ differ in a line. */
export function linesOf(terms: Terms, names: Names): TermLine[] {
  const lines: TermLine[] = [];
  const add = (key: string, label: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') lines.push({ key, label, value });
  };
  /** Of a list each entry is a line; what stands there twice is told twice. */
  const addEach = (key: string, label: string, values: readonly string[]): void => {
    const seen = new Map<string, number>();
    for (const value of values) {
      const times = (seen.get(value) ?? 0) + 1;
      seen.set(value, times);
      add(`${key}:${value}${times > 1 ? ` ${String(times)}` : ''}`, label, value);
    }
  };
  addEach('service', 'Service', terms.services.map(names.service));
  add('scope', 'Scope', terms.scope);
  for (const cell of CELL_KEYS) {
    add(`card.${cell}`, upper(CELL_NAMES[cell]), terms.card[cell].text);
    terms.card[cell].lines.forEach(({ label, value }, index) => {
      add(`card.${cell}:${label}:${String(terms.card[cell].lines.slice(0, index).filter((one) => one.label === label).length)}`, label, value);
    });
  }
  add('readiness', 'Counts as ready', terms.readiness);
  terms.targets.forEach((target, index) => {
    const twice = terms.targets.slice(0, index).filter((one) => one.type === target.type && one.for === target.for).length;
    const key = `target.${target.type}.${String(target.for)}${twice > 0 ? `.${String(twice)}` : ''}`;
    const { respond, deliver } = target;
    add(`${key}.respond`, targetText(target, 'respond'), respond === undefined ? undefined : `${hoursText(respond)} h`);
    const until = deliver === 'agreedDate' ? 'on the agreed date' : deliver === undefined ? undefined : `${hoursText(deliver)} h`;
    add(`${key}.deliver`, targetText(target, 'deliver'), until);
    add(`${key}.calendar`, `${targetText(target, 'deliver')}, hours counted`, names.calendar(target.calendar));
    add(`${key}.percent`, `${targetText(target, 'deliver')}, at least`, `${String(target.percent)} %`);
  });
  const { availability } = terms;
  add('availability', 'Availability', availability && `${String(availability.percent)} % a ${availability.window}`);
  add('serviceHours', 'Service hours', terms.serviceHours && names.calendar(terms.serviceHours));
  add('supportHours', 'Support hours', terms.supportHours && names.calendar(terms.supportHours));
  addEach(
    'volume',
    'Volume',
    terms.volumes.map(({ what, most, per }) => `${what}: at most ${String(most)} a ${per}`),
  );
  addEach('standard', 'Standard request', terms.standards);
  addEach('duty', 'What the customer does', terms.duties);
  addEach('exclusion', 'Not included', terms.exclusions);
  for (const [key, label, value] of priceLines(terms.price)) add(key, label, value);
  add('validFrom', 'Valid from', terms.validFrom && dayText(terms.validFrom));
  add('validUntil', 'Valid until', terms.validUntil && dayText(terms.validUntil));
  add('timeZone', 'Time zone', terms.timeZone);
  add('notice', 'Notice', terms.noticeMonths === 0 ? undefined : months(terms.noticeMonths));
  add('reviewOn', 'Review', terms.reviewOn && dayText(terms.reviewOn));
  add('reviewMonths', 'Review every', months(terms.reviewMonths));
  add('renewal', 'Renewal', renewalText(terms));
  add('reporting', 'Report', terms.reporting === 'none' ? undefined : `every ${terms.reporting}`);
  add('consequences', 'When a promise is missed', terms.consequences);
  for (const { title, text } of terms.clauses) addEach(`clause:${title}`, title, [text]);
  for (const { title, url } of terms.documents) addEach(`document:${title}`, title, [url]);
  addEach('requester', 'May ask', terms.requesters);
  for (const one of terms.own.handling) {
    const key = `own.${one.type}.${String(one.for)}`;
    addEach(`${key}.respond`, `Own handling, ${targetText(one, 'respond')}`, one.respond === undefined ? [] : [`${hoursText(one.respond)} h`]);
    addEach(`${key}.deliver`, `Own handling, ${targetText(one, 'deliver')}`, one.deliver === undefined ? [] : [`${hoursText(one.deliver)} h`]);
  }
  add('own.hours', 'Own hours', terms.own.hours && names.calendar(terms.own.hours));
  add('own.availability', 'Own availability', terms.own.availability === undefined ? undefined : `${String(terms.own.availability)} %`);
  add('under', 'What lies under', terms.under && underText(terms.under));
  return lines;
}

/** Differences in the order of the newer version, then what is gone. Unchanged lines are left out. */
export function compareTerms(before: Terms, after: Terms, names: Names): Difference[] {
  const [old, current] = [linesOf(before, names), linesOf(after, names)];
  const oldByKey = new Map(old.map((line) => [line.key, line]));
  const keys = new Set(current.map(({ key }) => key));
  const gone = old.filter(({ key }) => !keys.has(key)).map(({ key, label, value }): Difference => ({ key, label, before: value }));
  const rest = current.flatMap(({ key, label, value }): Difference[] => {
    const former = oldByKey.get(key)?.value;
    if (former === value) return [];
    return [{ key, label, ...(former !== undefined && { before: former }), after: value }];
  });
  return [...rest, ...gone];
}
