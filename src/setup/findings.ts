/** What was read of a site, in sentences: the fact, and what it means for whoever sets USM up. Pure. */
import { type Finding, FINDING_LEVELS, type PlanKind, type PlanNode, type SetupProgress } from '../contract';
import { listed, plural } from './drift/words';
import type { Installed } from './model';

/** Why USM cannot work in a space. */
export const UNFITS = ['teamManaged', 'serviceSpace', 'archived', 'closedToApp', 'full'] as const;
export type Unfit = (typeof UNFITS)[number];

/** A security level that does not let the app in. */
export interface BlindLevel {
  name: string;
  /** Keys of the spaces that use its scheme. */
  spaces: string[];
}

export interface SiteRead {
  administers: boolean;
  changesInBulk: boolean;
  /** Of everything that has a name which could be taken. */
  nodes: readonly PlanNode[];
  /** By node: names of the workflows or spaces that use what stands there now. */
  usedBy: Readonly<Record<string, readonly string[]>>;
  unfit: readonly { key: string; why: Unfit }[];
  /** Custom fields the site has. */
  fields: number;
  /** Jira lists both rules of this installation. */
  rulesListed: boolean;
  blind: readonly BlindLevel[];
  installed: Installed | undefined;
  progress: SetupProgress;
  storeReady: boolean;
  /** ms the slowest answer took, and ms that Jira asked to wait. */
  longest: number;
  waited: number;
}

/** Since March 2026 a space takes so many fields and work types (Atlassian support: Data limits and guardrails). */
export const FIELDS_PER_SPACE = 700;
export const WORK_TYPES_PER_SPACE = 150;

/** Jira asks apps to be patient with answers up to this; slower ones make steps long. */
const SLOW_MS = 5_000;
/** So many names are read out; the others are counted. */
const NAMED = 5;

const names = (all: readonly string[]): string =>
  all.length <= NAMED ? listed(all) : `${all.slice(0, NAMED).join(', ')} and ${String(all.length - NAMED)} more`;

const KIND: Partial<Record<PlanKind, { one: string; many: string }>> = {
  linkType: { one: 'Link type', many: 'link types' },
  role: { one: 'Role', many: 'roles' },
  resolution: { one: 'Resolution', many: 'resolutions' },
  status: { one: 'Status', many: 'statuses' },
  workType: { one: 'Work type', many: 'work types' },
  field: { one: 'Field', many: 'fields' },
  workflow: { one: 'Workflow', many: 'workflows' },
};

const kindOf = (kind: PlanKind): { one: string; many: string } => KIND[kind] ?? { one: 'Object', many: 'objects' };

const USERS: Partial<Record<PlanKind, string>> = { status: 'workflow', workType: 'space' };

/** Where a thing is used, as the end of a sentence. */
function users({ kind, id }: PlanNode, usedBy: SiteRead['usedBy']): string {
  const all = usedBy[id] ?? [];
  const what = USERS[kind];
  return what === undefined || all.length === 0
    ? ''
    : ` It is used by the ${all.length === 1 ? what : `${what}s`} ${names(all)}, which ${all.length === 1 ? 'is' : 'are'} not ours to change.`;
}

function taken(node: PlanNode, { usedBy }: SiteRead): Finding[] {
  const { id, kind, name, action, detail = '', choices = [] } = node;
  const title = `${kindOf(kind).one} “${name}”`;
  if (action === 'conflict') {
    const level = choices.length > 0 ? 'decide' : 'blocks';
    return [
      {
        id,
        level,
        title: `${title} ${detail === '' || kind !== 'role' ? 'exists and does not fit' : 'stands in the way'}`,
        text: `${detail}${users(node, usedBy)}`.trim(),
        node: id,
      },
    ];
  }
  // What people see every day is theirs to name; of the rest it is enough to know.
  if (kind !== 'workType' || choices.length === 0) return [];
  const spaces = usedBy[id] ?? [];
  const where = spaces.length === 0 ? '' : ` and is used in ${plural(spaces.length, 'space')}`;
  const text = `It can be used as it is: name and level fit.${spaces.length === 0 ? '' : ` It is used in ${names(spaces)}.`} A second one of nearly the same name would confuse people.`;
  return [{ id, level: 'decide', title: `${title} exists${where}`, text, node: id }];
}

