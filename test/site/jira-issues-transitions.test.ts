/** The workflow engine over REST: what is offered, what is refused, what a transition does, and that a refusal changes nothing. */
import fc from 'fast-check';
import { doTransition, getTransitions } from 'jira.js/cloud';
import { describe, expect, it } from 'vitest';
import type { ConditionGroup, Json, RuleConfiguration, WorkflowTransition } from '../../sandbox/jira/store';
import { refusal, rule, world, type World } from './jiraWorld';

const all = (...conditions: RuleConfiguration[]): ConditionGroup => ({ operation: 'ALL', conditions, conditionGroups: [] });
const any = (...conditions: RuleConfiguration[]): ConditionGroup => ({ ...all(...conditions), operation: 'ANY' });

/** A way from To Do to In Progress under a condition. */
const guarded = (w: World, condition: RuleConfiguration | ConditionGroup): void =>
  w.transitions({
    id: '21',
    name: 'Start',
    type: 'DIRECTED',
    toStatusId: w.doing,
    links: [{ fromStatusId: w.todo }],
    conditions: 'operation' in condition ? condition : all(condition),
  });

const doc = (text: string): Json => ({ type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] });

/** Whether a person is offered transition 21 and may take it; both answers must agree, and a refusal must change nothing. */
async function open(w: World, by: string, key: string): Promise<boolean> {
  const offered = (await w.offered(by, key)).includes('21');
  if (offered) {
    const status = w.store.issue(key)?.statusId;
    await w.move(by, key, '21');
    const issue = w.store.issue(key);
    if (issue && status) {
      // put it back without leaving a trace, so that one work item serves several questions
      issue.statusId = status;
      issue.changes.pop();
    }
    return true;
  }
  const [before, events] = [w.stateOf(key), w.events.length];
  const refused = await refusal(w.move(by, key, '21'));
  expect(refused.status).toBe(400);
  expect(refused.body.errorMessages?.[0]).toMatch(/^It seems that you have tried to perform a workflow operation \(Start\)/);
  expect([w.stateOf(key), w.events.length]).toEqual([before, events]);
  return false;
}

