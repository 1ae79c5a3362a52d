/** A plan in the order people read it, and what the forms accept. Pure. */
import { setupTarget, type PlanNode, type SetupPlan, type SetupTarget } from '../../src/contract';
import type { Tone } from '../shared/kinds';

export type Action = PlanNode['action'];

/** Kinds that are read together, in the order of the page. */
const GROUPS: readonly { title: string; kinds: readonly PlanNode['kind'][] }[] = [
  { title: 'Work types', kinds: ['workType', 'workTypeScheme'] },
  { title: 'Statuses and workflows', kinds: ['status', 'workflow', 'workflowScheme'] },
  { title: 'Link types', kinds: ['linkType'] },
  { title: 'Fields', kinds: ['field'] },
  { title: 'Screens', kinds: ['screen', 'screenScheme', 'workTypeScreenScheme'] },
  { title: 'Resolutions', kinds: ['resolution'] },
  { title: 'Roles', kinds: ['role'] },
  { title: 'Space', kinds: ['project', 'settings'] },
];

export const KIND_NAMES: Record<PlanNode['kind'], string> = {
  linkType: 'link type',
  role: 'role',
  status: 'status',
  workType: 'work type',
  field: 'field',
  resolution: 'resolution',
  screen: 'screen',
  screenScheme: 'screen scheme',
  workTypeScreenScheme: 'work type screen scheme',
  workTypeScheme: 'work type scheme',
  workflow: 'workflow',
  workflowScheme: 'workflow scheme',
  project: 'space',
  settings: 'settings',
};

export const ACTIONS: Record<Action, { name: string; tone: Tone }> = {
  create: { name: 'Create', tone: 'success' },
  reuse: { name: 'Reuse', tone: 'neutral' },
  conflict: { name: 'Conflict', tone: 'danger' },
};
export const ACTION_KEYS = ['create', 'reuse', 'conflict'] as const satisfies readonly Action[];

export interface PlanGroup {
  title: string;
  nodes: PlanNode[];
  counts: Record<Action, number>;
}

/** Groups that have something to show under the filter; their counts are of the whole group. */
export function groupPlan(nodes: readonly PlanNode[], only?: Action): PlanGroup[] {
  return GROUPS.flatMap(({ title, kinds }) => {
    const all = nodes.filter((node) => kinds.includes(node.kind));
    const shown = all.filter((node) => only === undefined || node.action === only);
    const count = (action: Action): number => all.filter((node) => node.action === action).length;
    return shown.length === 0
      ? []
      : [{ title, nodes: shown, counts: { create: count('create'), reuse: count('reuse'), conflict: count('conflict') } }];
  });
}

/** The plan as a person reads it: the app's own settings are written by every run and are no object of the site. */
export function siteObjects({ nodes, counts, ...plan }: SetupPlan): SetupPlan {
  const own = nodes.filter((node) => node.kind === 'settings' && node.action === 'create').length;
  return { ...plan, nodes: nodes.filter((node) => node.kind !== 'settings'), counts: { ...counts, create: counts.create - own } };
}

export const objects = (count: number): string => (count === 1 ? '1 object' : `${String(count)} objects`);

/** Why the plan cannot be applied; undefined when it can. */
export const hindrance = (plan: SetupPlan): string | undefined =>
  plan.counts.conflict === 0 ? undefined : `${String(plan.counts.conflict)} ${plan.counts.conflict === 1 ? 'conflict' : 'conflicts'} to solve first`;

export type TargetProblems = Partial<Record<keyof SetupTarget, string>>;

const TARGET_HELP: Record<keyof SetupTarget, string> = {
  projectKey: 'Use 2 to 10 capital letters, digits or underscores, beginning with a letter: NSS.',
  projectName: 'Give the space a name of 2 to 80 characters.',
};

export function targetProblems(target: SetupTarget): TargetProblems {
  const result = setupTarget.safeParse(target);
  if (result.success) return {};
  return Object.fromEntries(
    result.error.issues.flatMap(({ path: [field] }) => (field === 'projectKey' || field === 'projectName' ? [[field, TARGET_HELP[field]]] : [])),
  );
}

/** A key out of the capitals of a name, as Jira proposes it: "Noordhaven Shared Services" gives NSS. */
export function proposedKey(name: string): string {
  const words = name
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter(Boolean);
  const letters = words.length > 1 ? words.map((word) => word.charAt(0)).join('') : (words[0] ?? '').slice(0, 4);
  return letters.replace(/^[^A-Z]+/, '').slice(0, 10);
}

/** Told every ten per cent, not at each step. */
export const toldProgress = (step: number, of: number): string => (of === 0 ? '' : `${String(Math.floor((step / of) * 10) * 10)} % done`);
