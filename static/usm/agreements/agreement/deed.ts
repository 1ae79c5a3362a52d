/** What somebody does with a version: what has to be given for it, and what stands against it. Pure. */
import type { AgreementDetail, DeedAsked } from '../../../../src/contract';

export type Possible = AgreementDetail['deeds'][number];
export type Side = 'customer' | 'provider';

export interface Given {
  side: Side | '';
  /** A day: until, the next review, the last day. */
  day: string;
  why: string;
}

export const nothingGiven = ({ sides = [] }: Possible): Given => ({ side: sides.length === 1 ? (sides[0] ?? '') : '', day: '', why: '' });

/** Which day it asks for, and whether it must be given. */
export const DAYS: Partial<Record<Possible['kind'], { label: string; required: boolean; hint: string }>> = {
  renew: { label: 'Goes on until', required: true, hint: 'The new last day; both have agreed to it.' },
  reviewed: { label: 'Next review', required: false, hint: 'Empty: as often as the agreement says.' },
  end: { label: 'Last day', required: false, hint: 'Empty: it ends at once.' },
};

export const asksSide = ({ kind }: Possible): boolean => kind === 'accept' || kind === 'notice';

/** What is missing, by field. */
export function missingOf(possible: Possible, { side, day, why }: Given): Partial<Record<keyof Given, string>> {
  return {
    ...(asksSide(possible) && side === '' && { side: 'Choose for which side you speak.' }),
    ...(DAYS[possible.kind]?.required === true && day === '' && { day: 'Give the new last day.' }),
    ...(possible.kind === 'end' && why.trim() === '' && { why: 'Say why it ends; people read it later.' }),
  };
}

/** Undefined: it is not a deed of the keeper, but an acceptance. */
export function deedOf({ kind }: Possible, { side, day, why }: Given): DeedAsked | undefined {
  switch (kind) {
    case 'accept':
      return undefined;
    case 'reviewed':
      return { kind, ...(day !== '' && { next: day }) };
    case 'renew':
      return { kind, until: day };
    case 'notice':
      return { kind, side: side === '' ? 'customer' : side };
    case 'end':
      return { kind, why: why.trim(), ...(day !== '' && { on: day }) };
    default:
      return { kind };
  }
}

/** What happens by it, in a sentence. */
export const CONSEQUENCES: Readonly<Record<Possible['kind'], string>> = {
  offer: 'The text is not changed any more from here on. A representative of the customer can accept it.',
  accept: 'You say yes to exactly this text, for the side you speak for. It is kept with your name and the moment.',
  agree: 'Both sides are agreed. It can be put in force from its first day on.',
  confirm: 'From here on work is measured by it. A version in force before it ends.',
  review: 'The agreement stays in force while it is looked at with the customer.',
  reviewed: 'It goes on as it is.',
  renew: 'The same terms go on until another last day.',
  notice: 'It ends with the period that runs, and does not go on by itself.',
  end: 'It does not apply to new work any more. It can still be read.',
};
