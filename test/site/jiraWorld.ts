/** A small site to test against: three people, one project, a workflow that each test shapes as it needs. */
import { ManualClock } from '../../sandbox/clock';
import type { ActionValidator, ForgeRule, JiraEvent, PostFunctionEvent, RuleHost, ValidatorEvent } from '../../sandbox/contract';
import { createJira, SITE_TOKEN } from '../../sandbox/jira';
import { DEFAULTS, USERS_GROUP, groupNamed } from '../../sandbox/jira/lookups';
import { seed } from '../../sandbox/jira/seed';
import { Store, type FieldKind, type Json, type RuleConfiguration, type WorkflowTransition } from '../../sandbox/jira/store';
import type { Client } from 'jira.js/core';
import { checkAnswer } from './openapi';

export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly body: { errorMessages?: string[]; errors?: Record<string, string> },
  ) {
    super(`${status} ${JSON.stringify(body)}`);
  }
}

/** The refusal of a call that must fail. */
export async function refusal(call: Promise<unknown>): Promise<Refused> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
  throw new Error('The call was expected to be refused.');
}

/** Rules of a Forge app as the tests want them. */
export class Rules implements RuleHost {
  readonly installed: ForgeRule[] = [];
  readonly guards: ActionValidator[] = [];
  readonly validated: { id: string; event: ValidatorEvent }[] = [];
  readonly ran: { id: string; event: PostFunctionEvent }[] = [];
  verdict: (event: ValidatorEvent) => Promise<{ result: boolean; errorMessage?: string }> = () => Promise.resolve({ result: true });

  rules(): ForgeRule[] {
    return this.installed;
  }

  actionValidators(): ActionValidator[] {
    return this.guards;
  }

  validate(id: string, event: ValidatorEvent): Promise<{ result: boolean; errorMessage?: string }> {
    this.validated.push({ id, event });
    return this.verdict(event);
  }

  runPostFunction(id: string, event: PostFunctionEvent): void {
    this.ran.push({ id, event });
  }

  install(ruleKey: ForgeRule['ruleKey'], ruleType: ForgeRule['ruleType'], more: Partial<ForgeRule> = {}): string {
    const id = `ari:cloud:ecosystem::extension/app/env/static/${ruleType.toLowerCase()}-${this.installed.length}`;
    this.installed.push({ id, ruleKey, ruleType, name: ruleType, description: '', ...more });
    return id;
  }
}

export const rule = (ruleKey: string, parameters: Record<string, string> = {}): RuleConfiguration => ({ id: ruleKey, ruleKey, parameters });

type Wanted = Partial<WorkflowTransition> & Pick<WorkflowTransition, 'id' | 'name'>;

