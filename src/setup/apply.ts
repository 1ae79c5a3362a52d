/**
 * Applies a plan in steps. Every step looks before it makes, so a step that was killed is simply run again: what it made is found by its name.
 * Progress is kept after each step; the browser calls for the next one.
 */
import { getMyPermissions } from 'jira.js/cloud';
import { z } from 'zod';
import { type planChanged, type SetupPlan, type SetupProgress, setupTarget, type SetupTarget } from '../contract';
import { JiraError } from '../jira/client';
import { asFault, Fault, newReference } from '../platform/errors';
import { log } from '../platform/log';
import type { Setting } from '../platform/kvs';
import { now } from '../platform/clock';
import { BLUEPRINT } from './blueprint';
import { type Installed, installed } from './model';
import { PARTS } from './parts';
import { planOn } from './plan';
import { type Clients, idOf, noIds, PART_KEYS, type Site, siteOf } from './site';

/** Between two questions of a browser that found somebody else at work. */
const BUSY_WAIT_MS = 2_000;

/** The platform ends an invocation after 25 s (Forge docs: invocation limits); whoever held the lease longer is gone. */
const LEASE_MS = 26_000;

export const setupState = z.object({
  version: z.literal(1),
  target: setupTarget,
  hash: z.string(),
  phase: z.enum(['running', 'failed', 'done']),
  /** Steps done. */
  step: z.number().int(),
  ids: z.record(z.enum(PART_KEYS), z.record(z.string(), z.string())),
  writes: z.number().int(),
  failed: z.object({ name: z.string(), text: z.string(), reference: z.string() }).optional(),
  /** Until then a call is at work on the next step. */
  busyUntil: z.number().optional(),
});
export type SetupState = z.infer<typeof setupState>;

export interface Tools {
  clients: Clients;
  environmentId: string;
  /** Brings the app's own tables up to date. */
  migrate(): Promise<void>;
  progress: Setting<SetupState>;
  installed: Setting<Installed>;
}

interface Step {
  name: string;
  run(site: Site, tools: Tools): Promise<void>;
}

const NEEDED_BY_APP = ['BROWSE_PROJECTS', 'CREATE_ISSUES', 'EDIT_ISSUES', 'TRANSITION_ISSUES', 'LINK_ISSUES', 'MODIFY_REPORTER'];

const permission = z.object({ havePermission: z.boolean() });

/** The app moves and makes work items by itself, so the space has to let it. */
async function checkApp({ app, target }: Site): Promise<void> {
  const { permissions = {} } = await getMyPermissions(app, { projectKey: target.projectKey, permissions: NEEDED_BY_APP.join(',') });
  const missing = NEEDED_BY_APP.filter((key) => !permission.safeParse(permissions[key]).data?.havePermission);
  if (missing.length === 0) return;
  throw new Fault(
    'person.refused',
    `The app may not do all it has to in ${target.projectKey}: ${missing.join(', ')} is missing. Give it to the role atlassian-addons-project-access in the ` +
      'permission scheme of the space, and try again. Right after the app was installed it can also help to wait a minute.',
  );
}

/** What the rest of the app reads. Spaces set up earlier stay in the list. */
async function remember({ ids, target }: Site, tools: Tools): Promise<void> {
  const former = (await tools.installed.read())?.projects ?? [];
  const id = idOf(ids, 'project', target.projectKey);
  const { fields, statuses, workTypes, workflows, resolutions, linkTypes } = ids;
  const roles = Object.fromEntries(BLUEPRINT.roles.map(({ key }) => [key, idOf(ids, 'roles', key)]));
  const projects = [...former.filter((one) => one.id !== id), { id, key: target.projectKey, name: target.projectName }];
  await tools.installed.write(installed.parse({ version: 1, fields, statuses, workTypes, workflows, resolutions, linkTypes, roles, projects }));
}

/** "Fields 2 of 3"; a group of one goes by its own name. */
const stepName = (title: string, index: number, of: number): string => (of === 1 ? title : `${title} ${String(index + 1)} of ${String(of)}`);

/** Tables first: without them a rule in a workflow would refuse every step. */
export const stepsFor = (target: SetupTarget): readonly Step[] => [
  { name: 'Tables of the app', run: (_, tools) => tools.migrate() },
  ...PARTS.flatMap((part) =>
    part
      .groups(target)
      .map((keys, index, groups): Step => ({ name: stepName(part.title, index, groups.length), run: (site) => part.ensure(site, keys) })),
  ),
  { name: 'What the app may do', run: (site) => checkApp(site) },
  { name: 'Settings of the app', run: remember },
];

