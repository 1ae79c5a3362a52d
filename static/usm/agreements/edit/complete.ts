/** How much of the specification is there, and what has still to be said before it can be offered (V17). Pure. */
import { CELL_KEYS, type CellKey } from '../../../../src/contract/agreements';
import { CELL_ASKS } from '../agreement/words';
import type { CardForm, DraftForm } from './form';

const isFilled = ({ text, lines }: CardForm[CellKey]): boolean => text.trim() !== '' || lines.length > 0;

export const filledCells = (card: CardForm): CellKey[] => CELL_KEYS.filter((key) => isFilled(card[key]));

export interface Lack {
  path: string;
  text: string;
}

/** For an SA; the others need no card. */
export const lacksOf = (form: DraftForm): Lack[] => [
  ...CELL_KEYS.filter((key) => !isFilled(form.card[key])).map((key) => ({ path: `card.${key}.text`, text: `${CELL_ASKS[key]}.` })),
  ...(form.readiness.trim() === '' ? [{ path: 'readiness', text: 'Say when it counts as ready.' }] : []),
  ...(form.price.kind === '' ? [{ path: 'price.kind', text: 'Say the price, or that it is included.' }] : []),
];

const RANKS = ['1', '2', '3', '4'];

/** What is asked for besides before it can be agreed. */
export function asksOf(form: DraftForm): Lack[] {
  const priorities = RANKS.filter(
    (rank) =>
      !form.targets.some(
        (one) => one.type === 'incident' && (one.for === rank || one.for === 'all') && one.respond.trim() !== '' && one.deliver.trim() !== '',
      ),
  );
  return [
    ...(form.services.length === 0 ? [{ path: 'services', text: 'Choose the services it is about.' }] : []),
    ...(priorities.length > 0
      ? [{ path: 'targets', text: `Say how soon incidents of ${priorities.map((rank) => `P${rank}`).join(', ')} are answered and restored.` }]
      : []),
    ...(form.validFrom === '' ? [{ path: 'validFrom', text: 'Give its first day.' }] : []),
  ];
}