describe('a transition', () => {
  it('changes the status, writes one changelog entry with the fields, and is an update to apps', async () => {
    const w = world();
    const colour = w.field('Colour', 'select', ['Red', 'Blue']);
    w.transitions({ id: '31', name: 'Finish', toStatusId: w.done, transitionScreen: w.screen(['resolution', colour, 'labels']) });
    const key = await w.item();
    w.clock.advance(5000);
    w.events.length = 0;
    await doTransition(w.client(w.bob), {
      issueIdOrKey: key,
      transition: { id: '31' },
      fields: { resolution: { name: 'Done' }, [colour]: { value: 'Blue' } } as never,
      update: { labels: [{ add: 'quick' }], comment: [{ add: { body: doc('All good.') } }] } as never,
    });
    const issue = w.store.issue(key);
    expect(issue).toMatchObject({ statusId: w.done, resolved: w.clock.now().getTime(), statusChanged: w.clock.now().getTime() });
    expect(issue?.changes).toHaveLength(1);
    expect(issue?.changes[0]?.items.map((one) => one.field)).toEqual(['status', 'resolution', 'Colour', 'labels']);
    expect(issue?.changes[0]?.items[0]).toEqual({
      field: 'status',
      fieldtype: 'jira',
      fieldId: 'status',
      from: w.todo,
      fromText: 'To Do',
      to: w.done,
      toText: 'Done',
    });
    expect(issue?.comments).toMatchObject([{ authorId: w.bob, body: doc('All good.') }]);
    expect(w.events.map((one) => one.eventType)).toEqual(['avi:jira:updated:issue', 'avi:jira:commented:issue']);
    expect(w.events[0]?.payload).toMatchObject({
      jiraEventTypeName: 'issue_generic',
      associatedStatuses: [{ id: w.todo }, { id: w.done }],
      changelog: { id: issue?.changes[0]?.id },
    });
    const { items } = w.events[0]?.payload.changelog as { items: Json[] };
    expect(items).toHaveLength(4);
    expect(items[0]).toEqual({
      field: 'status',
      fieldtype: 'jira',
      fieldId: 'status',
      from: w.todo,
      fromString: 'To Do',
      to: w.done,
      toString: 'Done',
    });
  });

  it('is offered by type: directed from its statuses, global from anywhere, looped stays, initial never', async () => {
    const w = world();
    w.transitions(
      { id: '11', name: 'Back', type: 'DIRECTED', toStatusId: w.todo, links: [{ fromStatusId: w.doing }] },
      { id: '21', name: 'Start', type: 'DIRECTED', toStatusId: w.doing, links: [{ fromStatusId: w.todo }] },
      { id: '31', name: 'Close', toStatusId: w.done },
      { id: '41', name: 'Note', transitionScreen: w.screen(['labels']) },
    );
    const key = await w.item();
    const { transitions } = await getTransitions(w.client(w.ann), { issueIdOrKey: key, expand: 'transitions.fields' });
    expect(transitions).toMatchObject([
      { id: '21', name: 'Start', to: { id: w.doing }, hasScreen: false, isGlobal: false, isInitial: false, isAvailable: true, isConditional: false },
      { id: '31', to: { id: w.done }, isGlobal: true, fields: {} },
      {
        id: '41',
        to: { id: w.todo },
        hasScreen: true,
        isLooped: true,
        looped: true,
        fields: { labels: { required: false, schema: { type: 'array' } } },
      },
    ]);
    w.clock.advance(1000);
    await w.move(w.ann, key, '41', { labels: ['noted'] });
    expect(w.store.issue(key)).toMatchObject({ statusId: w.todo, statusChanged: w.clock.now().getTime() - 1000 });
    expect(w.store.issue(key)?.changes[0]?.items.map((one) => one.field)).toEqual(['labels']);
    await w.move(w.ann, key, '21');
    expect(await w.offered(w.ann, key)).toEqual(['11', '31', '41']);
  });

  it('is refused in words: none named, no number, unknown, not from here', async () => {
    const w = world();
    w.transitions({ id: '11', name: 'Back', type: 'DIRECTED', toStatusId: w.todo, links: [{ fromStatusId: w.doing }] });
    const key = await w.item();
    const before = w.stateOf(key);
    const said = async (transition?: object): Promise<unknown> => {
      const response = await w.send(w.ann, 'POST', `/rest/api/3/issue/${key}/transitions`, { transition });
      expect(response.status).toBe(400);
      return ((await response.json()) as { errorMessages: string[] }).errorMessages;
    };
    expect(await said()).toEqual(["Missing 'transition' identifier"]);
    expect(await said({ id: 'x' })).toEqual(["'transition' identifier must be an integer"]);
    expect(await said({ id: '99' })).toEqual(["Transition id '99' is not valid for this issue."]);
    expect(await said({ id: '1' })).toEqual(["Transition id '1' is not valid for this issue."]);
    expect(await said({ id: '11' })).toEqual([expect.stringMatching(/^It seems that you have tried to perform a workflow operation \(Back\)/)]);
    expect(w.stateOf(key)).toBe(before);
  });

  it('needs the permission to transition, and to browse at all', async () => {
    const w = world();
    guarded(w, all());
    const key = await w.item();
    const scheme = w.store.permissionSchemes.get(w.project.permissionSchemeId);
    if (scheme) scheme.grants = scheme.grants.filter((one) => one.permission !== 'TRANSITION_ISSUES');
    expect(await open(w, w.ann, key)).toBe(false);
    expect((await w.send(undefined, 'POST', `/rest/api/3/issue/${key}/transitions`, { transition: { id: '21' } })).status).toBe(404);
  });

  it('takes only the fields of its screen, and none without one', async () => {
    const w = world();
    w.transitions(
      { id: '21', name: 'Start', toStatusId: w.doing },
      { id: '31', name: 'Finish', toStatusId: w.done, transitionScreen: w.screen(['resolution']) },
    );
    const key = await w.item();
    const before = w.stateOf(key);
    const cannot = (field: string) => ({ [field]: `Field '${field}' cannot be set. It is not on the appropriate screen, or unknown.` });
    expect((await refusal(w.move(w.ann, key, '31', { resolution: { name: 'Done' }, summary: 'x' }))).body.errors).toEqual(cannot('summary'));
    expect((await refusal(w.move(w.ann, key, '21', { resolution: { name: 'Done' } }))).body.errors).toEqual(cannot('resolution'));
    expect((await refusal(w.move(w.ann, key, '21', {}, { comment: [{ add: { body: doc('x') } }] }))).body.errors).toEqual(cannot('comment'));
    expect((await refusal(w.move(w.ann, key, '31', { resolution: { name: 'No such' } }))).body.errors).toHaveProperty('resolution');
    expect(w.stateOf(key)).toBe(before);
  });
});

