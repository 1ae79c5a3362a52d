import { beforeEach, describe, expect, it } from 'vitest';
import { FORGE_RULES } from '../../sandbox/jira/workflows/catalogue';
import { RULE_CONFIG_BYTES, type FaultCode } from '../../sandbox/jira/workflows/checks';
import { startTask } from '../../sandbox/jira/tasks';
import { world } from './jiraWorld';
import { freshSite, refusal, type Site } from './support/dispatch';

const KEY = 'ari:cloud:ecosystem::extension/app/env/static/guard';
const RULE_ID = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

let site: Site;
beforeEach(() => {
  site = freshSite();
  site.forgeRules.push({ id: KEY, ruleKey: 'forge:expression-validator', ruleType: 'Validator', name: 'Guard', description: 'Guards.' });
});

type Workflows = Site['asAdmin']['workflows'];
type Body = Parameters<Workflows['createWorkflows']>[0];
type UpdateWorkflows = Parameters<Workflows['updateWorkflows']>[0];
type Transition = NonNullable<NonNullable<Body['workflows']>[number]['transitions']>[number];

const guard = (parameters: Record<string, string> = {}) => ({
  ruleKey: 'forge:expression-validator',
  id: RULE_ID,
  parameters: { key: KEY, config: '{"a":1}', id: RULE_ID, ...parameters },
});

const initial: Transition = { id: '1', type: 'INITIAL', name: 'Create', toStatusReference: 'a', links: [] };
const finish: Transition = { id: '11', type: 'DIRECTED', name: 'Finish', toStatusReference: 'b', links: [{ fromStatusReference: 'a' }] };

const request = (transitions: Transition[] = [initial, finish], name = 'Flow'): Body => ({
  scope: { type: 'GLOBAL' },
  statuses: [
    { statusReference: 'a', name: 'Waiting', statusCategory: 'TODO' },
    { statusReference: 'b', name: 'Ready', statusCategory: 'DONE' },
  ],
  workflows: [
    {
      name,
      statuses: [
        { statusReference: 'a', properties: {}, layout: { x: 1, y: 2 } },
        { statusReference: 'b', properties: { 'jira.issue.editable': 'false' } },
      ],
      transitions,
    },
  ],
});

const codes = async (body: Body): Promise<(string | undefined)[]> =>
  ((await site.asAdmin.workflows.validateCreateWorkflows({ payload: body, validationOptions: { levels: ['ERROR'] } })).errors ?? []).map(
    (one) => one.code,
  );

