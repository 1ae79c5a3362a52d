import { describe, expect, it } from 'vitest';
import { kindOf, kinds, toDraft, toRest, type Kind } from '../../sandbox/web/src/fields/kinds';

const custom = (key: string) => `com.atlassian.jira.plugin.system.customfieldtypes:${key}`;

/** A filled value of every kind as Jira answers it, and what has to travel back when nothing was changed. */
const VALUES: Record<Kind, [answered: unknown, sent: unknown]> = {
  text: ['Sint Lucas', 'Sint Lucas'],
  paragraph: [
    { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Words' }] }] },
    { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Words' }] }] },
  ],
  number: [2.5, 2.5],
  date: ['2026-11-24', '2026-11-24'],
  datetime: ['2026-11-24T09:10:00.000+0100', '2026-11-24T08:10:00.000+0000'],
  url: ['https://example.org/a', 'https://example.org/a'],
  option: [{ self: 'x', id: '7', value: 'High' }, { id: '7' }],
  options: [
    [
      { id: '7', value: 'A' },
      { id: '8', value: 'B' },
    ],
    [{ id: '7' }, { id: '8' }],
  ],
  cascade: [
    { id: '7', value: 'Network', child: { id: '8', value: 'Slow' } },
    { id: '7', child: { id: '8' } },
  ],
  user: [{ accountId: 'u1', displayName: 'Amira', active: true }, { accountId: 'u1' }],
  users: [[{ accountId: 'u1', displayName: 'Amira' }], [{ accountId: 'u1' }]],
  group: [{ groupId: 'g1', name: 'Agents' }, { groupId: 'g1' }],
  groups: [[{ groupId: 'g1', name: 'Agents' }], [{ groupId: 'g1' }]],
  labels: [['ward-3b'], ['ward-3b']],
  item: [{ id: '1', key: 'NSS-1' }, { key: 'NSS-1' }],
};
const EMPTIES_A_LIST = new Set<Kind>(['options', 'users', 'groups', 'labels']);

describe('every kind of field', () => {
  it.each(Object.entries(VALUES) as [Kind, [unknown, unknown]][])('%s: an answered value travels back as Jira takes it', (kind, [answered, sent]) => {
    expect(toRest(kind, toDraft(kind, answered))).toEqual(sent);
  });

  it.each(Object.keys(kinds) as Kind[])('%s: an empty draft empties the field, and an unreadable value is empty', (kind) => {
    expect(toRest(kind, kinds[kind].empty)).toEqual(EMPTIES_A_LIST.has(kind) ? [] : null);
    for (const value of [null, undefined, { some: 'thing' }]) expect(toDraft(kind, value)).toEqual(kinds[kind].empty);
  });
});

describe('the kind of a field', () => {
  it.each<[string, Parameters<typeof kindOf>[0], Kind | undefined]>([
    ['summary', { type: 'string', system: 'summary' }, 'text'],
    ['description', { type: 'string', system: 'description' }, 'paragraph'],
    ['comment', { type: 'comments-page', system: 'comment' }, 'paragraph'],
    ['priority', { type: 'priority', system: 'priority' }, 'option'],
    ['resolution', { type: 'resolution', system: 'resolution' }, 'option'],
    ['assignee', { type: 'user', system: 'assignee' }, 'user'],
    ['labels', { type: 'array', items: 'string', system: 'labels' }, 'labels'],
    ['due date', { type: 'date', system: 'duedate' }, 'date'],
    ['parent', { type: 'issuelink', system: 'parent' }, 'item'],
    ['text', { type: 'string', custom: custom('textfield') }, 'text'],
    ['text area', { type: 'string', custom: custom('textarea') }, 'paragraph'],
    ['url', { type: 'string', custom: custom('url') }, 'url'],
    ['select', { type: 'option', custom: custom('select') }, 'option'],
    ['radio buttons', { type: 'option', custom: custom('radiobuttons') }, 'option'],
    ['multi select', { type: 'array', items: 'option', custom: custom('multiselect') }, 'options'],
    ['checkboxes', { type: 'array', items: 'option', custom: custom('multicheckboxes') }, 'options'],
    ['cascading select', { type: 'option-with-child', custom: custom('cascadingselect') }, 'cascade'],
    ['user picker', { type: 'user', custom: custom('userpicker') }, 'user'],
    ['multi user picker', { type: 'array', items: 'user', custom: custom('multiuserpicker') }, 'users'],
    ['group picker', { type: 'group', custom: custom('grouppicker') }, 'group'],
    ['multi group picker', { type: 'array', items: 'group', custom: custom('multigrouppicker') }, 'groups'],
    ['date picker', { type: 'date', custom: custom('datepicker') }, 'date'],
    ['date time', { type: 'datetime', custom: custom('datetime') }, 'datetime'],
    ['number', { type: 'number', custom: custom('float') }, 'number'],
    ['own labels', { type: 'array', items: 'string', custom: custom('labels') }, 'labels'],
    ['links have no editor', { type: 'array', items: 'issuelinks', system: 'issuelinks' }, undefined],
    ['an unknown type has none', { type: 'sd-approvals' }, undefined],
  ])('%s', (_, schema, kind) => expect(kindOf(schema)).toBe(kind));
});
