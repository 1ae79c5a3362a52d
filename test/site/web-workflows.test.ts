/** The workflow viewer's picture and words. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagramOf, type Arrow, type Box, type Diagram } from '../../sandbox/web/src/workflows/diagram';
import { newRule, updateOf, withoutRule, withParameters, withRule } from '../../sandbox/web/src/workflows/edit';
import { chosenTransitions } from '../../sandbox/web/src/workflows/selection';
import {
  workflow as workflowSchema,
  type Rule,
  type Workflow,
  type WorkflowStatus,
  type WorkflowStep,
} from '../../sandbox/web/src/workflows/schemas';
import { ruleWords, sectionsOf, summaryOf, type Lexicon } from '../../sandbox/web/src/workflows/words';

interface Step {
  name: string;
  type?: 'INITIAL' | 'GLOBAL' | 'DIRECTED';
  from?: string[];
  to?: string;
}
type Place = [id: string, x: number, y: number];

const make = (places: Place[], steps: Step[]): [Workflow, WorkflowStatus[]] => [
  workflowSchema.parse({
    id: 'w',
    name: 'W',
    version: { id: 'v', versionNumber: 0 },
    statuses: places.map(([statusReference, x, y]) => ({ statusReference, layout: { x, y } })),
    transitions: steps.map(({ name, type = 'DIRECTED', from = [], to }, index) => ({
      id: String(index),
      type,
      name,
      toStatusReference: to,
      links: from.map((fromStatusReference) => ({ fromStatusReference })),
    })),
  }),
  places.map(([id]) => ({ id, name: id, statusCategory: { key: 'new' } })),
];
const draw = (places: Place[], steps: Step[]): Diagram => diagramOf(...make(places, steps));
const box = ({ boxes }: Diagram, id: string): Box => boxes.find((one) => one.id === id) ?? expect.fail(`no box ${id}`);
const arrow = ({ arrows }: Diagram, id: string): Arrow => arrows.find((one) => one.transition === id) ?? expect.fail(`no arrow ${id}`);

const ROW: Place[] = [
  ['A', 0, 0],
  ['B', 220, 0],
  ['C', 440, 0],
  ['D', 220, 240],
];

describe('the picture of a workflow', () => {
  it('keeps rows and columns of the layout', () => {
    const drawn = draw(ROW, []);
    expect([box(drawn, 'A').y, box(drawn, 'C').y]).toEqual([box(drawn, 'B').y, box(drawn, 'B').y]);
    expect(box(drawn, 'A').x).toBeLessThan(box(drawn, 'B').x);
    expect(box(drawn, 'D').x).toBe(box(drawn, 'B').x);
    expect(box(drawn, 'D').y).toBeGreaterThan(box(drawn, 'B').y);
  });

  it('leads neighbours straight to each other, both ways beside each other', () => {
    const drawn = draw(ROW, [
      { name: 'Go', from: ['A'], to: 'B' },
      { name: 'Back', from: ['B'], to: 'A' },
    ]);
    expect(arrow(drawn, '0')).toMatchObject({ stubs: [], from: ['A'], to: 'B' });
    expect(arrow(drawn, '1')).toMatchObject({ stubs: [], from: ['B'], to: 'A' });
    expect(arrow(drawn, '0').head).not.toBe(arrow(drawn, '1').head);
    expect(arrow(drawn, '0').label.y).toBeLessThan(arrow(drawn, '1').label.y);
  });

  it('joins the sources of one transition in one lane with one arrowhead', () => {
    const drawn = draw(ROW, [{ name: 'Pause', from: ['A', 'B', 'C'], to: 'D' }]);
    expect(drawn.arrows).toHaveLength(1);
    expect(arrow(drawn, '0').joints).toHaveLength(3);
    // three sources and the lane
    expect(arrow(drawn, '0').stubs).toHaveLength(4);
  });

  it('gives lanes that overlap different heights', () => {
    const drawn = draw(ROW, [
      { name: 'Skip', from: ['A'], to: 'C' },
      { name: 'Return', from: ['C'], to: 'A' },
    ]);
    expect(arrow(drawn, '0').label.y).not.toBe(arrow(drawn, '1').label.y);
  });

  it('marks where work items begin, what is open from everywhere and what stays', () => {
    const drawn = draw(ROW, [
      { name: 'Create', type: 'INITIAL', to: 'A' },
      { name: 'Cancel', type: 'GLOBAL', to: 'C' },
      { name: 'Note', type: 'GLOBAL' },
    ]);
    expect(drawn.boxes.filter(({ kind }) => kind === 'start')).toHaveLength(1);
    expect(drawn.arrows.map(({ kind }) => kind).sort()).toEqual(['global', 'initial', 'looped']);
    expect(arrow(drawn, '1').pill).toBeDefined();
    expect(arrow(drawn, '2')).toMatchObject({ head: undefined, to: undefined });
  });

  it('draws a directed loop at each of its statuses', () => {
    const drawn = draw(ROW, [{ name: 'Again', from: ['A', 'B'] }]);
    expect(drawn.arrows.map(({ from, to }) => [from, to])).toEqual([
      [['A'], 'A'],
      [['B'], 'B'],
    ]);
  });

  it('puts no box upon another and nothing outside, whatever the layout', () => {
    const ids = ['A', 'B', 'C', 'D', 'E', 'F'];
    const at = fc.integer({ min: -300, max: 900 });
    const id = fc.constantFrom(...ids);
    const steps = fc.array(
      fc.record({ name: fc.string({ minLength: 1, maxLength: 20 }), from: fc.uniqueArray(id, { minLength: 1, maxLength: 5 }), to: id }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(at, at), { minLength: 6, maxLength: 6 }), steps, (points, transitions) => {
        const places = points.map(([x, y], index): Place => [ids[index] ?? '', x, y]);
        const drawn = draw(places, [{ name: 'Create', type: 'INITIAL', to: 'A' }, ...transitions]);
        for (const a of drawn.boxes) {
          expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= drawn.width && a.y + a.height <= drawn.height).toBe(true);
          for (const b of drawn.boxes) {
            if (a === b) continue;
            const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
            expect(apart).toBe(true);
          }
        }
        expect(new Set(drawn.arrows.map(({ transition }) => transition)).size).toBe(transitions.length + 1);
        expect(JSON.stringify(drawn)).not.toMatch(/NaN|Infinity|null/);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what is selected', () => {
  const [drawn] = make(ROW, [
    { name: 'Go', from: ['A'], to: 'B' },
    { name: 'On', from: ['B'], to: 'C' },
    { name: 'Down', from: ['C'], to: 'D' },
  ]);
  it('is one transition, or all at a status', () => {
    expect([...chosenTransitions({ kind: 'transition', id: '2' }, drawn)]).toEqual(['2']);
    expect([...chosenTransitions({ kind: 'status', id: 'B' }, drawn)]).toEqual(['0', '1']);
    expect([...chosenTransitions(undefined, drawn)]).toEqual([]);
  });
});

describe('rules in words', () => {
  const lexicon: Lexicon = {
    capabilities: {
      systemRules: [{ ruleKey: 'system:restrict-issue-transition', name: 'Restrict who can move', description: 'Only these.' }],
      forgeRules: [{ id: 'ari:app/gate', ruleKey: 'forge:expression-validator', name: 'Gate', description: 'Asks.' }],
    },
    statuses: new Map([['1', 'Open']]),
    fields: new Map([['customfield_1', 'Plan']]),
    roles: new Map([['7', 'Builders']]),
    screens: new Map([['9', 'Asks for a plan']]),
    resolutions: new Map([['3', 'Done']]),
  };
  const rule = (ruleKey: string, parameters: Record<string, string>) => ({ ruleKey, parameters });

  it('puts names in the place of ids', () => {
    const words = ruleWords(rule('system:restrict-issue-transition', { roleIds: '7,8', accountIds: 'allow-reporter' }), lexicon);
    expect(words).toMatchObject({ name: 'Restrict who can move', isApp: false });
    expect(words.facts).toEqual([
      ['Roles', 'Builders, 8'],
      ['People', 'the reporter'],
    ]);
  });

  it('names the resolution that a post function sets, and a field that it empties', () => {
    expect(ruleWords(rule('system:update-field', { field: 'resolution', value: '3' }), lexicon).facts).toContainEqual(['Value', 'Done']);
    expect(ruleWords(rule('system:update-field', { field: 'customfield_1', value: '' }), lexicon).facts).toEqual([
      ['Field', 'Plan'],
      ['Value', 'nothing'],
    ]);
  });

  it("calls an app's rule by its name and formats what it keeps", () => {
    const words = ruleWords(rule('forge:expression-validator', { key: 'ari:app/gate', config: '{"a":[1]}', disabled: 'true' }), lexicon);
    expect(words).toMatchObject({ name: 'Gate', isApp: true, facts: [], configuration: '{\n  "a": [\n    1\n  ]\n}' });
    expect(ruleWords(rule('forge:expression-validator', { key: 'ari:gone', config: 'not json' }), lexicon)).toMatchObject({
      name: 'ari:gone',
      configuration: 'not json',
    });
  });

  it('lists what a transition asks in the order in which it asks, and says when one condition is enough', () => {
    const step = workflowSchema.shape.transitions.element.parse({
      id: '1',
      type: 'DIRECTED',
      name: 'Go',
      conditions: { operation: 'ANY', conditions: [rule('a:one', {}), rule('a:two', {})] },
      actions: [rule('system:update-field', {})],
      transitionScreen: rule('system:transition-screen', { screenId: '9' }),
    });
    expect(sectionsOf(step).map(({ title }) => title)).toEqual(['Conditions (any of these)', 'Screen', 'Post functions']);
    expect(summaryOf(step, lexicon)).toContain('Screen: Asks for a plan');
  });

  it('tells groups of conditions apart', () => {
    const titles = (conditions: object) =>
      sectionsOf(workflowSchema.shape.transitions.element.parse({ id: '1', type: 'DIRECTED', name: 'Go', conditions })).map(
        ({ title, rules }) => `${title}: ${rules.map(({ ruleKey }) => ruleKey).join()}`,
      );
    const of = (operation: string, names: string, ...conditionGroups: object[]) => ({
      operation,
      conditions: [...names].map((name) => rule(name, {})),
      conditionGroups,
    });
    expect(titles(of('ALL', 'a', of('ANY', 'bc')))).toEqual(['Conditions: a', 'Conditions (any of these): b,c']);
    expect(titles(of('ANY', '', of('ALL', 'ab'), of('ALL', 'c')))).toEqual(['Conditions (all of these): a,b', 'Conditions (or all of these): c']);
    expect(titles(of('ANY', 'a'))).toEqual(['Conditions: a']);
  });

  it('says in few words who may, what is set and what is required', () => {
    const says = (ruleKey: string, parameters: Record<string, string>) =>
      summaryOf(
        workflowSchema.shape.transitions.element.parse({ id: '1', type: 'DIRECTED', name: 'Go', actions: [rule(ruleKey, parameters)] }),
        lexicon,
      );
    expect(says('system:restrict-issue-transition', { roleIds: '7', accountIds: 'allow-reporter' })).toEqual([
      'Post functions: only Builders, the reporter',
    ]);
    expect(says('system:update-field', { field: 'resolution', value: '3' })).toEqual(['Post functions: set resolution to Done']);
    expect(says('system:update-field', { field: 'customfield_1', value: '' })).toEqual(['Post functions: empty Plan']);
    expect(says('system:validate-field-value', { ruleType: 'fieldRequired', fieldsRequired: 'customfield_1' })).toEqual([
      'Post functions: Plan required',
    ]);
  });
});

describe('changing the rules of apps', () => {
  const read = {
    id: 'w',
    name: 'W',
    version: { id: 'v', versionNumber: 3 },
    statuses: [{ statusReference: '1', properties: { 'jira.issue.editable': 'false' }, layout: { x: 1, y: 2 } }],
    transitions: [
      { id: '1', type: 'INITIAL', name: 'Create', toStatusReference: '1', properties: { a: 'b' } },
      {
        id: '11',
        type: 'DIRECTED',
        name: 'Go',
        links: [{ fromStatusReference: '1', fromPort: 2 }],
        validators: [{ ruleKey: 'system:check-permission-validator', parameters: { permissionKey: 'EDIT_ISSUES' } }],
        customIssueEventId: '7',
      },
    ],
  };
  const flow = workflowSchema.parse(read);
  const statuses: WorkflowStatus[] = [{ id: '1', name: 'One', statusCategory: { key: 'done' } }];
  const go = flow.transitions[1] ?? expect.fail('no transition');
  const appRule = (ruleKey: Parameters<typeof newRule>[0], id: string): Rule => newRule(ruleKey, 'ari:app/rule', id, '{}');
  const condition = (id: string): Rule => appRule('forge:expression-condition', id);
  /** Every rule of an app on a transition, by its own id. */
  const idsOf = (step: WorkflowStep): string[] =>
    [...JSON.stringify(step).matchAll(/"parameters":\{"key":"ari:app\/rule","id":"(\w+)"/g)].map(([, id]) => id ?? '');

  it('sends the whole workflow back with what it was read as, and the one transition changed', () => {
    const step = withRule(go, appRule('forge:workflow-post-function', 'a'));
    const { workflows, statuses: sent } = updateOf(flow, statuses, step);
    expect(sent).toEqual([{ statusReference: '1', id: '1', name: 'One', statusCategory: 'DONE' }]);
    expect(workflows).toMatchObject([{ id: 'w', version: read.version, statuses: read.statuses, transitions: read.transitions }]);
    expect(workflows[0]?.transitions[1]?.actions).toEqual([
      { ruleKey: 'forge:workflow-post-function', id: 'a', parameters: { key: 'ari:app/rule', id: 'a', disabled: 'false', config: '{}' } },
    ]);
  });

  it('puts a condition beside the others, so that all must hold', () => {
    expect(withRule(go, condition('a')).conditions).toMatchObject({ operation: 'ALL', conditions: [{ id: 'a' }] });
    const either = { ...go, conditions: { operation: 'ANY', conditions: [condition('a'), condition('b')], conditionGroups: [] } };
    expect(withRule(either, condition('c')).conditions).toEqual({
      operation: 'ALL',
      conditions: [condition('c')],
      conditionGroups: [either.conditions],
    });
  });

  it('finds a rule wherever it stands, and takes nothing else along', () => {
    const place = fc.constantFrom<Parameters<typeof newRule>[0]>(
      'forge:expression-validator',
      'forge:workflow-post-function',
      'forge:expression-condition',
    );
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 8 }), fc.nat(), (places, seed) => {
        const nested: WorkflowStep = { ...go, conditions: { operation: 'ANY', conditions: [], conditionGroups: [] } };
        const full = places.reduce<WorkflowStep>((step, ruleKey, index) => withRule(step, appRule(ruleKey, String(index))), nested);
        const chosen = String(seed % places.length);
        const off = withParameters(full, chosen, { disabled: 'true' });
        expect(JSON.stringify(off).match(/"disabled":"true"/g)).toHaveLength(1);
        expect(withParameters(off, chosen, { disabled: 'false' })).toEqual(full);
        expect(idsOf(withoutRule(full, chosen)).sort()).toEqual(
          idsOf(full)
            .filter((id) => id !== chosen)
            .sort(),
        );
        expect(withoutRule(full, chosen).validators[0]).toEqual(go.validators[0]);
      }),
    );
  });
});
