/** What the pages of the register say and ask: addresses, views, the order of columns, classes and items as they are typed. */
import { describe, expect, it } from 'vitest';
import { registerFilters } from '../../src/contract/register-calls';
import { managedItem } from '../../src/contract/register';
import { DEFAULT_CLASSES } from '../../src/register/classes';
import { itemPagePath, itemPath, pagePath, placeOf } from '../../static/usm/register/address';
import { blankAttribute, blankClass, formOf as formOfClasses, managedOf, readClasses } from '../../static/usm/register/classes/form';
import { BLANK, changedOf, formOf, readItem } from '../../static/usm/register/edit/form';
import { moved, stepped } from '../../static/usm/register/list/order';
import { EVERYTHING, filtersOf, narrows, ordering, sortedBy, ticked, toSearch, toView, viewOf } from '../../static/usm/register/list/view';
import { ageWords, keyFrom } from '../../static/usm/register/words';

const DAY = 86_400_000;
const classOf = (key: string) => {
  const found = DEFAULT_CLASSES.find((one) => one.key === key);
  if (!found) throw new Error(key);
  return found;
};

describe('addresses', () => {
  it('every page is found again, also of an item that is called as a page is', () => {
    expect(placeOf('/register')).toEqual({ at: 'list' });
    expect(placeOf(pagePath('classes'))).toEqual({ at: 'page', name: 'classes' });
    expect(placeOf(itemPath('NET-0413'))).toEqual({ at: 'item', key: 'NET-0413' });
    expect(placeOf(itemPagePath('NET-0413', 'impact'))).toEqual({ at: 'itemPage', key: 'NET-0413', name: 'impact' });
    expect(placeOf(itemPath('import'))).toEqual({ at: 'item', key: 'IMPORT' });
    expect(placeOf(itemPath('DC1/rack-4'))).toEqual({ at: 'item', key: 'DC1/rack-4' });
  });
  it('what nobody knows is the list, or the item', () => {
    expect(placeOf('/register/%E0%A4%A')).toEqual({ at: 'list' });
    expect(placeOf('/register/two words')).toEqual({ at: 'list' });
    expect(placeOf('/register/NET-1/nothing')).toEqual({ at: 'item', key: 'NET-1' });
  });
});

describe('views', () => {
  const view = {
    ...EVERYTHING,
    words: '3B',
    class: 'network,hardware',
    life: 'inUse',
    verified: 'due,never',
    keeper: 'team',
    changing: 'yes',
    sort: '-name',
  };
  it('an address keeps a view, and a saved one is the same view', () => {
    expect(toView(toSearch(view))).toEqual(view);
    expect(viewOf({ filters: registerFilters.parse(filtersOf(view)), sort: ordering(view.sort) })).toEqual(view);
    expect(toSearch(EVERYTHING)).toBe('');
    expect(narrows({ ...EVERYTHING, sort: '-name' })).toBe(false);
    expect(narrows(view)).toBe(true);
  });
  it('an address that somebody wrote asks for nothing that is not there', () => {
    const filters = filtersOf(toView('?life=inUse,nonsense&verified=x&sort=evil&words=%20%20'));
    expect(filters).toEqual({ lives: ['inUse'], verified: [] });
    expect(registerFilters.safeParse(filters).success).toBe(true);
    expect(ordering('evil')).toEqual({ by: 'key', down: false });
  });
  it('a facet is ticked and unticked; a column sorts, turns, and lets go', () => {
    expect(ticked('a,b', 'c')).toBe('a,b,c');
    expect(ticked('a,b', 'a')).toBe('b');
    expect(sortedBy('name', 'key')).toBe('name');
    expect(sortedBy('name', 'name')).toBe('-name');
    expect(sortedBy('name', '-name')).toBe('key');
  });
});

