/** A site that is set up, another administrator who edits it by hand, and drift's tools with their requests noted. */
import type { Client } from 'jira.js/core';
import type { RuleState } from '../../../src/setup/rules/model';
import type { Versioned } from '../../../src/platform/kvs';
import { type Installed, installed } from '../../../src/setup/model';
import type { Deviation, ReadingPart } from '../../../src/setup/drift/model';
import { observe } from '../../../src/setup/drift/observe';
import { repair } from '../../../src/setup/drift/repair';
import type { Decisions, DriftTools, StoredReading } from '../../../src/setup/drift/state';
import { workflow as workflowShape, type Workflow, withoutNulls } from '../../../src/setup/drift/workflow';
import { applyAll, NEW_SPACE, runOn } from './setup';
import { ENVIRONMENT, freshSite, type FreshSite, memory } from './site';

export function versionedMemory<T>(): Versioned<T> {
  const kept = memory<{ version: number; value: T }>();
  return {
    read: () => kept.read(),
    async write(value, after) {
      if (((await kept.read())?.version ?? 0) !== after) return false;
      await kept.write({ version: after + 1, value });
      return true;
    },
  };
}

export interface Requested {
  method: string;
  url: string;
}

export interface DriftSite {
  site: FreshSite;
  tools: DriftTools;
  requests: Requested[];
  /** Decisions about rules; a test writes them. */
  rules: { state: Pick<RuleState, 'levels' | 'paused' | 'removed'>; putIn: string[] };
  /** Another administrator, by REST. */
  other: Hand;
  usm(): Promise<Installed>;
  /** As setup left it. */
  installed: Installed;
}

export type Hand = ReturnType<typeof handOf>;

/** One site for a file; `afresh` gives it back as setup left it. */
export function rewindable(on: DriftSite): { afresh(): Promise<void> } {
  const untouched = structuredClone(on.site.store.toJSON());
  return {
    async afresh() {
      on.site.store.load(structuredClone(untouched));
      await on.tools.installed.write(on.installed);
      await on.tools.reading.remove();
      on.rules.state = { levels: {} };
      on.rules.putIn.length = 0;
      on.requests.length = 0;
    },
  };
}

const isWrite = ({ method, url }: Requested): boolean => method !== 'GET' && !/\/workflows$|\/permissions\/check$|\/workflowscheme\/read$/.test(url);
export const writesIn = (requests: readonly Requested[]): Requested[] => requests.filter(isWrite);

/** Edits as somebody makes them in Jira. */
function handOf(client: Client) {
  const send = <T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: Record<string, unknown>): Promise<T> =>
    client.sendRequest<T>({ method, url: `/rest/api/3/${url}`, ...(body && { body }) });
  return {
    send,
    /** Opens a workflow in the editor, changes it, saves it. */
    async editWorkflow(
      id: string,
      change: (workflow: Workflow) => Workflow,
      statuses: { id: string; name: string; statusCategory: string }[] = [],
    ): Promise<void> {
      const read = await send<{ statuses: { id: string; name: string; statusCategory: string }[]; workflows: unknown[] }>('POST', 'workflows', {
        workflowIds: [id],
      });
      const edited = change(workflowShape.parse(read.workflows[0]));
      const used = new Set(edited.statuses.map((one) => one.statusReference));
      const { version, description, statuses: own, transitions } = edited;
      await send('POST', 'workflows/update', {
        statuses: [...read.statuses, ...statuses].filter((one) => used.has(one.id)).map((one) => ({ ...one, statusReference: one.id })),
        workflows: [withoutNulls({ id, version, description, statuses: own, transitions })],
      });
    },
  };
}

/** Another administrator. */
export const OTHER = 'Henk de Wit';
function henk({ store }: FreshSite): string {
  const { id } = store.users.put({
    id: 'henk',
    displayName: OTHER,
    emailAddress: 'henk@site.test',
    accountType: 'atlassian',
    active: true,
    timeZone: 'UTC',
  });
  for (const name of ['jira-administrators', 'jira-users']) store.groups.find((one) => one.name === name)?.members.push(id);
  return id;
}

/** Set up, with nothing changed since. */
export async function driftSite(): Promise<DriftSite> {
  const site = freshSite();
  const run = runOn(site);
  await applyAll(run, NEW_SPACE);
  return driftOn(site, installed.parse(await run.installed.read()));
}

export async function driftOn(site: FreshSite, usm: Installed): Promise<DriftSite> {
  const requests: Requested[] = [];
  /** Time goes on with every request, so that Jira's tasks end. */
  const ticking = (client: Client): Client => ({
    async sendRequest(options) {
      const answer = await client.sendRequest(options);
      site.clock.advance(1);
      return answer;
    },
  });
  const noted = (client: Client): Client => ({
    sendRequest(options) {
      requests.push({ method: options.method ?? 'GET', url: options.url });
      return ticking(client).sendRequest(options);
    },
  });
  const rules: DriftSite['rules'] = { state: { levels: {} }, putIn: [] };
  const tools: DriftTools = {
    clients: { person: noted(site.person), app: noted(site.app) },
    environmentId: ENVIRONMENT,
    installed: memory<Installed>(),
    reading: memory<StoredReading>(),
    decisions: versionedMemory<Decisions>(),
    rules: { read: () => Promise.resolve(rules.state), putIn: (by) => Promise.resolve(void rules.putIn.push(by)) },
  };
  await tools.installed.write(usm);
  return {
    site,
    tools,
    requests,
    rules,
    other: handOf(ticking(site.as({ accountId: henk(site), viaApp: false }))),
    installed: usm,
    usm: async () => installed.parse(await tools.installed.read()),
  };
}

export const look = async ({ tools, usm }: DriftSite, parts?: readonly ReadingPart[]): Promise<Deviation[]> =>
  (await observe(tools, await usm(), 'person', parts)).deviations;

export const mend = async ({ tools, usm }: DriftSite, ids: readonly string[]): Promise<StoredReading> =>
  repair(tools, await usm(), ids, { name: 'Ada Administrator' });
