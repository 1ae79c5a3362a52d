/** What the tab "USM history" and the page of the ledger say. */
import { describe, expect, it } from 'vitest';
import type { HistoryLine, LedgerStatus } from '../../src/contract';
import { HISTORY_FILTERS } from '../../src/contract';
import { groupEvents, linkHistory } from '../../src/work/history-groups';
import { FILTERS, markOf, NOTHING, sideOf, titleOf } from '../../static/history/words';
import { addedWords, completeWords, dailyWords, holdsWords } from '../../static/setup/ledger/words';

const handoff = (over: Partial<Extract<HistoryLine, { kind: 'handoff' }>>): Extract<HistoryLine, { kind: 'handoff' }> => ({
  id: 'a',
  at: 0,
  kind: 'handoff',
  happened: 'asked',
  side: 'asks',
  typeName: 'Service Request',
  team: 'Workplace',
  key: 'NSS-2',
  ...over,
});

describe('a line', () => {
  it('reads from the side of the work item it stands on', () => {
    expect([titleOf(handoff({})), sideOf(handoff({}))]).toEqual(['Handed over', 'Service Request of Workplace:']);
    expect([titleOf(handoff({ side: 'asked' })), sideOf(handoff({ side: 'asked' }))]).toEqual(['Asked for', 'for']);
    expect(sideOf(handoff({ team: undefined }))).toBe('Service Request:');
  });

  it('tells a warning from a pause, and a refusal without anybody', () => {
    const rules = [{ rule: 'V13' as const, text: 'Somebody else accepts it.' }];
    const override = { id: 'b', at: 0, kind: 'override' as const, transition: 'Release', rules, paused: false };
    expect(titleOf(override)).toBe('Release passed with a warning');
    expect(titleOf({ ...override, paused: true })).toBe('Release passed while all rules were paused');
    const refusal: HistoryLine = { id: 'c', at: 0, kind: 'refusal', transition: 'Recover', rules, reference: '7F3A-21' };
    expect([titleOf(refusal), markOf(refusal)]).toEqual(['Recover was refused', 'unmet']);
    expect(markOf(handoff({ happened: 'failed' }))).toBe('later');
  });

  it('tells a group from either side', () => {
    const group = { id: 'd', at: 0, kind: 'group' as const, happened: 'grouped' as const, side: 'member' as const, key: 'NSS-2' };
    expect([titleOf(group), sideOf(group), markOf(group)]).toEqual(['Grouped under another one', 'Main work item:', 'information']);
    expect(titleOf({ ...group, happened: 'released' })).toBe('Released from its group');
    expect(sideOf({ ...group, side: 'main' })).toBe('Follows this one:');
  });

  it('tells a proof by its file, also when that was deleted', () => {
    const proof = { id: 'e', at: 0, kind: 'proof' as const, file: 'beds.txt' };
    expect(titleOf(proof)).toBe('“beds.txt” proves the confirmation');
    expect(titleOf({ id: 'e', at: 0, kind: 'proof' })).toBe('A file that was deleted since proves the confirmation');
  });

  it('has a filter and a word for nothing, whatever its kind', () => {
    expect(FILTERS.map((one) => one.value)).toEqual(['all', ...HISTORY_FILTERS]);
    for (const { value } of FILTERS) expect(NOTHING[value]).toMatch(/\.$/);
  });
});

describe('the page of the ledger', () => {
  const rebuild = { phase: 'none' as const, seen: 0, total: 0, added: 0, strays: 0 };
  const status: LedgerStatus = { state: 'ok', steps: 1, handoffs: 2, anomalies: 0, rebuild, found: [], asOf: Date.UTC(2026, 10, 24, 12) };

  it('says so before anything was compared', () => {
    expect(completeWords(status)).toBe('Not compared with Jira yet');
    expect(holdsWords(status)).toBe('It holds 1 step and 2 events of hand-offs.');
    expect(dailyWords(status)).toContain('has not happened yet');
  });

  it('says what was missing, what is in no changelog, and what is behind', () => {
    expect(addedWords({ ...rebuild, added: 1 })).toBe('1 line was missing and added.');
    expect(addedWords({ ...rebuild, strays: 2 })).toBe('Nothing was missing. 2 steps of the ledger are in no changelog; the log names them.');
    const at = status.asOf - 86_400_000;
    const daily = { at, seen: 10_000, added: 3, strays: 0, behind: at };
    expect(dailyWords({ ...status, daily })).toContain('10000 work items. 3 lines were missing and added. It did not come to the end');
  });
});

describe('groups in the changelog', () => {
  const entry = (item: object) =>
    linkHistory.parse({ id: '7', created: '2026-11-24T09:10:00.000+0000', author: { accountId: 'a' }, items: [{ field: 'Link', ...item }] });

  it('are told whatever Jira calls the work item, and other links are not', () => {
    const [grouped] = groupEvents([entry({ to: 'NSS-1', toString: 'This work item is grouped under NSS-1' })]);
    expect(grouped).toEqual({ id: 'link:7:0', at: Date.UTC(2026, 10, 24, 9, 10), actor: 'a', happened: 'grouped', side: 'member', key: 'NSS-1' });
    expect(groupEvents([entry({ from: 'NSS-4', fromString: 'This issue groups NSS-4' })])[0]).toMatchObject({ happened: 'released', side: 'main' });
    expect(groupEvents([entry({ to: 'NSS-1', toString: 'This issue blocks NSS-1' })])).toEqual([]);
    expect(groupEvents([entry({ to: 'NSS-1', toString: 'This issue groups NSS-11' })])).toEqual([]);
    expect(groupEvents([entry({ field: 'status', to: 'NSS-1', toString: 'This issue groups NSS-1' }), entry({ to: 'NSS-1' })])).toEqual([]);
  });
});
