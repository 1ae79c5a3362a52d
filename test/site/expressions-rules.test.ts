/** Expressions in workflows: validators and conditions of apps, what they are given, what their answers mean, who hears of failures. */
import { describe, expect, it, vi } from 'vitest';
import type { ForgeRule } from '../../sandbox/contract';
import type { ConditionGroup, Json, RuleConfiguration } from '../../sandbox/jira/store';
import { refusal, rule, world, type World } from './jiraWorld';

const VALIDATOR = 'forge:expression-validator';
const CONDITION = 'forge:expression-condition';
const doc = (text: string): Json => ({ type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] });

/** A workflow rule of the app, in the configuration form that the bulk workflow API stores. */
function appRule(
  w: World,
  ruleKey: typeof VALIDATOR | typeof CONDITION,
  expression: string,
  more: Partial<ForgeRule> = {},
  config: Json = {},
): RuleConfiguration {
  const id = w.rules.install(ruleKey, ruleKey === VALIDATOR ? 'Validator' : 'Condition', { expression, name: 'Rule', ...more });
  return rule(ruleKey, { key: id, config: JSON.stringify(config), id: 'rule-1', disabled: 'false' });
}

const failures = (w: World) => w.events.filter((one) => one.eventType === 'avi:jira:failed:expression').map((one) => one.payload);

describe('a validator that is an expression', () => {
  /** What transition 21 under this validator says to Ann; undefined when it lets pass. A refusal leaves no trace. */
  async function says(w: World, key: string, validator: RuleConfiguration, body: object = {}): Promise<string[] | undefined> {
    w.transitions({
      id: '21',
      name: 'Start',
      toStatusId: w.doing,
      validators: [validator],
      transitionScreen: w.screen(['summary', 'labels', 'assignee', 'issuelinks']),
    });
    const before = w.stateOf(key);
    const response = await w.send(w.ann, 'POST', `/rest/api/3/issue/${key}/transitions`, { transition: { id: '21' }, ...body });
    if (response.status === 204) return undefined;
    expect(response.status).toBe(400);
    expect(w.stateOf(key)).toBe(before);
    return ((await response.json()) as { errorMessages: string[] }).errorMessages;
  }

  it('knows the person, the work item with its edits and without, the way and the configuration', async () => {
    const w = world();
    const key = await w.item();
    const expressions = [
      `user.accountId == '${w.ann}' && user == issue.reporter`,
      "issue.summary == 'New' && originalIssue.summary == 'A thing to do'",
      "issue.assignee.displayName == 'Bob' && originalIssue.assignee == null",
      "transition.id == 21 && transition.from.name == 'To Do' && transition.to.name == 'In Progress' && transition.hasScreen",
      "workflow.name != '' && typeof workflow.id == 'String' && project.key == 'DEMO'",
      "config.limit == 3 && config.names.includes('x')",
      "issue.comments.some(c => c.id == null && c.body.plainText == 'Because') && originalIssue.comments.length == 0",
      "typeof groupOperator == 'undefined'",
    ];
    const edits = { fields: { summary: 'New', assignee: { accountId: w.bob } }, update: { comment: [{ add: { body: doc('Because') } }] } };
    const validator = appRule(w, VALIDATOR, expressions.map((one) => `(${one})`).join(' && '), {}, { limit: 3, names: ['x'] });
    expect(await says(w, key, validator, edits)).toBeUndefined();
    expect(failures(w)).toEqual([]);
  });

  it('sees links that come with the request', async () => {
    const w = world();
    const [key, other] = [await w.item(), await w.item()];
    const type = w.store.linkTypes.all()[0];
    const validator = appRule(
      w,
      VALIDATOR,
      `issue.links.some(l => l.linkedIssue.key == '${other}' && l.direction == 'outward' && l.type.name == '${type?.name ?? ''}')`,
    );
    expect(await says(w, key, validator)).toEqual(['The workflow rule "Rule" refused the transition.']);
    const link = { type: { name: type?.name }, outwardIssue: { key: other } };
    expect(await says(w, key, validator, { update: { issuelinks: [{ add: link }] } })).toBeUndefined();
  });

  it('speaks: its own text, the text of the manifest, that of an expression, or a text of the site', async () => {
    const w = world();
    const key = await w.item();
    const said = (expression: string, errorMessage?: ForgeRule['errorMessage']) =>
      says(w, key, appRule(w, VALIDATOR, expression, errorMessage === undefined ? {} : { errorMessage }, { who: 'Bob' }));
    expect(await said("issue.assignee == null ? 'Nobody has it.' : true", 'unused')).toEqual(['Nobody has it.']);
    expect(await said('issue.assignee != null', 'Assign it first.')).toEqual(['Assign it first.']);
    expect(await said('false', { expression: "'Only ' + config.who + ' may, ' + issue.key" })).toEqual([`Only Bob may, ${key}`]);
    expect(await said('false')).toEqual(['The workflow rule "Rule" refused the transition.']);
    expect(await said("''", 'Empty texts say nothing.')).toEqual(['Empty texts say nothing.']);
    expect(failures(w)).toEqual([]);
    expect(await said('false', { expression: 'nobody' })).toEqual(['The workflow rule "Rule" refused the transition.']);
    expect(failures(w)).toHaveLength(1);
  });

  it('refuses when it fails or answers something else, and its app hears of it', async () => {
    const w = world();
    const key = await w.item();
    const wrong = [
      'issue.assignee.displayName',
      '1',
      'null',
      '[true]',
      "1 == '1'",
      'issue.',
      "throw 'no'",
      '',
      "'x'.repeat(100).repeat(100).repeat(100) == ''",
    ];
    for (const [index, expression] of wrong.entries()) {
      const validator = appRule(w, VALIDATOR, expression, { errorMessage: 'Refused.' });
      expect(await says(w, key, validator)).toEqual(['Refused.']);
      expect(failures(w)).toHaveLength(index + 1);
      expect(failures(w)[index]).toMatchObject({
        extensionId: validator.parameters.key,
        validatorId: 'rule-1',
        expression,
        errorMessages: [expect.any(String)],
        workflowName: w.store.workflows.get(w.workflow)?.name,
        context: { issue: { key }, project: { key: 'DEMO' }, user: { accountId: w.ann }, transition: { id: '21', name: 'Start' } },
      });
    }
    expect(failures(w)[0]?.errorMessages).toEqual([
      expect.stringMatching(/^Evaluation failed: "issue\.assignee\.displayName" - Cannot read property "displayName" of null/),
    ]);
  });

  it('is overridden by an expression in its configuration', async () => {
    const w = world();
    const key = await w.item();
    expect(await says(w, key, appRule(w, VALIDATOR, 'false', {}, { expression: "config.word == 'go'", word: 'go' }))).toBeUndefined();
    const other = await w.item();
    expect(await says(w, other, appRule(w, VALIDATOR, 'true', { errorMessage: 'No.' }, { expression: 'false' }))).toEqual(['No.']);
    expect(await says(w, other, appRule(w, VALIDATOR, 'true', {}, 'not an object'))).toBeUndefined();
    expect(w.rules.validated).toEqual([]);
  });

  it('runs on creation without a key, an original or a status before', async () => {
    const w = world();
    const expression =
      "typeof originalIssue == 'undefined' && issue.key == null && issue.id == null && transition.from == null && issue.summary == 'Good' && issue.changelogs == []";
    const validators = [appRule(w, VALIDATOR, `${expression} && issue.project.key == project.key`, { errorMessage: 'Not good.' })];
    w.transitions({ id: '1', name: 'Create', type: 'INITIAL', toStatusId: w.todo, validators });
    expect((await refusal(w.item({ summary: 'Bad' }))).body.errorMessages).toEqual(['Not good.']);
    expect(await w.item({ summary: 'Good' })).toBe('DEMO-1');
  });

  it('leaves functions of apps to their host', async () => {
    const w = world();
    const key = await w.item();
    const id = w.rules.install(VALIDATOR, 'Validator');
    expect(await says(w, key, rule(VALIDATOR, { key: id, config: '{"expression":"false"}' }))).toBeUndefined();
    expect(w.rules.validated).toHaveLength(1);
  });

  it('warns of the documented limits of length, once, and goes on', async () => {
    const w = world();
    const key = await w.item();
    const validator = appRule(w, VALIDATOR, Array(300).fill('true').join(' && '));
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    expect(await says(w, key, validator)).toBeUndefined();
    expect(await says(w, key, validator)).toBeUndefined();
    expect(warn.mock.calls.flat()).toEqual([expect.stringMatching(/too long \(2396\)/), expect.stringMatching(/too many nodes \(300\)/)]);
    warn.mockRestore();
  });
});