describe('conditions', () => {
  it('restrict to persons, assignee, reporter, roles, groups, permissions and fields; any of them lets through', async () => {
    const w = world();
    const restrict = (parameters: Record<string, string>): void => guarded(w, rule('system:restrict-issue-transition', parameters));
    const coordinator = w.field('Coordinator', 'userpicker');
    const team = w.field('Team', 'multiuserpicker');
    const group = w.store.groups.put({ id: 'group-1', name: 'movers', members: [w.bob] });
    const groups = w.field('Movers', 'multigrouppicker');
    const role = w.store.roles.put({ id: '10500', name: 'Mover', description: '' });
    w.project.roleActors[role.id] = { users: [], groups: [group.id] };
    const key = await w.item({
      [coordinator]: { accountId: w.bob },
      [team]: [{ accountId: w.admin }, { accountId: w.bob }],
      [groups]: [{ name: 'movers' }],
      assignee: { accountId: w.bob },
    });
    const both = async (): Promise<boolean[]> => [await open(w, w.ann, key), await open(w, w.bob, key)];
    for (const parameters of [
      { accountIds: w.bob },
      { accountIds: 'allow-assignee' },
      { roleIds: `4711,${role.id}` },
      { groupIds: group.id },
      { allowUserCustomFields: coordinator },
      { allowUserCustomFields: team },
      { groupCustomFields: groups },
      { accountIds: 'nobody', allowUserCustomFields: coordinator },
    ]) {
      restrict(parameters as unknown as Record<string, string>);
      expect([parameters, await both()]).toEqual([parameters, [false, true]]);
    }
    restrict({ accountIds: 'allow-reporter' });
    expect(await both()).toEqual([true, false]);
    restrict({ denyUserCustomFields: coordinator });
    expect(await both()).toEqual([true, false]);
    restrict({ permissionKeys: 'ADMINISTER_PROJECTS' });
    expect(await both()).toEqual([false, false]);
    restrict({ permissionKeys: 'ADMINISTER_PROJECTS', accountIds: w.ann });
    expect(await both()).toEqual([true, false]);
  });

  it('look at the statuses it came from', async () => {
    const w = world();
    const key = await w.item();
    const previous = (parameters: Record<string, string>): void =>
      w.transitions(
        {
          id: '21',
          name: 'Start',
          toStatusId: w.todo,
          conditions: all(rule('system:previous-status-condition', { previousStatusIds: w.doing, ...parameters })),
        },
        { id: '31', name: 'Work', toStatusId: w.doing },
        { id: '41', name: 'Close', toStatusId: w.done },
      );
    previous({});
    expect(await open(w, w.ann, key)).toBe(false);
    await w.move(w.ann, key, '31'); // To Do > In Progress: the current status does not count by itself
    expect(await open(w, w.ann, key)).toBe(false);
    previous({ includeCurrentStatus: 'true' });
    expect(await open(w, w.ann, key)).toBe(true);
    previous({});
    await w.move(w.ann, key, '41'); // In Progress > Done
    expect(await open(w, w.ann, key)).toBe(true);
    previous({ not: 'true' });
    expect(await open(w, w.ann, key)).toBe(false);
    previous({ mostRecentStatusOnly: 'true' });
    expect(await open(w, w.ann, key)).toBe(true);
    previous({ mostRecentStatusOnly: 'true', previousStatusIds: w.todo });
    expect(await open(w, w.ann, key)).toBe(false);
  });

  it('separate duties', async () => {
    const w = world();
    w.transitions(
      { id: '31', name: 'Work', toStatusId: w.doing },
      {
        id: '21',
        name: 'Start',
        toStatusId: w.done,
        conditions: all(rule('system:separation-of-duties', { fromStatusId: w.todo, toStatusId: w.doing })),
      },
    );
    const key = await w.item();
    await w.move(w.ann, key, '31');
    expect([await open(w, w.ann, key), await open(w, w.bob, key)]).toEqual([false, true]);
  });

  it('wait for subtasks', async () => {
    const w = world();
    const key = await w.item();
    const child = await w.item({ issuetype: { name: 'Sub-task' }, parent: { key } });
    guarded(w, rule('system:parent-or-child-blocking-condition', { blocker: 'CHILD', statusIds: w.done }));
    expect(await open(w, w.ann, key)).toBe(false);
    const issue = w.store.issue(child);
    if (issue) issue.statusId = w.done;
    expect(await open(w, w.ann, key)).toBe(true);
  });

  it('hide from everybody, or from people but not from the API', async () => {
    const w = world();
    const key = await w.item();
    guarded(w, rule('system:restrict-from-all-users', { restrictMode: 'usersAndAPI' }));
    expect(await open(w, w.ann, key)).toBe(false);
    guarded(w, rule('system:restrict-from-all-users', { restrictMode: 'users' }));
    expect(await w.offered(w.ann, key)).toEqual([]);
    const asApp = await w.site.request({ accountId: w.admin, viaApp: true }, `/rest/api/3/issue/${key}/transitions?skipRemoteOnlyCondition=true`, {
      method: 'GET',
    });
    expect(await asApp.json()).toMatchObject({ transitions: [{ id: '21' }] });
    await w.move(w.ann, key, '21');
    expect(w.store.issue(key)?.statusId).toBe(w.doing);
  });

  it('check a value', async () => {
    const w = world();
    const colour = w.field('Colour', 'select', ['Red', 'Blue']);
    const effort = w.field('Effort', 'float');
    const key = await w.item({ [colour]: { value: 'Red' }, [effort]: 5, duedate: '2026-12-01' });
    const [red, blue] = w.store.fields.get(colour)?.contexts[0]?.options.map((one) => one.id) ?? [];
    const check = (fieldId: string, comparator: string, value: string, comparisonType: string): Promise<boolean> => {
      guarded(w, rule('system:check-field-value', { fieldId, comparator, fieldValue: JSON.stringify([value]), comparisonType }));
      return open(w, w.ann, key);
    };
    expect(await check('summary', '=', 'A thing to do', 'STRING')).toBe(true);
    expect(await check('summary', '=', 'Another', 'STRING')).toBe(false);
    expect(await check(colour, '=', red ?? '', 'OPTIONID')).toBe(true);
    expect(await check(colour, '=', blue ?? '', 'OPTIONID')).toBe(false);
    expect(await check(colour, '!=', blue ?? '', 'OPTIONID')).toBe(true);
    expect(await check(effort, '>=', '5', 'NUMBER')).toBe(true);
    expect(await check(effort, '>', '5', 'NUMBER')).toBe(false);
    expect(await check('duedate', '<', '2026-12-02', 'DATE_WITHOUT_TIME')).toBe(true);
    expect(await check('duedate', '>', '2026-12-02', 'DATE')).toBe(false);
  });

  it('form trees of ALL and ANY; disabled rules do not count', async () => {
    const w = world();
    const key = await w.item();
    const isAnn = rule('system:restrict-issue-transition', { accountIds: w.ann });
    const isBob = rule('system:restrict-issue-transition', { accountIds: w.bob });
    const never = rule('system:restrict-from-all-users', { restrictMode: 'usersAndAPI' });
    const both = async (tree: ConditionGroup): Promise<boolean[]> => {
      guarded(w, tree);
      return [await open(w, w.ann, key), await open(w, w.bob, key)];
    };
    expect(await both(any(isAnn, isBob))).toEqual([true, true]);
    expect(await both(all(isAnn, isBob))).toEqual([false, false]);
    expect(await both({ operation: 'ALL', conditions: [isAnn], conditionGroups: [any(isBob, never), any()] })).toEqual([false, false]);
    expect(await both({ operation: 'ANY', conditions: [never], conditionGroups: [all(isAnn)] })).toEqual([true, false]);
    const disabled = { ...never, parameters: { ...never.parameters, disabled: 'true' } };
    expect(await both(all(disabled, isBob))).toEqual([false, true]);
  });

  it('that this site cannot judge hide, and are refused by name', async () => {
    const w = world();
    const key = await w.item();
    guarded(w, rule('system:jsd-approvals-block-until-approved'));
    expect(await w.offered(w.ann, key)).toEqual([]);
    expect((await refusal(w.move(w.ann, key, '21'))).body.errorMessages).toEqual([
      'The workflow rule system:jsd-approvals-block-until-approved is not supported here yet.',
    ]);
    const hidden = await getTransitions(w.client(w.ann), { issueIdOrKey: key, includeUnavailableTransitions: true });
    expect(hidden.transitions).toMatchObject([{ id: '21', isAvailable: false, isConditional: true }]);
  });
});