describe('creating workflows', () => {
  it('keeps transition ids, makes missing statuses, and answers numeric status ids as references', async () => {
    const answer = await site.asAdmin.workflows.createWorkflows(request([initial, { ...finish, validators: [guard()] }]));
    const ids = answer.statuses?.map((one) => one.id) ?? [];
    expect(ids.every((id) => /^\d+$/.test(id ?? ''))).toBe(true);
    const [flow] = answer.workflows ?? [];
    expect(flow).toMatchObject({ name: 'Flow', isEditable: true, version: { versionNumber: 0 }, scope: { type: 'GLOBAL' } });
    expect(flow?.statuses?.map((one) => one.statusReference)).toEqual(ids);
    expect(flow?.statuses?.[1]?.properties).toEqual({ 'jira.issue.editable': 'false' });
    expect(flow?.transitions?.map((one) => one.id)).toEqual(['1', '11']);
    expect(flow?.transitions?.[1]).toMatchObject({
      toStatusReference: ids[1],
      links: [{ fromStatusReference: ids[0] }],
      validators: [{ ruleKey: 'forge:expression-validator', parameters: { key: KEY, config: '{"a":1}', id: RULE_ID, disabled: 'false', tag: '' } }],
    });
  });

  it('reuses a status whose id is given, and refuses its name without the id', async () => {
    const [first, ...rest] = request().statuses ?? [];
    const named = { ...request(), statuses: [{ ...first, statusReference: 'a', name: 'to do', statusCategory: 'TODO' as const }, ...rest] };
    expect(await codes(named)).toEqual(['NON_UNIQUE_STATUS_NAME']);
    expect((await refusal(site.asAdmin.workflows.createWorkflows(named))).status).toBe(400);
    const reused = { ...named, statuses: named.statuses.map((one, index) => (index === 0 ? { ...one, id: '10000' } : one)) };
    expect((await site.asAdmin.workflows.createWorkflows(reused)).statuses?.map((one) => one.name)).toEqual(['To Do', 'Ready']);
    expect(site.store.statuses.size).toBe(4);
  });

  const rule = (ruleKey: string, parameters?: Record<string, string>) => ({ ruleKey, ...(parameters && { parameters }) });
  const with_ = (change: Partial<Transition>): Transition[] => [initial, { ...finish, ...change }];
  const broken: [what: string, code: FaultCode, transitions: Transition[]][] = [
    ['a transition without an id', 'MISSING_TRANSITION_ID', [initial, { ...finish, id: undefined }]],
    ['two transitions with one id', 'NON_UNIQUE_TRANSITION_ID', with_({ id: '1' })],
    ['no initial transition', 'INITIAL_TRANSITION_COUNT', [{ ...initial, type: 'GLOBAL' }, finish]],
    ['two initial transitions', 'INITIAL_TRANSITION_COUNT', [initial, { ...initial, id: '2', name: 'Import' }, finish]],
    ['an initial transition with conditions, even none', 'INITIAL_TRANSITION_CONDITIONS', [{ ...initial, conditions: { operation: 'ALL' } }, finish]],
    ['a transition to a status that is not there', 'STATUS_NOT_FOUND', [...with_({}), { ...finish, id: '12', name: 'Away', toStatusReference: 'z' }]],
    [
      'a transition from a status that is not there',
      'STATUS_NOT_FOUND',
      [...with_({}), { ...finish, id: '12', name: 'Away', links: [{ fromStatusReference: 'z' }] }],
    ],
    ['a directed transition from nowhere', 'TRANSITION_LINKS', with_({ links: [] })],
    ['a global transition from somewhere', 'TRANSITION_LINKS', with_({ type: 'GLOBAL' })],
    ['a directed transition to nowhere', 'TRANSITION_TARGET', [...with_({}), { ...finish, id: '12', name: 'Away', toStatusReference: undefined }]],
    ['a status no transition leads to', 'STATUS_UNREACHABLE', with_({ toStatusReference: 'a' })],
    ['one name twice from a status', 'NON_UNIQUE_TRANSITION_NAME', [...with_({}), { ...finish, id: '12', name: 'finish' }]],
    [
      'a global name used again',
      'NON_UNIQUE_TRANSITION_NAME',
      [...with_({}), { id: '12', type: 'GLOBAL', name: 'Finish', toStatusReference: 'a', links: [] }],
    ],
    ['a rule nobody knows', 'RULE_UNKNOWN', with_({ validators: [rule('system:magic')] })],
    ['a rule of an app that is not there', 'RULE_UNKNOWN', with_({ validators: [guard({ key: `${KEY}-other` })] })],
    ['an app rule under the key of another kind', 'RULE_UNKNOWN', with_({ actions: [{ ...guard(), ruleKey: 'forge:workflow-post-function' }] })],
    ['a validator among the actions', 'RULE_MISPLACED', with_({ actions: [guard()] })],
    [
      'an app rule with too long a configuration',
      'RULE_CONFIG_TOO_LONG',
      with_({ validators: [guard({ config: 'x'.repeat(RULE_CONFIG_BYTES + 1) })] }),
    ],
    ['a screen that is not there', 'RULE_PARAMETER', with_({ transitionScreen: rule('system:transition-screen', { screenId: '404' }) })],
    [
      'a field that is not there',
      'RULE_PARAMETER',
      with_({ validators: [rule('system:validate-field-value', { ruleType: 'fieldRequired', fieldsRequired: 'x' })] }),
    ],
    [
      'a role that is not there, deep in a condition tree',
      'RULE_PARAMETER',
      with_({
        conditions: {
          operation: 'ANY',
          conditionGroups: [{ operation: 'ALL', conditions: [rule('system:restrict-issue-transition', { roleIds: '404' })] }],
        },
      }),
    ],
  ];

  it.each(broken)('refuses %s (%s), and leaves no trace', async (_what, code, transitions) => {
    const before = JSON.stringify(site.store.toJSON());
    expect(await codes(request(transitions))).toEqual([code]);
    expect((await refusal(site.asAdmin.workflows.createWorkflows(request(transitions)))).status).toBe(400);
    expect(JSON.stringify(site.store.toJSON())).toBe(before);
  });

  it('takes a configuration of exactly the greatest length, and a looped transition', async () => {
    const looped: Transition = { id: '21', type: 'GLOBAL', name: 'Stay', links: [] };
    const body = request([initial, { ...finish, validators: [guard({ config: 'x'.repeat(RULE_CONFIG_BYTES) })] }, looped]);
    expect(await codes(body)).toEqual([]);
    const [flow] = (await site.asAdmin.workflows.createWorkflows(body)).workflows ?? [];
    expect(flow?.transitions?.[2]).not.toHaveProperty('toStatusReference');
  });

  it('lets one name be used from different statuses', async () => {
    const back: Transition = { id: '12', type: 'DIRECTED', name: 'Finish', toStatusReference: 'a', links: [{ fromStatusReference: 'b' }] };
    expect(await codes(request([initial, finish, back]))).toEqual([]);
  });

  it('refuses a name that is taken, parameters that are not text, and more than it takes at once', async () => {
    await site.asAdmin.workflows.createWorkflows(request());
    expect(
      await codes({ ...request([initial, finish], 'flow'), statuses: request().statuses?.map((one, index) => ({ ...one, name: `New ${index}` })) }),
    ).toEqual(['NON_UNIQUE_WORKFLOW_NAME']);
    const faultsOf = async (body: unknown) =>
      Object.keys((await refusal(site.ask({ accountId: site.admin }, 'POST', '/rest/api/3/workflows/create', body))).body.errors);
    const odd = {
      ...request(),
      workflows: [{ ...request().workflows?.[0], transitions: [initial, { ...finish, validators: [{ ...guard(), parameters: { x: true } }] }] }],
    };
    expect(await faultsOf(odd)).toEqual(['workflows.0.transitions.1.validators.0.parameters.x']);
    const many = { ...request(), workflows: Array.from({ length: 21 }, (_, index) => ({ ...request().workflows?.[0], name: `Flow ${index}` })) };
    expect(await faultsOf(many)).toEqual(['workflows']);
  });

  it('answers the validation of an app rule without its id with a fault of its own', async () => {
    const { id: _id, ...parameters } = guard().parameters;
    const body = request(with_({ validators: [{ ...guard(), parameters }] }));
    expect((await refusal(site.asAdmin.workflows.validateCreateWorkflows({ payload: body }))).status).toBe(500);
  });
});

