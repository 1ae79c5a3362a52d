import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moduleAt } from '../../sandbox/web/src/pages/app-address';
import { adfToText, textToAdf } from '../../sandbox/web/src/adf';
import { byVerb } from '../../sandbox/web/src/issue/by-verb';
import { jql, words } from '../../sandbox/web/src/jql';
import { match } from '../../sandbox/web/src/match';
import { ago } from '../../sandbox/web/src/ui/time';

const doc = (...content: object[]) => ({ type: 'doc', version: 1, content });
const text = (value: string) => ({ type: 'text', text: value });

describe('documents and plain text', () => {
  it('makes a paragraph of every block of lines and keeps single line breaks', () => {
    expect(textToAdf('One\ntwo\n\n\nThree')).toEqual(
      doc({ type: 'paragraph', content: [text('One'), { type: 'hardBreak' }, text('two')] }, { type: 'paragraph', content: [text('Three')] }),
    );
  });

  it('is null for a text without words, so that the field is emptied', () => {
    expect(textToAdf(' \n\n ')).toBeNull();
  });

  it('reads back what was typed', () => {
    const line = fc.stringMatching(/^[a-z][a-z .,]{0,12}$/);
    const paragraphs = fc.array(fc.array(line, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(paragraphs, (typed) => {
        const plain = typed.map((lines) => lines.join('\n')).join('\n\n');
        expect(adfToText(textToAdf(plain))).toBe(plain);
      }),
    );
  });

  it('reads rich text as words', () => {
    const rich = doc(
      { type: 'heading', attrs: { level: 2 }, content: [text('Steps')] },
      {
        type: 'orderedList',
        content: ['Look', 'Fix'].map((word) => ({ type: 'listItem', content: [{ type: 'paragraph', content: [text(word)] }] })),
      },
      {
        type: 'paragraph',
        content: [{ type: 'mention', attrs: { id: 'u1', text: '@Amira' } }, text(' '), { type: 'inlineCard', attrs: { url: '/browse/A-1' } }],
      },
    );
    expect(adfToText(rich)).toBe('Steps\n\n1. Look\n2. Fix\n\n@Amira /browse/A-1');
  });

  it('takes anything that is no document as empty', () => {
    expect([undefined, null, 7, { type: 'paragraph' }].map(adfToText)).toEqual(['', '', '', '']);
  });
});

describe('searching', () => {
  it('leaves nothing in the words that could end the query', () => {
    expect(words('switch" OR project = "X')).toBe('summary ~ "switch OR project = X*"');
    expect(words(' "*" ')).toBeUndefined();
  });

  it('joins conditions that are there', () => {
    expect(jql(['project = "A"', undefined, 'issuetype = 1'], 'created DESC')).toBe('project = "A" AND issuetype = 1 ORDER BY created DESC');
  });
});

describe('addresses', () => {
  it('gives the parts of an address', () => {
    expect(match('/browse/{key}', '/browse/NSS-1?focused=1')).toEqual({ key: 'NSS-1' });
    expect(match('/browse/{key}', '/browse/NSS-1/more')).toBeUndefined();
    expect(match('/jira/apps/{rest*}', '/jira/apps/a/b/c')).toEqual({ rest: 'a/b/c' });
  });

  it('finds the module whose page an address is, by its address, below it, and by its key', () => {
    const module = { moduleKey: 'usm', type: 'jira:globalPage', title: 'USM', frameUrl: '', address: '/jira/apps/app/env' };
    expect(moduleAt([module], '/jira/apps/app/env')).toBe(module);
    expect(moduleAt([module], '/jira/apps/app/env/board')).toBe(module);
    expect(moduleAt([module], '/jira/apps/usm')).toBe(module);
    expect(moduleAt([module], '/jira/apps/app/env2')).toBeUndefined();
  });
});

describe('linked work items', () => {
  const item = (key: string) => ({ id: key, key, fields: { summary: key, status: { name: 'Open', statusCategory: { key: 'new' } } } });
  const type = { name: 'Hand over', inward: 'is handed over by', outward: 'hands over to' };

  it('stand under the verb that leads to them', () => {
    const links = [
      { id: '1', type, outwardIssue: item('A-1') },
      { id: '2', type, inwardIssue: item('A-2') },
      { id: '3', type, outwardIssue: item('A-3') },
    ];
    expect(byVerb(links).map(([verb, items]) => [verb, items.map((one) => one.key)])).toEqual([
      ['hands over to', ['A-1', 'A-3']],
      ['is handed over by', ['A-2']],
    ]);
  });
});

describe('ages', () => {
  const now = Date.UTC(2026, 10, 24, 12, 0, 0);
  it.each([
    ['2026-11-24T11:59:30.000+0000', 'just now'],
    ['2026-11-24T12:59:00.000+0100', '1 minute ago'],
    ['2026-11-24T09:00:00.000+0000', '3 hours ago'],
  ])('%s is %s', (at, words) => expect(ago(at, now)).toBe(words));
});
