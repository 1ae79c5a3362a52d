/** A plan in the order people read it: groups, objects, what is inside them. Pure. */
import type { PlanAction, PlanKind, PlanNode, SetupPlan } from '../../../src/contract';
import type { Tone } from '../../shared/kinds';
import { csvCell } from '../ui/csv';
import { counted, matches } from '../ui/words';

/** Kinds that are read together, in the order of the page. */
const GROUPS: readonly { title: string; kinds: readonly PlanKind[] }[] = [
  { title: 'Work types', kinds: ['workType', 'workTypeScheme'] },
  { title: 'Statuses', kinds: ['status'] },
  { title: 'Workflows', kinds: ['workflow', 'workflowScheme'] },
  { title: 'Link types', kinds: ['linkType'] },
  { title: 'Fields', kinds: ['field'] },
  { title: 'Screens', kinds: ['screen', 'screenScheme', 'workTypeScreenScheme'] },
  { title: 'Resolutions', kinds: ['resolution'] },
  { title: 'Roles', kinds: ['role'] },
  { title: 'Spaces', kinds: ['project'] },
];

export const KIND_NAMES: Record<PlanKind, string> = {
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
};

export const ACTIONS: Record<PlanAction, { name: string; tone: Tone }> = {
  create: { name: 'Create', tone: 'success' },
  change: { name: 'Change', tone: 'warning' },
  reuse: { name: 'Reuse', tone: 'neutral' },
  conflict: { name: 'Conflict', tone: 'danger' },
};
export const ACTION_KEYS = ['create', 'change', 'reuse', 'conflict'] as const satisfies readonly PlanAction[];

export type Only = PlanAction | 'all';

interface RowBase {
  id: string;
  parent?: string;
  level: 1 | 2 | 3;
  name: string;
  /** Its number among its brothers, from 1, and how many they are. */
  place: number;
  size: number;
  /** Undefined: nothing inside. */
  open?: boolean;
}

export type PlanRow =
  (RowBase & { level: 1; counts: Record<PlanAction, number> }) | (RowBase & { level: 2; node: PlanNode }) | (RowBase & { level: 3 });

const countsOf = (nodes: readonly PlanNode[]): Record<PlanAction, number> => {
  const count = (action: PlanAction): number => nodes.filter((node) => node.action === action).length;
  return { create: count('create'), change: count('change'), reuse: count('reuse'), conflict: count('conflict') };
};

export interface Filter {
  query: string;
  only: Only;
}

/** Rows in sight. `turned`: rows whose opening somebody has turned around; a group opens by itself when it is short, asks something, or is searched. */
export function rowsOf(nodes: readonly PlanNode[], { query, only }: Filter, turned: ReadonlySet<string>): PlanRow[] {
  const filtering = query.trim() !== '' || only !== 'all';
  const groups = GROUPS.flatMap(({ title, kinds }) => {
    const all = nodes.filter((node) => kinds.includes(node.kind));
    const shown = all.filter(
      (node) => (only === 'all' || node.action === only) && matches(query, node.name, node.detail, KIND_NAMES[node.kind], title),
    );
    return shown.length === 0 ? [] : [{ id: `group:${title}`, title, all, shown }];
  });
  return groups.flatMap(({ id, title, all, shown }, group): PlanRow[] => {
    const counts = countsOf(all);
    const open = turned.has(id) !== (filtering || counts.conflict > 0 || all.length <= 8);
    const head: PlanRow = { id, level: 1, name: title, place: group + 1, size: groups.length, open, counts };
    return open ? [head, ...shown.flatMap((node, place) => rowsOfNode(node, id, place + 1, shown.length, turned))] : [head];
  });
}

function rowsOfNode(node: PlanNode, parent: string, place: number, size: number, turned: ReadonlySet<string>): PlanRow[] {
  const { inside = [] } = node;
  const row = { id: node.id, parent, level: 2, name: node.name, place, size, node } as const;
  if (inside.length === 0) return [row];
  if (!turned.has(node.id)) return [{ ...row, open: false }];
  const within = inside.map((name, index): PlanRow => ({
    id: `${node.id}:${String(index)}`,
    parent: node.id,
    level: 3,
    name,
    place: index + 1,
    size: inside.length,
  }));
  return [{ ...row, open: true }, ...within];
}

/** What a key does on a row of the tree: where the focus goes, or what opens or closes. */
export function onKey(rows: readonly PlanRow[], at: string, key: string): { focus?: string; turn?: string } {
  const index = Math.max(
    0,
    rows.findIndex((row) => row.id === at),
  );
  const row = rows[index];
  if (!row) return {};
  const to = (target: PlanRow | undefined): { focus?: string } => (target ? { focus: target.id } : {});
  switch (key) {
    case 'ArrowDown':
      return to(rows[index + 1]);
    case 'ArrowUp':
      return to(rows[index - 1]);
    case 'Home':
      return to(rows[0]);
    case 'End':
      return to(rows[rows.length - 1]);
    case 'ArrowRight':
      return row.open === false ? { turn: row.id } : row.open === true ? to(rows[index + 1]) : {};
    case 'ArrowLeft':
      return row.open === true ? { turn: row.id } : row.parent === undefined ? {} : { focus: row.parent };
    default:
      return {};
  }
}

/** The next row whose name begins with what is typed; the same letter again goes on to the next. */
export function onType(rows: readonly PlanRow[], at: string, typed: string): string | undefined {
  const start = rows.findIndex((row) => row.id === at);
  const from = typed.length > 1 ? start : start + 1;
  const order = [...rows.slice(from), ...rows.slice(0, from)];
  return order.find((row) => row.name.toLowerCase().startsWith(typed.toLowerCase()))?.id;
}

export const objects = (count: number): string => counted(count, 'object');

/** Why the plan cannot be applied; undefined when it can. */
export const hindrance = ({ counts }: SetupPlan): string | undefined =>
  counts.conflict === 0 ? undefined : `${counted(counts.conflict, 'conflict')} to decide`;

/** What applying writes, as the question before it. */
export function consequence({ counts: { create, change } }: SetupPlan): string {
  const parts = [create > 0 && `creates ${objects(create)}`, change > 0 && `changes ${String(change)}`].filter((part) => part !== false);
  if (parts.length === 0) return 'Everything exists already; applying only checks it.';
  const text = parts.join(' and ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)} in this site.`;
}

/** What somebody may still decide, or decide anew: what is open first. */
export const decisions = (nodes: readonly PlanNode[]): PlanNode[] =>
  nodes.filter((node) => node.choices !== undefined).sort((one, other) => Number(other.action === 'conflict') - Number(one.action === 'conflict'));

/** The plan as a table for people who sign for it elsewhere. */
export function planCsv({ nodes, hash, target }: SetupPlan): string {
  const lines = nodes.map((node) => [KIND_NAMES[node.kind], node.name, ACTIONS[node.action].name, node.detail ?? '', (node.inside ?? []).join('; ')]);
  const spaces = target.spaces.kind === 'new' ? target.spaces.key : target.spaces.keys.join(' ');
  return [['Kind', 'Name', 'Action', 'Detail', 'Inside'], ...lines, ['plan', hash, '', spaces, '']]
    .map((line) => line.map(csvCell).join(','))
    .join('\r\n');
}