describe('reading workflows', () => {
  it('tells transitions only where asked to, and new rule ids on every read', async () => {
    const { workflows } = site.asAdmin;
    await workflows.createWorkflows(request([initial, { ...finish, validators: [guard()] }]));
    expect((await workflows.searchWorkflows({ queryString: 'flo' })).values?.map((one) => [one.name, one.transitions])).toEqual([['Flow', []]]);
    const read = async () => (await workflows.searchWorkflows({ queryString: 'Flow', expand: 'values.transitions' })).values?.[0]?.transitions;
    const [first, second] = [await read(), await read()];
    expect(first?.map((one) => one.name)).toEqual(['Create', 'Finish']);
    expect(first?.[1]?.validators?.[0]?.id).not.toBe(second?.[1]?.validators?.[0]?.id);
    expect(first?.[1]?.validators?.[0]?.parameters?.id).toBe(RULE_ID);
    expect((await refusal(workflows.searchWorkflows({ expand: 'values.statuses' }))).status).toBe(400);
  });

  it('reads by id, name, or project and work type, all or nothing', async () => {
    const { workflows, projects } = site.asAdmin;
    const made = await workflows.createWorkflows(request());
    const { id } = await projects.createProject({ key: 'DEMO', name: 'Demo', projectTypeKey: 'software', leadAccountId: site.admin });
    const read = await workflows.readWorkflows({
      workflowIds: [made.workflows?.[0]?.id ?? ''],
      projectAndIssueTypes: [{ projectId: String(id), issueTypeId: '10000' }],
    });
    expect(read.workflows?.map((one) => [one.name, one.isEditable])).toEqual([
      ['Flow', true],
      ['jira', false],
    ]);
    expect((await refusal(workflows.readWorkflows({ workflowNames: ['Flow', 'Nothing'] }))).status).toBe(404);
  });

  it('lists the rules of apps and of Jira as capabilities', async () => {
    const made = await site.asAdmin.workflows.createWorkflows(request());
    const answer = await site.asAdmin.workflows.workflowCapabilities({ workflowId: made.workflows?.[0]?.id ?? '' });
    expect(answer.forgeRules).toEqual([
      { id: KEY, ruleKey: 'forge:expression-validator', ruleType: 'Validator', name: 'Guard', description: 'Guards.' },
    ]);
    expect(answer.systemRules?.map((one) => one.ruleKey)).toContain('system:validate-field-value');
    expect((await refusal(site.asAdmin.workflows.workflowCapabilities({}))).status).toBe(400);
    expect(Object.keys(FORGE_RULES)).toHaveLength(3);
  });
});

