/** What must hold once all trouble is over, asked of what Jira and the app's own tables say. Pure: facts in, broken promises out. */
import { readTransfer } from '../../../sandbox/site';
import { Store } from '../../../sandbox/jira/store';

export interface Move {
  id: string;
  at: number;
  from: string;
  to: string;
}
interface Thing {
  id: string;
  key: string;
  type: string;
  status: string;
  moves: readonly Move[];
}
interface ReceiptRow {
  id: string;
  kind: string;
  parentId: string;
  childId: string | null;
  state: string;
  blocks: boolean;
}
export interface Aftermath {
  items: readonly Thing[];
  /** Links in Jira that say "hands over to". */
  links: readonly { from: string; to: string }[];
  receipts: readonly ReceiptRow[];
  /** Names of the moves in the app's ledger. */
  ledger: ReadonlySet<string>;
}

const over = (status: string): boolean => ['Fulfilled', 'Closed', 'Cancelled'].includes(status);

type Ask = (all: Aftermath) => string[];

const index = ({ items }: Aftermath): Map<string, Thing> => new Map(items.map((one) => [one.id, one]));
const asked = ({ receipts }: Aftermath): ReceiptRow[] => receipts.filter(({ kind, state }) => kind === 'handOff' && state !== 'void');

/** One parent each, and nobody above themselves. */
const forest: Ask = (all) => {
  const parents = new Map<string, string[]>();
  for (const { childId, parentId } of asked(all)) if (childId !== null) parents.set(childId, [...(parents.get(childId) ?? []), parentId]);
  const isCircle = (id: string): boolean => {
    let at: string | undefined = parents.get(id)?.[0];
    for (let depth = 0; at !== undefined && depth < 50; depth += 1) {
      if (at === id) return true;
      at = parents.get(at)?.[0];
    }
    return at !== undefined;
  };
  return [...parents].flatMap(([id, above]) => [
    ...(above.length > 1 ? [`${id} has ${String(above.length)} parents`] : []),
    ...(isCircle(id) ? [`${id} stands above itself`] : []),
  ]);
};

/** V09: leaf to root. */
const leafToRoot: Ask = (all) => {
  const items = index(all);
  return asked(all).flatMap(({ blocks, parentId, childId }) => {
    const parent = items.get(parentId);
    const child = items.get(childId ?? '');
    const early = blocks && parent && child && (parent.status === 'Fulfilled' || parent.status === 'Closed') && !over(child.status);
    return early ? [`${parent.key} is ${parent.status} above ${child.key}, which is ${child.status}`] : [];
  });
};

/** A receipt has one child, or is void. What was deleted, or stands on what was deleted, is expected by nobody. */
const oneChildEach: Ask = (all) => {
  const items = index(all);
  return all.receipts.flatMap(({ id, kind, state, parentId, childId }) => {
    const parent = items.get(parentId);
    if (!parent) return [];
    const name = `the ${kind} ${id} of ${parent.key}`;
    if (state === 'void') return childId === null ? [] : [`${name} is void and has a child`];
    if (childId === null) return [`${name} is ${state} and has no child (${parent.status})`];
    const waits = kind === 'handOff' && state !== 'failed' && state !== 'fulfilled';
    return waits && !items.has(childId) ? [`${name} is ${state}, but its child is gone`] : [];
  });
};

/** As many links as receipts, each to another child. */
const madeOnce: Ask = (all) => {
  const items = index(all);
  const byReceipt = new Set(asked(all).flatMap(({ blocks, parentId, childId }) => (blocks && childId !== null ? [`${parentId} ${childId}`] : [])));
  const receiptsOf = (id: string): string =>
    all.receipts.flatMap((one) => (one.parentId === id ? [`${one.kind} ${one.state} ${items.get(one.childId ?? '')?.key ?? '-'}`] : [])).join(', ');
  return all.links.flatMap(({ from, to }) =>
    byReceipt.has(`${from} ${to}`)
      ? []
      : [
          `${items.get(from)?.key ?? from} hands over to ${items.get(to)?.key ?? to} without a receipt: made twice? Its receipts: ${receiptsOf(from)}`,
        ],
  );
};

