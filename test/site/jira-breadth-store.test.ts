/** Indexes of the store: whatever is put, changed and taken away, they say what a look at every row would. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seed } from '../../sandbox/jira/seed';
import { Store, Table, type Json } from '../../sandbox/jira/store';
import { world } from './jiraWorld';

interface Thing {
  id: string;
  keys: string[];
}

describe('an index', () => {
  it('agrees with a scan of its table', () => {
    const key = fc.constantFrom('a', 'b', 'c');
    const id = fc.constantFrom('1', '2', '3', '4');
    const act = fc.oneof(
      fc.record({ put: fc.record({ id, keys: fc.uniqueArray(key) }) }),
      fc.record({ remove: id }),
      fc.record({ load: fc.uniqueArray(fc.record({ id, keys: fc.uniqueArray(key) }), { selector: (one) => one.id }) }),
    );
    fc.assert(
      fc.property(fc.array(act), (acts) => {
        const table = new Table<Thing>();
        const byKey = table.index((one) => one.keys);
        for (const one of acts) {
          if ('put' in one) table.put(one.put);
          else if ('remove' in one) table.delete(one.remove);
          else table.load(one.load);
        }
        for (const each of ['a', 'b', 'c']) {
          const ids = (rows: Thing[]) => rows.map((row) => row.id).sort();
          expect(ids(byKey(each))).toEqual(ids(table.filter((row) => row.keys.includes(each))));
        }
      }),
    );
  });

  it('follows links and parents through edits, deletions and a reload', async () => {
    const w = world();
    const [parent, other] = [await w.item(), await w.item()];
    const child = await w.item({ issuetype: { name: 'Sub-task' }, parent: { key: parent } });
    const idOf = (key: string): string => w.store.issue(key)?.id ?? '';
    const below = (key: string): string[] => w.store.childrenOf(idOf(key)).map((one) => one.key);
    expect([below(parent), below(other)]).toEqual([[child], []]);
    expect((await w.send(w.ann, 'PUT', `/rest/api/3/issue/${child}`, { fields: { parent: { key: other } } })).status).toBe(204);
    expect([below(parent), below(other)]).toEqual([[], [child]]);
    const link = { type: { name: 'Blocks' }, inwardIssue: { key: parent }, outwardIssue: { key: other } };
    expect((await w.send(w.ann, 'POST', '/rest/api/3/issueLink', link)).status).toBe(201);
    const copy = new Store();
    copy.load(JSON.parse(JSON.stringify(w.store.toJSON())) as Json);
    expect(copy.linksOf(idOf(other))).toEqual(w.store.linksOf(idOf(parent)));
    expect(copy.childrenOf(idOf(other)).map((one) => one.key)).toEqual([child]);
    const [one] = w.store.linksOf(idOf(parent));
    expect((await w.send(w.ann, 'DELETE', `/rest/api/3/issueLink/${one?.id ?? ''}`)).status).toBe(204);
    expect(w.store.linksOf(idOf(other))).toEqual([]);
  });
});

describe('two sites', () => {
  it('share nothing that one of them may change', () => {
    const [first, second] = [new Store(), new Store()];
    for (const store of [first, second]) seed(store, 0);
    const fields = (store: Store) => store.screens.all()[0]?.tabs[0]?.fieldIds;
    fields(first)?.push('customfield_1');
    expect(fields(second)).not.toContain('customfield_1');
  });
});
