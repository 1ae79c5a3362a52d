/** What the agreement panel of a Wish says and asks for, and what tried times bring along into a draft. */
import { describe, expect, it } from 'vitest';
import { terms, wishDrafting } from '../../src/contract';
import { withTimes } from '../../src/agreements/wish-draft';
import {
  acceptanceText,
  brokenLines,
  choicesOf,
  draftingOf,
  lacksText,
  mayAccept,
  owesText,
  owesTitle,
  pageOf,
} from '../../static/agreement/wish-words';
import { carriedTimes } from '../../static/usm/agreements/chain/wish-words';

const START = {
  name: 'A desk',
  providers: [],
  agreements: [{ id: 'SA-014', name: 'Wards' }],
  drafts: [{ id: 'SA-020', name: 'Attic', version: 2 }],
};
const PEOPLE = { customer: [{ accountId: 's', name: 'Sofia Rossi' }], provider: [] };
const DETAIL = { acceptance: [], status: 'offered', representatives: PEOPLE, customer: { id: 'lucas', name: 'Sint Lucas' }, version: 2 } as const;

describe('what can be drafted', () => {
  it('is something new, a next version, or a draft that is there; each choice is one that the call takes', () => {
    expect(choicesOf(START).map(({ name }) => name)).toEqual([
      'A new agreement',
      'The next version of SA-014, Wards',
      'The draft SA-020 version 2, Attic',
    ]);
    expect(choicesOf(START).map(({ value }) => wishDrafting.parse(draftingOf(value, 'desk')))).toEqual([
      { how: 'new', provider: 'desk' },
      { how: 'version', agreement: 'SA-014', times: [] },
      { how: 'take', agreement: 'SA-020', version: 2 },
    ]);
    expect(draftingOf('new', '')).toEqual({ how: 'new' });
  });

  it('begins with the times that were tried for the promise and for the own handling', () => {
    const tries = {
      'incident.1.deliver': { promise: 180, own: 20, 'UC-003': 60 },
      'incident.2.deliver': { 'OLA-001': 90 },
      availability: { promise: 99 },
    };
    expect(carriedTimes(tries)).toEqual([
      { key: 'incident.1.deliver', promised: 180, own: 20 },
      { key: 'availability', promised: 99 },
    ]);
    const target = { type: 'incident', calendar: 'day', percent: 90, respond: 60, deliver: 240 };
    const before = terms.parse({
      timeZone: 'UTC',
      targets: [
        { ...target, for: 1 },
        { ...target, for: 2 },
      ],
      availability: { percent: 99.5, window: 'month' },
      own: { handling: [{ type: 'incident', for: 'all', respond: 5, deliver: 30 }] },
    });
    const after = withTimes(before, carriedTimes(tries));
    expect(after.targets.map(({ deliver }) => deliver)).toEqual([180, 240]);
    expect(after.own.handling).toEqual([
      { type: 'incident', for: 'all', respond: 5, deliver: 30 },
      { type: 'incident', for: 1, respond: 5, deliver: 20 },
    ]);
    expect(after.availability?.percent).toBe(99);
    expect(withTimes(before, [])).toEqual(before);
  });
});

describe('what is drafted', () => {
  it('lacks what it does not say, and what contradicts itself', () => {
    expect(lacksText({ lacks: [], findings: [] })).toBeUndefined();
    expect(lacksText({ lacks: ['the price', 'when it counts as ready'], findings: [{ kind: 'dates', text: 'It ends before it begins.' }] })).toBe(
      'It does not say the price and when it counts as ready. It ends before it begins.',
    );
    const line = { key: 'hours', kind: 'hours', label: 'Support hours', missing: [], text: '' } as const;
    const lines = (['holds', 'tight', 'cannot', 'unknown'] as const).map((state) => ({ ...line, state, missing: [] }));
    expect(brokenLines({ lines: [...lines, { ...line, state: 'unknown', missing: ['own'] }] }).map(({ state }) => state)).toEqual([
      'cannot',
      'unknown',
    ]);
  });

  it('says who accepted it, or who may', () => {
    const say = (more: object): string => acceptanceText({ ...DETAIL, ...more } as unknown as Parameters<typeof acceptanceText>[0]);
    expect(say({})).toBe('It waits for the yes of: Sofia Rossi.');
    expect(say({ status: 'draft' })).toBe('Once it is offered, it can be accepted by: Sofia Rossi.');
    expect(say({ representatives: { customer: [], provider: [] } })).toContain('nobody is named for Sint Lucas yet');
    const yes = { side: 'customer', person: PEOPLE.customer[0], at: 0 };
    expect(say({ acceptance: [{ ...yes, side: 'provider' }] })).toContain('It waits');
    expect(say({ acceptance: [yes] })).toBe('Sofia Rossi accepted version 2 for Sint Lucas.');
  });

  it('is accepted by whoever speaks for the customer, while nothing stands against it', () => {
    const deed = { kind: 'accept', name: 'Accept it', refused: [], warned: [], sides: ['customer'] } as const;
    const may = (more: object): boolean => mayAccept({ deeds: [{ ...deed, ...more }] } as unknown as Parameters<typeof mayAccept>[0]);
    expect([may({}), may({ sides: ['provider'] }), may({ refused: [{ kind: 'status', text: '' }] }), may({ kind: 'agree' })]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('stands on its own page, where it is written while it may be', () => {
    const agreement = { id: 'SA-014', kind: 'SA', name: 'Wards', provider: 'desk', customer: 'lucas' } as const;
    expect(pageOf({ agreement, version: 2, editable: true })).toBe('agreements/SA-014/edit?version=2');
    expect(pageOf({ agreement, version: 2, editable: false })).toBe('agreements/SA-014?version=2');
  });

  it('that did not follow its Wish says why', () => {
    expect(owesText({ deed: 'offer', why: 'It has no price.' })).toContain('It has no price.');
    expect(owesTitle({ deed: 'confirm', why: '' })).toBe('The agreement is not in force yet');
  });
});