const REUSED: Partial<Record<PlanKind, string>> = { status: ' with the right category', field: ' with the right type' };

function reused({ nodes, installed }: SiteRead): Finding[] {
  if (installed) return [];
  return (Object.keys(KIND) as PlanKind[]).flatMap((kind): Finding[] => {
    const ofKind = nodes.filter((node) => node.kind === kind);
    const found = ofKind.filter((node) => node.action === 'reuse' && (kind !== 'workType' || !node.choices));
    if (found.length === 0) return [];
    const title = `${String(found.length)} of our ${plural(ofKind.length, kindOf(kind).one.toLowerCase(), kindOf(kind).many)} ${found.length === 1 ? 'exists' : 'exist'}${REUSED[kind] ?? ''}`;
    const text = `${names(found.map((node) => node.name))} ${found.length === 1 ? 'is used as it is and stays' : 'are used as they are and stay'} untouched.`;
    return [{ id: `reuse.${kind}`, level: 'know', title, text }];
  });
}

function completed({ nodes, installed }: SiteRead): Finding[] {
  const found = nodes.filter((node) => node.action === 'change');
  if (found.length === 0 || installed) return [];
  const title = `${plural(found.length, 'object')} of USM ${found.length === 1 ? 'exists' : 'exist'} and ${found.length === 1 ? 'lacks' : 'lack'} something`;
  return [{ id: 'change', level: 'know', title, text: `${names(found.map((node) => node.name))}: the plan says what is added.` }];
}

const WHY: Record<Unfit, { is: string; are: string; text: string }> = {
  teamManaged: { is: 'is team-managed', are: 'are team-managed', text: 'Nothing changes there. USM needs company-managed spaces.' },
  serviceSpace: {
    is: 'is a service space',
    are: 'are service spaces',
    text: 'Nothing changes there. Their request types hang on their own work types; USM needs business or software spaces.',
  },
  archived: { is: 'is archived', are: 'are archived', text: 'Restore it first if USM is to work there.' },
  closedToApp: {
    is: 'does not let the app work',
    are: 'do not let the app work',
    text: 'The role atlassian-addons-project-access lacks permissions there: browse, create, edit, transition and link work items, and modify the reporter. Give them in the permission scheme.',
  },
  full: {
    is: 'has no room for eight more work types',
    are: 'have no room for eight more work types',
    text: `A space takes ${String(WORK_TYPES_PER_SPACE)}. Take some out first if USM is to work there.`,
  },
};

const unfitSpaces = ({ unfit }: SiteRead): Finding[] =>
  UNFITS.flatMap((why): Finding[] => {
    const keys = unfit.filter((one) => one.why === why).map((one) => one.key);
    if (keys.length === 0) return [];
    const { is, are, text } = WHY[why];
    return [{ id: `spaces.${why}`, level: 'know', title: `${plural(keys.length, 'space')} ${keys.length === 1 ? is : are}: ${names(keys)}`, text }];
  });

const blindLevels = ({ blind }: SiteRead): Finding[] =>
  blind.length === 0
    ? []
    : [
        {
          id: 'security',
          level: 'know',
          title: `${plural(blind.length, 'security level')} may hide work items from the app: ${names(blind.map((one) => one.name))}`,
          text: `In ${names([...new Set(blind.flatMap((one) => one.spaces))])} the app cannot see work items of ${blind.length === 1 ? 'this level' : 'these levels'}: their panels stay empty and their rules refuse. Add the role atlassian-addons-project-access to the level.`,
        },
      ];

function limits({ fields, nodes }: SiteRead): Finding[] {
  const after = fields + nodes.filter((node) => node.kind === 'field' && node.action === 'create').length;
  const title = `The site has ${plural(fields, 'custom field')}; a space takes ${String(FIELDS_PER_SPACE)}`;
  const text =
    after > FIELDS_PER_SPACE
      ? `After setup ${String(after)}: more than a space takes if all of them reach it. Jira may refuse some of ours.`
      : `After setup ${String(after)}.`;
  return [{ id: 'limits.fields', level: after > FIELDS_PER_SPACE ? 'know' : 'fine', title, text }];
}