describe('validators', () => {
  /** What transition 21 with these validators says; undefined when it lets pass. A refusal must leave no trace. */
  async function says(w: World, key: string, rules: RuleConfiguration[], fields?: Record<string, Json>, by = w.ann): Promise<string[] | undefined> {
    const screen = w.screen([
      'labels',
      'resolution',
      'assignee',
      'description',
      'summary',
      'duedate',
      ...w.store.fields.all().flatMap((one) => (one.id.startsWith('customfield') ? one.id : [])),
    ]);
    w.transitions({ id: '21', name: 'Start', toStatusId: w.doing, validators: rules, transitionScreen: screen });
    const [before, events] = [w.stateOf(key), w.events.length];
    const response = await w.send(by, 'POST', `/rest/api/3/issue/${key}/transitions`, { transition: { id: '21' }, fields });
    if (response.status === 204) return undefined;
    expect([response.status, w.stateOf(key), w.events.length]).toEqual([400, before, events]);
    return ((await response.json()) as { errorMessages: string[] }).errorMessages;
  }
  const field = (parameters: Record<string, string>): RuleConfiguration[] => [rule('system:validate-field-value', parameters)];

  it('ask for a permission', async () => {
    const w = world();
    const key = await w.item();
    expect(await says(w, key, [rule('system:check-permission-validator', { permissionKey: 'ADMINISTER_PROJECTS' })])).toHaveLength(1);
    expect(await says(w, key, [rule('system:check-permission-validator', { permissionKey: 'EDIT_ISSUES' })])).toBeUndefined();
  });

  it('ask for an earlier status', async () => {
    const w = world();
    const key = await w.item();
    const rules = [rule('system:previous-status-validator', { previousStatusIds: w.todo, mostRecentStatusOnly: 'true' })];
    expect(await says(w, key, rules)).toHaveLength(1);
    expect(await says(w, key, [])).toBeUndefined();
    expect(await says(w, key, rules)).toBeUndefined();
  });

  it('ask for the status of the parent', async () => {
    const w = world();
    const key = await w.item();
    const child = await w.item({ issuetype: { name: 'Sub-task' }, parent: { key } });
    const rules = [rule('system:parent-or-child-blocking-validator', { blocker: 'PARENT', statusIds: `${w.doing},${w.done}` })];
    expect(await says(w, child, rules)).toHaveLength(1);
    expect(await says(w, key, [])).toBeUndefined();
    expect(await says(w, child, rules)).toBeUndefined();
  });

  it('require a field, in their own words or those of Jira', async () => {
    const w = world();
    const colour = w.field('Colour', 'select', ['Red']);
    const key = await w.item();
    const required = { ruleType: 'fieldRequired', fieldsRequired: colour };
    expect(await says(w, key, field({ ...required, errorMessage: 'Choose a colour!' }))).toEqual(['Choose a colour!']);
    expect(await says(w, key, field(required))).toEqual(['Colour is required.']);
    const context = w.store.fields.get(colour)?.contexts[0];
    if (context) context.projectIds = ['4711'];
    expect(await says(w, key, field({ ...required, ignoreContext: 'false' }))).toHaveLength(1);
    expect(await says(w, key, field({ ...required, ignoreContext: 'true' }))).toBeUndefined();
    if (context) context.projectIds = [];
    expect(await says(w, key, field(required), { [colour]: { value: 'Red' } })).toBeUndefined();
    expect(await says(w, key, field(required), { [colour]: null })).toHaveLength(1);
  });

  it('require a change, a single value, a pattern', async () => {
    const w = world();
    const key = await w.item({ labels: ['a'] });
    const changed = field({ ruleType: 'fieldChanged', fieldKey: 'labels', errorMessage: 'Change the labels.' });
    expect(await says(w, key, changed)).toEqual(['Change the labels.']);
    expect(await says(w, key, changed, { labels: ['a'] })).toEqual(['Change the labels.']);
    expect(await says(w, key, changed, { labels: ['a', 'b'] })).toBeUndefined();
    const group = w.store.groups.put({ id: 'exempt', name: 'exempt', members: [w.bob] });
    const exempt = field({ ruleType: 'fieldChanged', fieldKey: 'labels', groupsExemptFromValidation: group.id });
    expect(await says(w, key, exempt)).toHaveLength(1);
    expect(await says(w, key, exempt, undefined, w.bob)).toBeUndefined();
    const single = field({ ruleType: 'fieldHasSingleValue', fieldKey: 'labels' });
    expect(await says(w, key, single)).toHaveLength(1);
    expect(await says(w, key, single, { labels: ['a'] })).toBeUndefined();
    const pattern = field({ ruleType: 'fieldMatchesRegularExpression', fieldKey: 'description', regexp: '[0-9]{4}' });
    expect(await says(w, key, pattern)).toHaveLength(1);
    expect(await says(w, key, pattern, { description: doc('Room 1234') })).toBeUndefined();
  });

  it('compare dates', async () => {
    const w = world();
    const start = w.field('Start', 'datepicker');
    const key = await w.item({ duedate: '2026-12-01', [start]: '2026-12-05' });
    const compare = (conditionSelected: string) =>
      field({ ruleType: 'dateFieldComparison', date1FieldKey: 'duedate', date2FieldKey: start, includeTime: 'false', conditionSelected });
    expect(await says(w, key, compare('>='))).toHaveLength(1);
    expect(await says(w, key, compare('<'))).toBeUndefined();
    const within = (numberOfDays: string) =>
      field({ ruleType: 'windowDateComparison', date1FieldKey: start, date2FieldKey: 'duedate', numberOfDays });
    expect(await says(w, key, within('3'))).toHaveLength(1);
    expect(await says(w, key, within('4'))).toBeUndefined();
    expect(await says(w, key, compare('>='), { duedate: null })).toBeUndefined();
  });

  it('of this site and of apps all speak, and a disabled one is silent', async () => {
    const w = world();
    const id = w.rules.install('forge:expression-validator', 'Validator');
    const key = await w.item();
    w.rules.verdict = () => Promise.resolve({ result: false, errorMessage: 'The gate is shut.' });
    const gate = rule('forge:expression-validator', { key: id, config: '{"gate":"V10"}', disabled: 'false' });
    const required = field({ ruleType: 'fieldRequired', fieldsRequired: 'assignee', errorMessage: 'Who?' });
    expect(await says(w, key, [gate, ...required])).toEqual(['Who?', 'The gate is shut.']);
    expect(await says(w, key, [{ ...gate, parameters: { ...gate.parameters, disabled: 'true' } }])).toBeUndefined();
    expect(await says(w, key, [rule('system:proforma-forms-attached')])).toEqual([
      'The workflow rule system:proforma-forms-attached is not supported here yet.',
    ]);
    expect(await says(w, key, [rule('forge:expression-validator', { key: 'ari:gone' })])).toEqual([
      'The workflow rule ari:gone belongs to an app that is not installed.',
    ]);
  });

  it('of apps hear the work item, the configuration, the way and what changes, but not the person', async () => {
    const w = world();
    const id = w.rules.install('forge:expression-validator', 'Validator');
    const team = w.field('Team', 'multiuserpicker');
    const key = await w.item({ labels: ['a'] });
    await says(w, key, [rule('forge:expression-validator', { key: id, config: '{"gate":"V10"}' })], {
      labels: [],
      assignee: { accountId: w.bob },
      [team]: [{ accountId: w.ann }],
      resolution: { name: 'Done' },
    });
    expect(w.rules.validated).toMatchObject([
      {
        id,
        event: {
          issue: { key },
          configuration: { gate: 'V10' },
          transition: {
            from: { id: w.todo },
            to: { id: w.doing },
            modifiedFields: { labels: null, assignee: { accountId: w.bob }, [team]: [{ accountId: w.ann }], resolution: { name: 'Done' } },
          },
        },
      },
    ]);
    const { modifiedFields } = w.rules.validated[0]?.event.transition ?? {};
    expect(modifiedFields?.assignee).toEqual({ accountId: w.bob });
  });

  it('run on creation without a key', async () => {
    const w = world();
    const id = w.rules.install('forge:expression-validator', 'Validator');
    w.transitions({
      id: '1',
      name: 'Create',
      type: 'INITIAL',
      toStatusId: w.todo,
      validators: [
        rule('forge:expression-validator', { key: id }),
        ...field({ ruleType: 'fieldRequired', fieldsRequired: 'duedate', errorMessage: 'When?' }),
      ],
      actions: [rule('system:change-assignee', { type: 'to-current-user' }), rule('forge:workflow-post-function', { key: 'ari:post' })],
    });
    expect((await refusal(w.item())).body.errorMessages).toEqual(['When?']);
    expect([w.store.issues.size, w.project.issueCounter, w.events.length]).toEqual([0, 0, 0]);
    const key = await w.item({ duedate: '2026-12-24' });
    expect(w.rules.validated.at(-1)?.event).toMatchObject({ issue: { key: null }, transition: { to: { id: w.todo } } });
    expect(w.store.issue(key)).toMatchObject({ key: 'DEMO-1', fields: { assignee: w.ann }, changes: [] });
    expect(w.rules.ran).toMatchObject([{ id: 'ari:post', event: { issue: { key } } }]);
  });

  it('that take their time keep other transitions out, and what moved meanwhile wins', async () => {
    const w = world();
    const id = w.rules.install('forge:expression-validator', 'Validator');
    w.transitions(
      { id: '21', name: 'Start', toStatusId: w.doing, validators: [rule('forge:expression-validator', { key: id })] },
      { id: '31', name: 'Finish', toStatusId: w.done },
    );
    const key = await w.item();
    let answer: (verdict: { result: boolean }) => void = () => undefined;
    w.rules.verdict = () => new Promise((resolve) => (answer = resolve));
    const slow = refusal(w.move(w.ann, key, '21'));
    await expect.poll(() => w.rules.validated.length).toBe(1);
    expect((await refusal(w.move(w.bob, key, '31'))).status).toBe(409);
    const issue = w.store.issue(key);
    if (issue) issue.statusId = w.done; // as a migration of statuses would
    answer({ result: true });
    expect((await slow).status).toBe(409);
    expect(issue?.changes).toEqual([]);
    w.rules.verdict = () => Promise.resolve({ result: true });
    await w.move(w.ann, key, '21');
    expect(issue?.statusId).toBe(w.doing);
  });
});