export function world(options: { searchDelayMs?: number } = {}) {
  const clock = new ManualClock('2026-11-24T09:00:00Z');
  const store = new Store();
  const events: JiraEvent[] = [];
  const rules = new Rules();
  const admin = seed(store, clock.now().getTime());

  const person = (name: string): string => {
    const id = `712020:${name.toLowerCase()}`;
    store.users.put({
      id,
      displayName: name,
      emailAddress: `${name.toLowerCase()}@site.example`,
      accountType: 'atlassian',
      active: true,
      timeZone: 'Etc/UTC',
    });
    groupNamed(store, USERS_GROUP)?.members.push(id);
    return id;
  };
  const [ann, bob] = [person('Ann'), person('Bob')];

  const statusId = (name: string): string => {
    const found = store.statuses.find((one) => one.name === name);
    if (!found) throw new Error(`no status ${name}`);
    return found.id;
  };
  const [todo, doing, done] = [statusId('To Do'), statusId('In Progress'), statusId('Done')];
  const typeId = (name: string): string => store.workTypes.find((one) => one.name === name)?.id ?? '';
  const subtask = store.workTypes.put({ id: store.nextId('workType'), name: 'Sub-task', description: '', hierarchyLevel: -1, avatarId: '10316' });
  store.workTypeSchemes.get(DEFAULTS.workTypeScheme)?.workTypeIds.push(subtask.id);

  const project = store.projects.put({
    id: store.nextId('project'),
    key: 'DEMO',
    name: 'Demo',
    description: '',
    projectTypeKey: 'software',
    leadAccountId: admin,
    assigneeType: 'UNASSIGNED',
    workTypeSchemeId: DEFAULTS.workTypeScheme,
    workflowSchemeId: DEFAULTS.workflowScheme,
    workTypeScreenSchemeId: DEFAULTS.workTypeScreenScheme,
    permissionSchemeId: DEFAULTS.permissionScheme,
    roleActors: {},
    properties: {},
    issueCounter: 0,
  });

  const field = (name: string, kind: FieldKind, values: string[] = [], onScreen = true): string => {
    const id = `customfield_${store.nextId('field', 10_050)}`;
    const contexts = [
      {
        id: store.nextId('context'),
        name: 'Default',
        description: '',
        projectIds: [],
        workTypeIds: [],
        options: values.map((value) => ({ id: store.nextId('option'), value, disabled: false })),
      },
    ];
    store.fields.put({ id, name, description: '', kind, contexts });
    const tab = store.screens.get(DEFAULTS.screen)?.tabs[0];
    if (onScreen && tab) tab.fieldIds = [...tab.fieldIds, id];
    return id;
  };

  const screen = (fieldIds: string[]): RuleConfiguration => {
    const id = store.nextId('screen', 100);
    store.screens.put({ id, name: `Screen ${id}`, description: '', tabs: [{ id: store.nextId('screenTab'), name: 'Tab', fieldIds }] });
    return rule('system:transition-screen', { screenId: id });
  };

  const workflow = store.workflowSchemes.get(DEFAULTS.workflowScheme)?.defaultWorkflowId ?? '';
  /** Replaces the transitions of the workflow, but keeps the creating one unless another INITIAL is given. */
  const transitions = (...wanted: Wanted[]): void => {
    const flow = store.workflows.get(workflow);
    if (!flow) throw new Error('no workflow');
    const full = wanted.map((one) => ({
      type: 'GLOBAL' as const,
      description: '',
      links: [],
      validators: [],
      actions: [],
      triggers: [],
      properties: {},
      ...one,
    }));
    const initial = full.some((one) => one.type === 'INITIAL') ? [] : flow.transitions.filter((one) => one.type === 'INITIAL');
    flow.transitions = [...initial, ...full];
  };

  const site = createJira({ store, clock, baseUrl: 'http://site.test', rules, emit: (event) => events.push(event), ...options });

  /** A text or bytes are sent as they are, under the content type given; everything else is JSON. */
  const send = async (accountId: string | undefined, method: string, path: string, body?: unknown, type = 'application/json'): Promise<Response> => {
    const email = accountId === undefined ? undefined : store.users.get(accountId)?.emailAddress;
    const response = await site.fetch(
      new Request(`http://site.test${path}`, {
        method,
        headers: {
          'Content-Type': type,
          ...(email && { Authorization: `Basic ${Buffer.from(`${email}:${SITE_TOKEN}`).toString('base64')}` }),
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body) }),
      }),
    );
    await checkAnswer(method, path, response.clone());
    return response;
  };

  /** jira.js's endpoint functions over this site; an answer that its schemas refuse is an error. */
  const client = (accountId: string | undefined): Client =>
    ({
      async sendRequest(config: {
        url: string;
        method?: string;
        searchParams?: Record<string, unknown>;
        body?: unknown;
        schema?: { parse(data: unknown): unknown };
      }) {
        const query = new URLSearchParams();
        for (const [key, value] of Object.entries(config.searchParams ?? {})) {
          if (value !== undefined) query.set(key, Array.isArray(value) ? value.join(',') : String(value));
        }
        const response = await send(accountId, config.method ?? 'GET', `${config.url}${query.size > 0 ? `?${query}` : ''}`, config.body);
        const text = await response.text();
        const data: unknown = text ? JSON.parse(text) : undefined;
        if (!response.ok) throw new Refused(response.status, data as Refused['body']);
        return config.schema ? config.schema.parse(data) : data;
      },
    }) as unknown as Client;

  /** A work item created by Ann over REST. */
  const item = async (fields: Record<string, Json> = {}, by: string = ann): Promise<string> => {
    const body = { fields: { project: { key: 'DEMO' }, issuetype: { name: 'Task' }, summary: 'A thing to do', ...fields } };
    const response = await send(by, 'POST', '/rest/api/3/issue', body);
    const answer = (await response.json()) as { key?: string };
    if (!answer.key) throw new Refused(response.status, answer as Refused['body']);
    return answer.key;
  };

  /** Moves a work item; throws Refused. */
  const move = async (by: string, key: string, id: string, fields?: Record<string, Json>, update?: Json): Promise<void> => {
    const response = await send(by, 'POST', `/rest/api/3/issue/${key}/transitions`, { transition: { id }, fields, update });
    if (!response.ok) throw new Refused(response.status, (await response.json()) as Refused['body']);
  };

  /** Everything about a work item that a refusal must not touch. */
  const stateOf = (key: string): string => JSON.stringify(store.issue(key));
  const offered = async (by: string, key: string): Promise<string[]> => {
    const response = await send(by, 'GET', `/rest/api/3/issue/${key}/transitions`);
    return ((await response.json()) as { transitions: { id: string }[] }).transitions.map((one) => one.id);
  };

  return {
    clock,
    store,
    events,
    rules,
    site,
    admin,
    ann,
    bob,
    todo,
    doing,
    done,
    project,
    subtask,
    typeId,
    field,
    screen,
    transitions,
    send,
    client,
    item,
    move,
    stateOf,
    offered,
    workflow,
  };
}

export type World = ReturnType<typeof world>;
