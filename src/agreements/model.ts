/** What the rest of agreements/ shares: cells of the specification, targets, plain words for times and days. Pure. */
import { type Block, type Card, CELL_KEYS, type Cell, type CellKey, type Service, type Target, type Terms } from '../contract';
import { WORK_TYPES, type WorkTypeKey } from '../method';

export type { Agreement, AgreementStatus, AgreementVersion, Party, Service, Target, Terms } from '../contract';

/** What is wrong, as a closed kind, and in words: what, why it matters, what to do. */
export interface Finding<Kind extends string = string> {
  kind: Kind;
  text: string;
  /** Where in the record: targets.2.deliver. */
  path?: string;
}

export const CELL_NAMES: Readonly<Record<CellKey, string>> = {
  facilityWhat: 'what people can use',
  facilityHow: 'how well it works',
  supportWhat: 'what people can ask',
  supportHow: 'how well we help',
};

const isFilled = ({ text, lines }: Cell): boolean => text !== '' || lines.length > 0;
export const missingCells = (card: Card): CellKey[] => CELL_KEYS.filter((key) => !isFilled(card[key]));

const together = (cells: readonly Cell[]): Cell => ({
  text: cells
    .map(({ text }) => text)
    .filter((text) => text !== '')
    .join('\n'),
  lines: cells.flatMap(({ lines }) => lines),
});

/** The card of a service with what its blocks say: its own words first, then those of the blocks in their order. Unknown blocks say nothing. */
export function cardOf(service: Pick<Service, 'card' | 'blocks'>, blocks: ReadonlyMap<string, Block>): Card {
  const built = service.blocks.flatMap((id) => blocks.get(id) ?? []);
  const cellOf = (key: CellKey, kind: Block['kind'], side: 'what' | 'how'): Cell =>
    together([service.card[key], ...built.filter((one) => one.kind === kind).map((one) => one[side])]);
  return {
    facilityWhat: cellOf('facilityWhat', 'facility', 'what'),
    facilityHow: cellOf('facilityHow', 'facility', 'how'),
    supportWhat: cellOf('supportWhat', 'support', 'what'),
    supportHow: cellOf('supportHow', 'support', 'how'),
  };
}

export interface Completeness {
  cells: CellKey[];
  readiness: boolean;
  price: boolean;
  complete: boolean;
}

/**
 * What a service lacks to be offered (V17). A service made of others is said by them: what it does not say itself counts as said once every part of it
 * says it. `partsOf`: services by the service they are a part of; a circle is walked once.
 */
export function completenessOf(service: Service, blocks: ReadonlyMap<string, Block>, partsOf: ReadonlyMap<string, readonly Service[]>): Completeness {
  const lacking = (one: Service, above: ReadonlySet<string>): Completeness => {
    const parts = (partsOf.get(one.id) ?? []).filter(({ id }) => !above.has(id)).map((part) => lacking(part, new Set([...above, part.id])));
    const bySome = (lacks: (part: Completeness) => boolean): boolean => parts.length === 0 || parts.some(lacks);
    const built = one.blocks.flatMap((id) => blocks.get(id) ?? []);
    const cells = missingCells(cardOf(one, blocks)).filter((cell) => bySome((part) => part.cells.includes(cell)));
    const readiness = one.readiness === '' && !built.some((block) => block.readiness !== '') && bySome((part) => part.readiness);
    const price = one.price === undefined && bySome((part) => part.price);
    return { cells, readiness, price, complete: cells.length === 0 && !readiness && !price };
  };
  return lacking(service, new Set([service.id]));
}

/** What a draft lacks to be offered (V17), in words. */
export const termsLack = (terms: Pick<Terms, 'card' | 'readiness' | 'price'>): string[] => [
  ...missingCells(terms.card).map((key) => CELL_NAMES[key]),
  ...(terms.readiness === '' ? ['when it counts as ready'] : []),
  ...(terms.price === undefined ? ['the price, or that it is included'] : []),
];

/** Of several targets for a kind of call the one for it: as a standard, then of its priority, then of all. */
export function targetFor<T extends Pick<Target, 'type' | 'for'>>(
  targets: readonly T[],
  type: WorkTypeKey,
  { rank, standard = false }: { rank?: number | undefined; standard?: boolean },
): T | undefined {
  const own = targets.filter((one) => one.type === type);
  return (
    (standard ? own.find((one) => one.for === 'standard') : undefined) ?? own.find((one) => one.for === rank) ?? own.find((one) => one.for === 'all')
  );
}

/** 4:30 */
export const hoursText = (minutes: number): string =>
  `${minutes < 0 ? '−' : ''}${String(Math.floor(Math.abs(minutes) / 60))}:${String(Math.abs(minutes) % 60).padStart(2, '0')}`;

/** 31 October 2026 */
export const dayText = (day: string): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.parse(`${day}T00:00:00Z`));

export const listText = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1] ?? ''}`;

/** P1 restore; Service Request answer; Request for Change (standard) deliver */
export function targetText({ type, for: measure }: Pick<Target, 'type' | 'for'>, side: 'respond' | 'deliver'): string {
  const verb = side === 'respond' ? 'answer' : type === 'incident' ? 'restore' : 'deliver';
  const rank = typeof measure === 'number' ? `P${String(measure)} ` : '';
  const name = type === 'incident' && rank !== '' ? '' : `${WORK_TYPES[type].name} `;
  return `${rank}${name}${measure === 'standard' ? '(standard) ' : ''}${verb}`;
}