describe('post functions', () => {
  const act = (w: World, ...actions: RuleConfiguration[]): void => w.transitions({ id: '21', name: 'Start', toStatusId: w.doing, actions });

  it('change the assignee', async () => {
    const w = world();
    const key = await w.item({}, w.bob);
    for (const [type, expected] of [
      ['to-current-user', w.ann],
      ['to-reporter', w.bob],
      ['to-lead', w.admin],
      ['to-unassigned', undefined],
    ] as const) {
      act(w, rule('system:change-assignee', { type }));
      await w.move(w.ann, key, '21');
      expect([type, w.store.issue(key)?.fields.assignee]).toEqual([type, expected]);
    }
    act(w, rule('system:change-assignee', { type: 'to-selected-user', accountId: w.bob }));
    await w.move(w.ann, key, '21');
    expect(w.store.issue(key)?.fields.assignee).toBe(w.bob);
    w.project.assigneeType = 'PROJECT_LEAD';
    act(w, rule('system:change-assignee', { type: 'to-default-user' }));
    await w.move(w.ann, key, '21');
    expect(w.store.issue(key)?.fields.assignee).toBe(w.admin);
    expect(w.events.filter((one) => one.eventType === 'avi:jira:assigned:issue')).toHaveLength(6);
  });

  it('set and clear the resolution in the one changelog entry', async () => {
    const w = world();
    const key = await w.item();
    const resolution = w.store.resolutions.all()[0]?.id ?? '';
    act(w, rule('system:update-field', { field: 'resolution', value: resolution, mode: 'replace' }));
    await w.move(w.ann, key, '21');
    expect(w.store.issue(key)).toMatchObject({ fields: { resolution }, resolved: w.clock.now().getTime() });
    expect(w.store.issue(key)?.changes.map((one) => one.items.map((item) => item.field))).toEqual([['status', 'resolution']]);
    act(w, rule('system:update-field', { field: 'resolution', value: '', mode: 'replace' }));
    await w.move(w.ann, key, '21');
    expect(w.store.issue(key)).not.toHaveProperty('resolved');
    expect(w.store.issue(key)?.fields).not.toHaveProperty('resolution');
  });

  it('update and append to fields of every kind', async () => {
    const w = world();
    const line = w.field('Line', 'textfield');
    const colour = w.field('Colour', 'select', ['Red', 'Blue']);
    const places = w.field('Places', 'multiselect', ['Here', 'There']);
    const person = w.field('Person', 'userpicker');
    const effort = w.field('Effort', 'float');
    const key = await w.item({ [line]: 'a', labels: ['x'], [places]: [{ value: 'Here' }] });
    const update = (field: string, value: string, mode = 'replace') => rule('system:update-field', { field, value, mode });
    act(
      w,
      update(line, 'b', 'append'),
      update('labels', 'y', 'append'),
      update(places, 'There', 'append'),
      update(colour, 'Blue'),
      update(person, w.bob),
      update(effort, '8'),
      update('description', 'Done by rule'),
    );
    await w.move(w.ann, key, '21');
    const { fields } = w.store.issue(key) ?? {};
    const options = w.store.fields.get(places)?.contexts[0]?.options.map((one) => one.id);
    expect(fields).toMatchObject({
      [line]: 'ab',
      labels: ['x', 'y'],
      [places]: options,
      [colour]: w.store.fields.get(colour)?.contexts[0]?.options[1]?.id,
      [person]: w.bob,
      [effort]: 8,
      description: doc('Done by rule'),
    });
    expect(w.store.issue(key)?.changes).toHaveLength(1);
  });

  it('copy values, from the parent too', async () => {
    const w = world();
    const coordinator = w.field('Coordinator', 'userpicker');
    const line = w.field('Line', 'textfield');
    const parent = await w.item({ [coordinator]: { accountId: w.bob } });
    const key = await w.item({ issuetype: { name: 'Sub-task' }, parent: { key: parent } });
    const copy = (sourceFieldKey: string, targetFieldKey: string, issueSource: string) =>
      rule('system:copy-value-from-other-field', { sourceFieldKey, targetFieldKey, issueSource });
    act(w, copy(coordinator, 'assignee', 'PARENT'), copy('summary', line, 'SAME'), copy('summary', 'description', 'SAME'));
    await w.move(w.ann, key, '21');
    expect(w.store.issue(key)?.fields).toMatchObject({ assignee: w.bob, [line]: 'A thing to do', description: doc('A thing to do') });
  });

  it('of apps run afterwards, with one execution id and the changelog entry', async () => {
    const w = world();
    const key = await w.item();
    const post = (id: string, disabled = 'false') => rule('forge:workflow-post-function', { key: id, config: '{"n":1}', disabled });
    act(w, post('ari:one'), post('ari:two'), post('ari:off', 'true'));
    await w.move(w.bob, key, '21');
    expect(w.rules.ran).toMatchObject([
      {
        id: 'ari:one',
        event: {
          issue: { key },
          configuration: { n: 1 },
          transition: { id: '21', name: 'Start', from: { id: w.todo }, to: { id: w.doing } },
          workflow: { id: w.workflow },
          changelog: { id: w.store.issue(key)?.changes[0]?.id },
          atlassianId: w.bob,
        },
      },
      { id: 'ari:two' },
    ]);
    const [one, two] = w.rules.ran;
    expect(one?.event.transition.executionId).toBe(two?.event.transition.executionId);
  });
});