describe('columns', () => {
  it('go where they are dragged, and a step at a time', () => {
    expect(moved(['a', 'b', 'c'], 'a', 2)).toEqual(['b', 'c', 'a']);
    expect(moved(['a', 'b', 'c'], 'c', 0)).toEqual(['c', 'a', 'b']);
    expect(moved(['a', 'b'], 'z', 0)).toEqual(['a', 'b']);
    expect(stepped(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c']);
    expect(stepped(['a', 'b', 'c'], 'c', 1)).toEqual(['a', 'b', 'c']);
    expect(stepped(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c']);
  });
});

describe('classes as they are typed', () => {
  it('say what they said', () => {
    expect(readClasses(formOfClasses(DEFAULT_CLASSES))).toEqual({ classes: [...DEFAULT_CLASSES], wrong: new Map() });
  });
  it('get keys of their names, which nothing else has', () => {
    const attributes = ['Size', 'size', 'Name'].map((name) => ({ ...blankAttribute(), name }));
    const { classes } = readClasses({
      classes: [...formOfClasses([classOf('network')]).classes, { ...blankClass(), name: 'Network', prefix: 'NW', attributes }],
    });
    expect(classes?.[1]).toMatchObject({ key: 'network2', attributes: [{ key: 'size' }, { key: 'size2' }, { key: 'name2' }] });
    expect(classes?.[1]?.managed).toContain('size2');
  });
  it('are told what is wrong where it is', () => {
    const [network] = formOfClasses([classOf('network')]).classes;
    if (!network) throw new Error('no class');
    const twin = {
      ...blankClass(),
      prefix: network.prefix,
      verifyMonths: 'often',
      attributes: [{ ...blankAttribute(), name: 'Colour', kind: 'choice' }],
    };
    const { classes, wrong } = readClasses({ classes: [network, twin] });
    expect(classes).toBeUndefined();
    expect([...wrong.keys()].sort()).toEqual(['classes.1.attributes.0.choices', 'classes.1.name', 'classes.1.prefix', 'classes.1.verifyMonths']);
  });
  it('the dial counts what is managed', () => {
    const [person] = formOfClasses([classOf('person')]).classes;
    expect(person && managedOf(person)).toEqual({ n: 3, of: 8 });
  });
});

describe('an item as it is typed', () => {
  const network = classOf('network');
  const kept = managedItem.parse({
    key: 'NET-1',
    class: 'network',
    name: 'Switch',
    life: 'inUse',
    keeper: 'team',
    attributes: { model: 'A', olden: 'of a class that was changed' },
  });
  it('says what it said, also of attributes that its class has no more', () => {
    expect(readItem(formOf(kept, network), network, kept.attributes).item).toEqual(kept);
  });
  it('tells what came to say something else, and nothing of blanks around it', () => {
    const before = formOf(kept, network);
    expect(changedOf(before, { ...before, name: 'Switch ', location: 'Room 1', own: { ...before.own, model: '' } })).toEqual(['location', 'model']);
  });
  it('tells what is wrong where it is', () => {
    const of = { ...network, attributes: [{ key: 'ports', name: 'Ports', kind: 'number' as const, choices: [] }] };
    const { item, wrong } = readItem({ ...BLANK, key: 'two words', own: { ports: 'many' } }, of);
    expect(item).toBeUndefined();
    expect([...wrong.keys()].sort()).toEqual(['key', 'name', 'own.ports']);
    expect(readItem({ ...BLANK, name: 'Switch', own: { ports: '48' } }, of).item).toMatchObject({ class: 'network', attributes: { ports: '48' } });
  });
});

describe('words', () => {
  it('ages are days, months, then years', () => {
    expect([0, 1, 30, 31, 395, 700, 731].map((days) => ageWords(days * DAY))).toEqual([
      'today',
      '1 day',
      '30 days',
      '1 month',
      '12 months',
      '22 months',
      '2 years',
    ]);
  });
  it('a name gives a word for data', () => {
    expect(keyFrom('Serial number', [])).toBe('serialNumber');
    expect(keyFrom('Gebäude', ['gebaude'])).toBe('gebaude2');
    expect(keyFrom('4th floor', [])).toBe('a4thFloor');
    expect(keyFrom('!', [])).toBe('a');
  });
});