describe('changing workflows', () => {
  /** What was read, as the request that changes nothing. */
  const readBack = async (): Promise<UpdateWorkflows> => {
    const { statuses, workflows } = await site.asAdmin.workflows.readWorkflows({ workflowNames: ['Flow'] });
    return {
      statuses: statuses?.map(({ id, name, statusCategory, statusReference, description }) => ({
        id,
        name,
        statusCategory,
        statusReference,
        description,
      })),
      workflows: workflows?.map(({ id, version, statuses: own, transitions, description }) => ({
        id,
        version,
        statuses: own,
        transitions,
        description,
      })),
    } as UpdateWorkflows;
  };

  it('replaces the whole workflow and counts its versions', async () => {
    await site.asAdmin.workflows.createWorkflows(request([initial, finish, { id: '21', type: 'GLOBAL', name: 'Stay', links: [] }]));
    const body = await readBack();
    const flow = body.workflows?.[0] ?? expect.fail('nothing read');
    flow.transitions = flow.transitions?.filter((one) => one.id !== '21') ?? [];
    const answer = await site.asAdmin.workflows.updateWorkflows(body);
    expect(answer.workflows?.[0]).toMatchObject({ version: { versionNumber: 1 } });
    expect(answer.workflows?.[0]?.transitions?.map((one) => one.id)).toEqual(['1', '11']);
    expect(answer.taskId).toBeUndefined();
  });

  it('answers 409 to whoever read an older version, and changes nothing', async () => {
    await site.asAdmin.workflows.createWorkflows(request());
    const stale = await readBack();
    await site.asAdmin.workflows.updateWorkflows(await readBack());
    const before = JSON.stringify(site.store.toJSON());
    const refused = await refusal(site.asAdmin.workflows.updateWorkflows(stale));
    expect(refused.status).toBe(409);
    expect(refused.body.errorMessages.join()).toContain('Workflow version and version token must match');
    expect(JSON.stringify(site.store.toJSON())).toBe(before);
  });

  it('wants the full statuses at the top, and leaves the system workflow alone', async () => {
    await site.asAdmin.workflows.createWorkflows(request());
    const body = await readBack();
    const { errors } = await site.asAdmin.workflows.validateUpdateWorkflows({ payload: { ...body, statuses: [] } });
    expect(errors?.[0]?.message).toContain('status name is missing');
    const jira = site.store.workflows.find((one) => one.name === 'jira') ?? expect.fail('no workflow');
    const system = { ...body, workflows: body.workflows?.map((one) => ({ ...one, id: jira.id, version: jira.version })) };
    expect((await refusal(site.asAdmin.workflows.updateWorkflows(system))).status).toBe(400);
  });

  it('moves work items whose status leaves, once told where to, and names the task', async () => {
    const { asAdmin, store, admin } = site;
    const made = await asAdmin.workflows.createWorkflows(request());
    const [waiting = '', ready = ''] = made.statuses?.map((one) => one.id ?? '') ?? [];
    const scheme = await asAdmin.workflowSchemes.createWorkflowScheme({ name: 'Flows', defaultWorkflow: 'Flow' });
    const { id } = await asAdmin.projects.createProject({
      key: 'DEMO',
      name: 'Demo',
      projectTypeKey: 'software',
      leadAccountId: admin,
      workflowScheme: scheme.id ?? 0,
    });
    const now = site.clock.now().getTime();
    store.putIssue({
      id: '10000', key: 'DEMO-1', projectId: String(id), workTypeId: '10000', statusId: ready, creatorId: admin, created: now, updated: now,
      statusChanged: now, fields: {}, properties: {}, changes: [], comments: [],
    }); // prettier-ignore
    const body = await readBack();
    const flow = body.workflows?.[0] ?? expect.fail('nothing read');
    flow.statuses = flow.statuses?.filter((one) => one.statusReference === waiting) ?? [];
    flow.transitions = flow.transitions?.filter((one) => one.id === '1') ?? [];

    const { errors } = await asAdmin.workflows.validateUpdateWorkflows({ payload: body });
    expect(errors?.map((one) => [one.type, one.elementReference?.statusMappingReference])).toEqual([
      ['STATUS_MAPPING', { issueTypeId: '10000', projectId: String(id) }],
    ]);
    expect((await refusal(asAdmin.workflows.updateWorkflows(body))).status).toBe(400);
    expect(store.issue('DEMO-1')?.statusId).toBe(ready);

    flow.defaultStatusMappings = [{ oldStatusReference: ready, newStatusReference: waiting }];
    const { taskId = '' } = await asAdmin.workflows.updateWorkflows(body);
    expect(store.issue('DEMO-1')).toMatchObject({
      statusId: waiting,
      changes: [{ items: [{ field: 'status', fromText: 'Ready', toText: 'Waiting' }] }],
    });
    expect(await asAdmin.tasks.getTask({ taskId: taskId ?? '' })).toMatchObject({ status: 'COMPLETE' });
  });

  it('deletes only workflows that no project and no scheme uses', async () => {
    const { asAdmin } = site;
    const made = await asAdmin.workflows.createWorkflows(request());
    const entityId = made.workflows?.[0]?.id ?? '';
    const scheme = await asAdmin.workflowSchemes.createWorkflowScheme({ name: 'Flows', defaultWorkflow: 'Flow' });
    expect((await refusal(asAdmin.workflows.deleteInactiveWorkflow({ entityId }))).status).toBe(400);
    await asAdmin.workflowSchemes.deleteWorkflowScheme({ id: scheme.id ?? 0 });
    await asAdmin.workflows.deleteInactiveWorkflow({ entityId });
    expect((await asAdmin.workflows.searchWorkflows()).values?.map((one) => one.name)).toEqual(['jira']);
  });
});