describe('the order in which a transition is judged', () => {
  /** Everything stands in the way; each answer names the first that does, so taking it away shows the next. */
  it('is permission, conditions, screen and fields, validators; only then anything happens', async () => {
    const w = world();
    const id = w.rules.install('forge:expression-validator', 'Validator');
    const after = w.rules.install('forge:workflow-post-function', 'PostFunction');
    w.rules.verdict = () => Promise.resolve({ result: false, errorMessage: 'The gate is shut.' });
    const key = await w.item();
    const scheme = w.store.permissionSchemes.get(w.project.permissionSchemeId) ?? expect.fail('no permission scheme');
    const grants = scheme.grants;
    scheme.grants = grants.filter((one) => one.permission !== 'TRANSITION_ISSUES');
    const way = {
      id: '21',
      name: 'Start',
      toStatusId: w.doing,
      conditions: all(rule('system:restrict-issue-transition', { accountIds: w.bob })),
      validators: [rule('forge:expression-validator', { key: id, config: '{}' })],
      actions: [rule('system:change-assignee', { type: 'to-current-user' }), rule('forge:workflow-post-function', { key: after, config: '{}' })],
    };
    w.transitions(way);
    const before = w.stateOf(key);
    w.events.length = 0;
    const said = async (fields?: Record<string, Json>) => (await refusal(w.move(w.ann, key, '21', fields))).body;
    const notOffered = /^It seems that you have tried to perform a workflow operation/;
    expect((await said({ summary: 'x' })).errorMessages?.[0]).toMatch(notOffered); // the permission
    scheme.grants = grants;
    expect((await said({ summary: 'x' })).errorMessages?.[0]).toMatch(notOffered); // the condition
    w.transitions({ ...way, conditions: all() });
    expect(await said({ summary: 'x' })).toMatchObject({ errors: { summary: expect.stringContaining('not on the appropriate screen') as unknown } });
    expect(w.rules.validated).toEqual([]);
    w.transitions({ ...way, conditions: all(), transitionScreen: w.screen(['summary']) });
    expect(await said({ summary: '' })).toMatchObject({ errors: { summary: expect.any(String) as unknown } }); // the value
    expect(w.rules.validated).toEqual([]);
    expect((await said({ summary: 'x' })).errorMessages).toEqual(['The gate is shut.']);
    expect([w.stateOf(key), w.events, w.rules.ran]).toEqual([before, [], []]);
    w.rules.verdict = () => Promise.resolve({ result: true });
    await w.move(w.ann, key, '21', { summary: 'x' });
    expect(w.store.issue(key)).toMatchObject({ statusId: w.doing, fields: { summary: 'x', assignee: w.ann } });
    expect(w.store.issue(key)?.changes).toHaveLength(1);
    expect(w.events.filter((one) => one.eventType === 'avi:jira:updated:issue')).toHaveLength(1);
    expect(w.rules.ran).toHaveLength(1);
  });

  it('takes no field in both fields and update', async () => {
    const w = world();
    w.transitions({ id: '21', name: 'Start', toStatusId: w.doing, transitionScreen: w.screen(['labels']) });
    const key = await w.item();
    const before = w.stateOf(key);
    const refused = await refusal(w.move(w.ann, key, '21', { labels: ['a'] }, { labels: [{ add: 'b' }] }));
    expect([refused.status, Object.keys(refused.body.errors ?? {})]).toEqual([400, ['labels']]);
    expect(w.stateOf(key)).toBe(before);
  });
});