describe('a condition that is an expression', () => {
  const guarded = (w: World, conditions: ConditionGroup): void => w.transitions({ id: '21', name: 'Start', toStatusId: w.doing, conditions });
  const all = (...conditions: RuleConfiguration[]): ConditionGroup => ({ operation: 'ALL', conditions, conditionGroups: [] });

  it('hides the transition and refuses it, for whom it is not true', async () => {
    const w = world();
    const key = await w.item();
    guarded(
      w,
      all(
        appRule(
          w,
          CONDITION,
          'user.accountId == config.who && transition.to.name == "In Progress" && typeof originalIssue == "undefined"',
          {},
          { who: w.bob },
        ),
      ),
    );
    expect(await w.offered(w.bob, key)).toEqual(['21']);
    expect(await w.offered(w.ann, key)).toEqual([]);
    const before = w.stateOf(key);
    expect((await refusal(w.move(w.ann, key, '21'))).body.errorMessages?.[0]).toMatch(/^It seems that you have tried/);
    expect(w.stateOf(key)).toBe(before);
    await w.move(w.bob, key, '21');
    expect(failures(w)).toEqual([]);
  });

  it('hides when it fails or answers a text, and its app hears of it; so does one of an app that is gone', async () => {
    const w = world();
    const key = await w.item();
    for (const expression of ['issue.assignee.displayName == 1', "'a text'", 'config.expression']) {
      guarded(w, all(appRule(w, CONDITION, expression)));
      w.events.length = 0;
      expect(await w.offered(w.ann, key)).toEqual([]);
      expect(failures(w)).toMatchObject([{ conditionId: 'rule-1', expression }]);
    }
    guarded(w, all(rule(CONDITION, { key: 'ari:gone' })));
    expect(await w.offered(w.ann, key)).toEqual([]);
  });

  it('knows how its group joins, obeys an expression in its configuration, and may be switched off', async () => {
    const w = world();
    const key = await w.item();
    const named = (operator: string) => appRule(w, CONDITION, 'false', {}, { expression: `groupOperator == ${operator}` });
    guarded(w, all(named('null')));
    expect(await w.offered(w.ann, key)).toEqual(['21']);
    guarded(w, all(named("'AND'"), named("'AND'")));
    expect(await w.offered(w.ann, key)).toEqual(['21']);
    guarded(w, { operation: 'ANY', conditions: [named("'OR'"), named('null')], conditionGroups: [] });
    expect(await w.offered(w.ann, key)).toEqual(['21']);
    const off = appRule(w, CONDITION, 'false');
    guarded(w, all({ ...off, parameters: { ...off.parameters, disabled: 'true' } }));
    expect(await w.offered(w.ann, key)).toEqual(['21']);
  });
});