describe('refusing', () => {
  it('answers people who do not administer with 401, and deletion with 403', async () => {
    const ann = site.as({ accountId: await site.person('Ann') }).workflows;
    const made = await site.asAdmin.workflows.createWorkflows(request());
    const workflowId = made.workflows?.[0]?.id ?? '';
    const calls = [
      ann.createWorkflows(request()),
      ann.validateCreateWorkflows({ payload: request() }),
      ann.updateWorkflows({ statuses: [], workflows: [] }),
      ann.validateUpdateWorkflows({ payload: { statuses: [], workflows: [] } }),
      ann.readWorkflows({ workflowIds: [workflowId] }),
      ann.searchWorkflows({}),
      ann.workflowCapabilities({ workflowId }),
    ];
    expect((await Promise.all(calls.map(refusal))).map(({ status }) => status)).toEqual(calls.map(() => 401));
    expect((await refusal(ann.deleteInactiveWorkflow({ entityId: workflowId }))).status).toBe(403);
  });

  it('has no workflows of a project, and says so in the same shape over creation and validation', async () => {
    const { id } = await site.asAdmin.projects.createProject({ key: 'DEMO', name: 'Demo', projectTypeKey: 'software', leadAccountId: site.admin });
    const body: Body = { ...request(), scope: { type: 'PROJECT', project: { id: String(id) } } };
    const before = JSON.stringify(site.store.toJSON());
    expect((await site.asAdmin.workflows.validateCreateWorkflows({ payload: body })).errors).toMatchObject([
      { code: 'SCOPE_NOT_SUPPORTED', level: 'ERROR', type: 'SCOPE', message: 'The project is not team-managed.' },
    ]);
    const refused = await refusal(site.asAdmin.workflows.createWorkflows(body));
    expect([refused.status, refused.body]).toEqual([400, { errorMessages: ['The project is not team-managed.'], errors: {} }]);
    expect(JSON.stringify(site.store.toJSON())).toBe(before);
  });

  it('takes no update while a change of workflows is under way: 409 with the task', async () => {
    const made = await site.asAdmin.workflows.createWorkflows(request());
    startTask(site.jira, { submittedBy: site.admin, kind: 'workflows', description: 'Another change', work: () => undefined });
    const { id, version, statuses, transitions } = made.workflows?.[0] ?? expect.fail('nothing made');
    const body = { statuses: made.statuses, workflows: [{ id, version, statuses, transitions }] } as UpdateWorkflows;
    const refused = await refusal(site.asAdmin.workflows.updateWorkflows(body));
    expect(refused.status).toBe(409);
    expect(refused.body.errors).toHaveProperty('conflictingTaskId');
  });

  it('tells levels apart: nothing is a warning here, so asking for warnings alone finds nothing', async () => {
    const payload = request([finish]);
    const errors = async (levels: ('ERROR' | 'WARNING')[]) =>
      (await site.asAdmin.workflows.validateCreateWorkflows({ payload, validationOptions: { levels } })).errors;
    expect((await errors(['ERROR', 'WARNING']))?.length).toBeGreaterThan(0);
    expect(await errors(['WARNING'])).toEqual([]);
  });
});