/** Jira's words, and what they mean for the person. */
function inWords(thrown: unknown): string {
  if (!(thrown instanceof JiraError)) return asFault(thrown).text;
  const words = [...thrown.messages, ...Object.entries(thrown.fields).map(([name, text]) => `${name}: ${text}`)].join(' ');
  const meaning =
    thrown.status === 401 || thrown.status === 403
      ? 'Jira does not let you do this. It takes the permission Administer Jira.'
      : thrown.status === 409
        ? 'Jira is busy with another change of its configuration. Try again in a minute.'
        : 'Jira refused this step. What was made before stays and is used when you try again.';
  return words === '' ? `${meaning} Jira gave no reason (${String(thrown.status)}).` : `${meaning} Jira says: “${words}”`;
}

export function progressOf(state: SetupState | undefined): SetupProgress {
  if (!state) return { state: 'ok', phase: 'none', step: 0, of: 0, writes: 0 };
  const { target, phase, hash, step, writes, failed } = state;
  const steps = stepsFor(target);
  const current = steps[step]?.name;
  return {
    state: 'ok',
    phase,
    hash,
    step,
    of: steps.length,
    writes,
    ...(current !== undefined && { current }),
    ...(failed && { failed }),
    project: { key: target.projectKey, name: target.projectName },
  };
}

const changed = (text: string): z.infer<typeof planChanged> => ({ state: 'changed', text });

/** Opens the run of a plan that the site still agrees with. */
function opened({ target, hash, nodes }: SetupPlan): SetupState {
  const blocking = nodes.filter((one) => one.action === 'conflict').map((one) => `“${one.name}”`);
  if (blocking.length > 0)
    throw new Fault('person.conflict', `Nothing was done, because of ${blocking.join(', ')}. The plan says what stands in the way.`);
  return { version: 1, target, hash, phase: 'running', step: 0, ids: noIds(), writes: 0 };
}

/** The app's settings are written by every run. */
const makesAnything = ({ nodes }: SetupPlan): boolean => nodes.some((one) => one.action === 'create' && one.kind !== 'settings');

/** Runs the next step. The first call of a plan checks it and counts as no step. */
export async function nextStep(tools: Tools, target: SetupTarget, hash: string): Promise<SetupProgress | z.infer<typeof planChanged>> {
  const stored = await tools.progress.read();
  if (stored?.busyUntil !== undefined && stored.busyUntil > now()) {
    await new Promise((done) => setTimeout(done, BUSY_WAIT_MS));
    return progressOf(stored);
  }
  const ours = stored?.hash === hash ? stored : undefined;
  if (ours && ours.phase !== 'done') return runStep(tools, ours);

  const plan = await planOn(siteOf(tools.clients, target, tools.environmentId));
  // Done already, unless somebody has taken everything away again: then the same plan holds once more.
  if (ours && !(plan.hash === hash && makesAnything(plan))) return progressOf(ours);
  if (plan.hash !== hash) return changed('The site has changed since the plan was made. Nothing was done. Look at the new plan.');
  const state = opened(plan);
  await tools.progress.write(state);
  return progressOf(state);
}

async function runStep(tools: Tools, former: SetupState): Promise<SetupProgress> {
  const { failed: _failed, busyUntil: _busyUntil, ...state } = former;
  await tools.progress.write({ ...state, phase: 'running', busyUntil: now() + LEASE_MS });
  const steps = stepsFor(state.target);
  const step = steps[state.step];
  const site = siteOf(tools.clients, state.target, tools.environmentId, structuredClone(state.ids));
  const failed = await attempt(step, site, tools);
  const done = failed ? state.step : state.step + 1;
  const next: SetupState = {
    ...state,
    step: done,
    ids: site.ids,
    writes: state.writes + site.count.writes,
    phase: failed ? 'failed' : done >= steps.length ? 'done' : 'running',
    ...(failed && { failed }),
  };
  await tools.progress.write(next);
  return progressOf(next);
}

/** What went wrong, if anything. */
async function attempt(step: Step | undefined, site: Site, tools: Tools): Promise<SetupState['failed']> {
  try {
    await step?.run(site, tools);
    return undefined;
  } catch (thrown) {
    const reference = newReference();
    log.error('setup.step', thrown, { reference, step: step?.name });
    return { name: step?.name ?? '', text: inWords(thrown), reference };
  }
}
