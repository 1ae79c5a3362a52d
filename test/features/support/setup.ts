/** Runs of setup on a site in this process: counted, mortal, and compared by what they leave. */
import type { Client } from 'jira.js/core';
import type { Store } from '../../../sandbox/jira/store';
import { type SetupPlan, type SetupProgress, setupTarget, type SetupTarget } from '../../../src/contract';
import type { Setting } from '../../../src/platform/kvs';
import { nextStep, stepsFor } from '../../../src/setup/apply';
import type { Installed } from '../../../src/setup/model';
import { nodesToKeep, planSetup } from '../../../src/setup/plan';
import type { PlannedNodes, SetupState, Tools } from '../../../src/setup/state';
import { undoStep } from '../../../src/setup/undo';
import { ENVIRONMENT, type FreshSite, memory } from './site';

export const target = (sent: unknown): SetupTarget => setupTarget.parse(sent);
export const NEW_SPACE = target({ spaces: { kind: 'new', key: 'OPS', name: 'Operations' }, begin: 'enforce' });

export interface Run extends Tools {
  site: FreshSite;
  requests: { method: string; url: string }[];
  migrations: number;
}

/** A lease that holds while somebody is inside; `free` plays the time that passes after a death. */
function leaseInMemory() {
  let held = false;
  return {
    take: () => Promise.resolve(!held && (held = true)),
    release: () => Promise.resolve(void (held = false)),
    free: () => void (held = false),
  };
}

export function runOn(site: FreshSite): Run & { lease: ReturnType<typeof leaseInMemory> } {
  const requests: Run['requests'] = [];
  const noted = (client: Client): Client => ({
    sendRequest(options) {
      requests.push({ method: options.method ?? 'GET', url: options.url });
      return client.sendRequest(options);
    },
  });
  const run = {
    site,
    requests,
    migrations: 0,
    clients: { person: noted(site.person), app: noted(site.app) },
    environmentId: ENVIRONMENT,
    migrate: () => {
      run.migrations += 1;
      return Promise.resolve();
    },
    lease: leaseInMemory(),
    progress: memory<SetupState>(),
    planned: memory<PlannedNodes>(),
    installed: memory<Installed>(),
    by: { accountId: site.admin, name: 'Ada Administrator' },
    rulesPutIn: () => Promise.resolve(),
    straighten: () => Promise.resolve(0),
    waited: () => 0,
  };
  return run;
}

export async function planned(tools: Tools, wanted = NEW_SPACE): Promise<SetupPlan> {
  const plan = await planSetup(tools.clients, wanted, ENVIRONMENT);
  await tools.planned.write(nodesToKeep(plan));
  return plan;
}

/** Requests that change something: reading by POST is not among them. */
export const writesOf = (run: Run): number => run.requests.filter(({ method, url }) => method !== 'GET' && !/\/workflows$|count$/.test(url)).length;

export async function stepTo(tools: Tools, hash: string, wanted = NEW_SPACE): Promise<SetupProgress> {
  const progress = await nextStep(tools, wanted, hash);
  if (progress.state !== 'ok') throw new Error(`${progress.text} ${progress.changes.join(', ')}`);
  return progress;
}

/** All steps of today's plan; answers the last progress. */
export async function applyAll(tools: Tools, wanted = NEW_SPACE): Promise<SetupProgress> {
  const { hash } = await planned(tools, wanted);
  for (let calls = 0; calls <= stepsFor(wanted).length + 1; calls += 1) {
    const progress = await stepTo(tools, hash, wanted);
    if (progress.phase !== 'running') return progress;
  }
  throw new Error('The run did not end.');
}

export async function undoAll(tools: Tools, hash: string): Promise<SetupProgress> {
  for (let calls = 0; calls < 100; calls += 1) {
    const progress = await undoStep(tools, hash);
    if (progress.state !== 'ok') throw new Error(progress.text);
    if (progress.phase !== 'undoing') return progress;
  }
  throw new Error('The undoing did not end.');
}

/** The configuration of a site, by names, so that two sites and two moments compare. */
export function picture(store: Store) {
  const fieldName = (id: string) => store.fields.get(id)?.name ?? id;
  const names = (rows: readonly { name: string }[]) => rows.map((one) => one.name).sort();
  const schemeName = (table: { get(id: string): { name: string } | undefined }, id: string | undefined) =>
    id === undefined ? '' : table.get(id)?.name;
  return {
    linkTypes: names(store.linkTypes.all()),
    roles: names(store.roles.all()),
    resolutions: names(store.resolutions.all()),
    statuses: store.statuses
      .all()
      .map((one) => [one.name, one.category])
      .sort(),
    workTypes: names(store.workTypes.all()),
    fields: store.fields
      .all()
      .map((one) => [one.name, one.kind, one.contexts.map((context) => context.options.map((option) => option.value))])
      .sort(),
    screens: Object.fromEntries(store.screens.all().map((one) => [one.name, one.tabs.map((tab) => tab.fieldIds.map(fieldName))])),
    schemes: [store.screenSchemes, store.workTypeScreenSchemes, store.workTypeSchemes, store.workflowSchemes].map((table) => names(table.all())),
    workflows: Object.fromEntries(store.workflows.all().map((one) => [one.name, one.transitions.map((row) => `${row.id} ${row.name}`)])),
    projects: store.projects
      .all()
      .map((one) => [
        one.key,
        one.name,
        schemeName(store.workTypeSchemes, one.workTypeSchemeId),
        schemeName(store.workTypeScreenSchemes, one.workTypeScreenSchemeId),
        schemeName(store.workflowSchemes, one.workflowSchemeId),
      ]),
  };
}

export class Killed extends Error {}

/** When a process dies: before a request is sent, after it was carried out and before its answer, or when a setting is written. */
export type Death = (at: { is: 'request' | 'answer' | 'keeping'; write: boolean; count: number }) => boolean;

/** A process that dies: from then on nothing it does reaches anybody. */
export function mortal(run: Run, diesAt: Death): Tools {
  let dead = false;
  let count = 0;
  const check = (at: Parameters<Death>[0]): void => {
    if (dead || diesAt(at)) {
      dead = true;
      throw new Killed();
    }
  };
  const client = (inner: Client): Client => ({
    async sendRequest(options) {
      const write = (options.method ?? 'GET') !== 'GET';
      count += 1;
      check({ is: 'request', write, count });
      const answer = await inner.sendRequest(options);
      check({ is: 'answer', write, count });
      return answer;
    },
  });
  const kept = <T>(setting: Setting<T>): Setting<T> => ({
    ...setting,
    write: (value) => {
      check({ is: 'keeping', write: true, count });
      return setting.write(value);
    },
  });
  return {
    ...run,
    clients: { person: client(run.clients.person), app: client(run.clients.app) },
    progress: kept(run.progress),
    installed: kept(run.installed),
    // The dead release nothing.
    lease: { take: () => run.lease.take(), release: () => (dead ? Promise.reject(new Killed()) : run.lease.release()) },
  };
}