function rights({ administers, changesInBulk }: SiteRead): Finding[] {
  return [
    administers
      ? {
          id: 'administrator',
          level: 'fine',
          title: 'You are a Jira administrator',
          text: 'Every step runs with your own rights and shows in the audit log under your name.',
        }
      : {
          id: 'administrator',
          level: 'blocks',
          title: 'You are not a Jira administrator',
          text: 'Setup takes the permission Administer Jira. Ask somebody who has it to open this page.',
        },
    ...(changesInBulk
      ? []
      : [
          {
            id: 'bulk',
            level: 'know' as const,
            title: 'You may not change work items in bulk',
            text: 'Setup does not need it. Moving the work that is there already does: ask for the global permission Make bulk changes.',
          },
        ]),
  ];
}

const platform = ({ rulesListed, storeReady, longest, waited }: SiteRead): Finding[] => [
  rulesListed
    ? { id: 'rules', level: 'fine', title: 'Jira lists the rules of the app' }
    : {
        id: 'rules',
        level: 'blocks',
        title: 'Jira does not list the rules of the app yet',
        text: 'That takes a while after the app was installed. Wait a minute and read again.',
      },
  waited > 0 || longest > SLOW_MS
    ? {
        id: 'speed',
        level: 'know',
        title: waited > 0 ? `Jira asked the app to wait, ${String(Math.ceil(waited / 1_000))} s in all` : 'Jira answers slowly',
        text: `Longest answer ${String(longest)} ms. Setup honours every wait and takes longer now; at a quieter time it is faster.`,
      }
    : { id: 'speed', level: 'fine', title: 'Jira answers in time', text: `Longest answer ${String(longest)} ms, no limits reached.` },
  storeReady
    ? { id: 'store', level: 'fine', title: 'The app’s store is ready' }
    : {
        id: 'store',
        level: 'blocks',
        title: 'The app’s store does not answer',
        text: 'Its records live there, and its rules refuse without it. Wait a few minutes and read again.',
      },
];

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

function earlier({ installed, progress }: SiteRead): Finding[] {
  const { phase, step, of, startedBy } = progress;
  const whose = startedBy ? ` by ${startedBy.name}` : '';
  const open = phase === 'running' || phase === 'failed' || phase === 'undoing' || phase === 'undoFailed';
  const undoing = phase === 'undoing' || phase === 'undoFailed';
  return [
    ...(open
      ? [
          {
            id: 'halfDone',
            level: 'know' as const,
            title: `${undoing ? 'An undo' : 'A plan'} was begun${whose} and stands at step ${String(step)} of ${String(of)}`,
            text: undoing ? 'Go on with it: it takes away what is left of the plan.' : 'Go on with it or undo it before you make another one.',
          },
        ]
      : []),
    ...(installed
      ? [
          {
            id: 'installed',
            level: 'know' as const,
            title: `USM has worked in ${names(installed.projects.map((one) => one.key))} since ${day(installed.applied.at)}`,
            text: 'What is there is used again. A plan for another space makes only what that space needs.',
          },
        ]
      : []),
    ...(!open && !installed ? [{ id: 'earlier', level: 'fine' as const, title: 'No earlier installation, no half-done plan' }] : []),
  ];
}

/** Most urgent first; within a level in this order, whatever the order in which Jira lists things. */
export function findings(read: SiteRead): Finding[] {
  const conflicts = read.nodes.flatMap((node) => taken(node, read)).sort((a, b) => a.id.localeCompare(b.id));
  const all = [
    ...rights(read),
    ...conflicts,
    ...earlier(read),
    ...reused(read),
    ...completed(read),
    ...unfitSpaces(read),
    ...blindLevels(read),
    ...limits(read),
    ...platform(read),
  ];
  return FINDING_LEVELS.flatMap((level) => all.filter((one) => one.level === level));
}