describe('drafts of workflow schemes', () => {
  it.each([
    ['createWorkflowSchemeDraftFromParent', 'POST', 'createdraft'],
    ['getWorkflowSchemeDraft', 'GET', 'draft'],
    ['publishDraftWorkflowScheme', 'POST', 'draft/publish'],
    ['updateDraftDefaultWorkflow', 'PUT', 'draft/default'],
  ])('are not here: %s is a 501 that names the operation', async (name, method, path) => {
    const w = world();
    const answer = await w.site.request({ accountId: w.admin, viaApp: false }, `/rest/api/3/workflowscheme/10000/${path}`, { method });
    expect(answer.status).toBe(501);
    const { errorMessages } = (await answer.json()) as { errorMessages: string[] };
    expect(errorMessages).toEqual([expect.stringMatching(`${name}.*not implemented by this site`)]);
  });
});

describe('an app looking after its own rules', () => {
  const app = () =>
    site.store.users.put({ id: 'app-user', displayName: 'App', emailAddress: '', accountType: 'app', active: true, timeZone: 'Etc/UTC' }).id;

  it('reads and changes them in place, so that the next reader sees a new version', async () => {
    const made = await site.asAdmin.workflows.createWorkflows(request([initial, { ...finish, validators: [guard()] }]));
    const rules = site.as({ accountId: app() }).workflowTransitionRules;
    const page = await rules.getWorkflowTransitionRuleConfigurations({ types: ['validator', 'postfunction'], expand: 'transition' });
    expect(page.values).toEqual([
      {
        workflowId: { name: 'Flow', draft: false },
        postFunctions: [],
        validators: [{ id: RULE_ID, key: 'guard', configuration: { value: '{"a":1}', disabled: false }, transition: { id: 11, name: 'Finish' } }],
      },
    ]);
    const workflowId = { name: 'Flow', draft: false };
    const change = { id: RULE_ID, key: 'guard', configuration: { value: '{"a":2}', disabled: true, tag: 'lapsed' } };
    const answer = await rules.updateWorkflowTransitionRuleConfigurations({
      workflows: [{ workflowId, validators: [change, { ...change, id: 'other' }] }, { workflowId: { name: 'Nothing', draft: false } }],
    });
    expect(answer.updateResults).toEqual([
      { workflowId, ruleUpdateErrors: { other: ['The rule with this id does not exist: other'] }, updateErrors: [] },
      {
        workflowId: { name: 'Nothing', draft: false },
        ruleUpdateErrors: {},
        updateErrors: ['Workflow not found: WorkflowIdBean{name=Nothing, draft=false}'],
      },
    ]);
    const flow = site.store.workflows.get(made.workflows?.[0]?.id ?? '');
    expect(flow?.version.versionNumber).toBe(1);
    expect(flow?.transitions[1]?.validators[0]?.parameters).toMatchObject({ config: '{"a":2}', disabled: 'true', tag: 'lapsed' });
  });

  it('makes no new version where nothing fits', async () => {
    const made = await site.asAdmin.workflows.createWorkflows(request([initial, { ...finish, validators: [guard()] }]));
    const rules = site.as({ accountId: app() }).workflowTransitionRules;
    const change = { id: RULE_ID, key: 'guard', configuration: { value: 'x'.repeat(RULE_CONFIG_BYTES + 1) } };
    const answer = await rules.updateWorkflowTransitionRuleConfigurations({
      workflows: [{ workflowId: { name: 'Flow', draft: false }, validators: [change] }],
    });
    expect(answer.updateResults[0]?.ruleUpdateErrors).toEqual({ [RULE_ID]: [expect.stringContaining(String(RULE_CONFIG_BYTES))] });
    const flow = site.store.workflows.get(made.workflows?.[0]?.id ?? '');
    expect([flow?.version.versionNumber, flow?.transitions[1]?.validators[0]?.parameters.config]).toEqual([0, '{"a":1}']);
  });

  it('is for apps alone, asking for themselves or for a person', async () => {
    const ask = (asker: Parameters<Site['as']>[0]) =>
      site.as(asker).workflowTransitionRules.getWorkflowTransitionRuleConfigurations({ types: ['validator'] });
    expect((await refusal(ask({ accountId: site.admin }))).status).toBe(403);
    expect((await ask({ accountId: site.admin, viaApp: true })).total).toBe(0);
    const odd = site.as({ accountId: app() }).workflowTransitionRules.getWorkflowTransitionRuleConfigurations({ types: ['magic'] });
    expect((await refusal(odd)).status).toBe(404);
  });
});