describe('whatever the workflow', () => {
  const status = fc.constantFrom<'todo' | 'doing' | 'done'>('todo', 'doing', 'done');
  /** Who may, by rules of Jira that hold for one of the two people or for none. */
  const guard = fc.constantFrom('ann', 'bob', 'reporter', 'nobody');
  const way = fc.record({
    isGlobal: fc.boolean(),
    to: fc.option(status),
    from: fc.uniqueArray(status, { minLength: 1, maxLength: 3 }),
    guards: fc.array(guard, { maxLength: 2 }),
    isAny: fc.boolean(),
    refuses: fc.boolean(),
    assigns: fc.boolean(),
  });

  it('what is offered and has nothing to ask succeeds, what is not offered is refused, and a refusal leaves no trace', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(way, { minLength: 1, maxLength: 5 }),
        fc.array(fc.tuple(fc.nat({ max: 4 }), fc.boolean()), { maxLength: 6 }),
        async (ways, steps) => {
          const w = world();
          const who: Record<string, string> = { ann: w.ann, bob: w.bob, reporter: 'allow-reporter', nobody: 'nobody' };
          const shut = rule('system:check-permission-validator', { permissionKey: 'ADMINISTER_PROJECTS' });
          const transitions = ways.map((one, index): Partial<WorkflowTransition> & Pick<WorkflowTransition, 'id' | 'name'> => ({
            id: String(11 + index),
            name: `Way ${index}`,
            type: one.isGlobal ? 'GLOBAL' : 'DIRECTED',
            links: one.isGlobal ? [] : one.from.map((from) => ({ fromStatusId: w[from] })),
            // Only a global transition may lead nowhere.
            ...((!one.isGlobal || one.to !== null) && { toStatusId: w[one.to ?? 'done'] }),
            conditions: (one.isAny ? any : all)(
              ...one.guards.map((name) => rule('system:restrict-issue-transition', { accountIds: who[name] ?? '' })),
            ),
            validators: one.refuses ? [shut] : [],
            actions: one.assigns ? [rule('system:change-assignee', { type: 'to-current-user' })] : [],
          }));
          w.transitions(...transitions);
          const key = await w.item();
          for (const [index, asBob] of steps) {
            const one = transitions[index % transitions.length] ?? expect.fail('no way');
            const by = asBob ? w.bob : w.ann;
            const offered = (await w.offered(by, key)).includes(one.id);
            const [before, events] = [w.stateOf(key), w.events.length];
            const from = w.store.issue(key)?.statusId;
            const response = await w.send(by, 'POST', `/rest/api/3/issue/${key}/transitions`, { transition: { id: one.id } });
            if (offered && one.validators?.length === 0) {
              expect(response.status).toBe(204);
              expect(w.store.issue(key)?.statusId).toBe(one.toStatusId ?? from);
            } else {
              expect(response.status).toBe(400);
              expect([w.stateOf(key), w.events.length]).toEqual([before, events]);
            }
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});