/** T11, T12: nobody waits for what has ended. */
const nobodyLeftBehind: Ask = (all) => {
  const items = index(all);
  return all.items.flatMap((parent) => {
    if (parent.status !== 'Realising') return [];
    const began = parent.moves.findLast(({ to, from }) => to === 'Realising' && from !== 'Waiting')?.at ?? 0;
    const children = asked(all).flatMap(({ blocks, parentId, childId }) => {
      const child = blocks && parentId === parent.id ? items.get(childId ?? '') : undefined;
      return child ? [child] : [];
    });
    const endedHere = children.filter(
      (one) => over(one.status) && (one.moves.findLast(({ to }) => to === 'Fulfilled' || to === 'Cancelled')?.at ?? 0) > began,
    );
    const left = endedHere.length > 0 && (children.every((one) => over(one.status)) || endedHere.some(({ status }) => status === 'Cancelled'));
    return left ? [`${parent.key} was left in Realising; its children: ${children.map((one) => `${one.key} ${one.status}`).join(', ')}`] : [];
  });
};

/** Every move stands in the ledger: a line is named by the work item and the entry of its changelog. */
export const notInLedger: Ask = (all) =>
  all.items.flatMap((item) =>
    item.moves.flatMap(({ id, from, to }) =>
      all.ledger.has(`${item.id}:${id}`) ? [] : [`${item.key}: ${from} to ${to} (${id}) is not in the ledger`],
    ),
  );

export const PROMISES: Readonly<Record<string, Ask>> = {
  'hand-offs form a forest': forest,
  'nothing is fulfilled above open work': leafToRoot,
  'every receipt has one child or is void': oneChildEach,
  'nothing is made twice': madeOnce,
  'nobody is left behind': nobodyLeftBehind,
};

const HANDS_OVER = 'USM hand-off';

/** The site's export, read. Only work items of the eight types. */
export function readAftermath(text: string, types: readonly string[]): Aftermath {
  const content = readTransfer(text);
  const store = new Store();
  store.load(content.store);
  const statusName = (id: string): string => store.statuses.get(id)?.name ?? id;
  const items = store.issues.all().flatMap((issue): Thing[] => {
    const type = store.workTypes.get(issue.workTypeId)?.name ?? '';
    if (!types.includes(type)) return [];
    const moves = issue.changes.flatMap((change) =>
      change.items.flatMap((item): Move[] =>
        item.fieldId === 'status' ? [{ id: change.id, at: change.created, from: statusName(item.from ?? ''), to: statusName(item.to ?? '') }] : [],
      ),
    );
    return [{ id: issue.id, key: issue.key, type, status: statusName(issue.statusId), moves }];
  });
  const known = new Set(items.map((one) => one.id));
  const rows = (table: string): Record<string, unknown>[] => {
    const found = content.apps[0]?.sql.find(({ name }) => name === table);
    return (found?.rows ?? []).map((row) => Object.fromEntries(found?.columns.map((column, at) => [column, row[at]]) ?? []));
  };
  const orNull = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
  return {
    items,
    links: store.links
      .filter((one) => store.linkTypes.get(one.typeId)?.name === HANDS_OVER && known.has(one.sourceId) && known.has(one.destinationId))
      .map((one) => ({ from: one.sourceId, to: one.destinationId })),
    receipts: rows('receipt').map((row) => ({
      id: String(row['id']),
      kind: String(row['kind']),
      parentId: String(row['parent_id']),
      childId: orNull(row['child_id']),
      state: String(row['state']),
      blocks: Number(row['blocks']) === 1,
    })),
    ledger: new Set(
      rows('ledger')
        .filter((row) => row['kind'] === 'status')
        .map((row) => String(row['id'])),
    ),
  };
}
