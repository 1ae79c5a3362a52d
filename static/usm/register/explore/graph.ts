/** The piece of the graph that is in sight: what was asked first, what was expanded, less what was collapsed. Pure. */
import type { GraphEdge, GraphNode, RegisterNeighbourhood } from '../../../../src/contract';
import { MOST_NODES } from '../../../../src/contract/register-impact';

export type Piece = Pick<RegisterNeighbourhood, 'nodes' | 'edges' | 'classes'>;

export interface Sight {
  nodes: GraphNode[];
  edges: GraphEdge[];
  /** There would be more than stays usable. */
  full: boolean;
}

const edgeKey = ({ from, kind, to }: GraphEdge): string => `${from} ${kind} ${to}`;

/** Pieces on top of each other, each thing once; the first says how far it is from the middle. */
export function together(pieces: readonly Piece[], most = MOST_NODES): Sight {
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, GraphEdge>();
  let full = false;
  for (const piece of pieces) {
    for (const node of piece.nodes) {
      const there = nodes.get(node.id);
      if (there) nodes.set(node.id, { ...there, more: Math.min(there.more, node.more) });
      else if (nodes.size < most) nodes.set(node.id, node);
      else full = true;
    }
    for (const edge of piece.edges) edges.set(edgeKey(edge), edge);
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()].filter(({ from, to }) => nodes.has(from) && nodes.has(to)), full };
}

/** Without what hangs on the middle through a collapsed one alone. */
export function collapsed({ nodes, edges, full }: Sight, root: string, closed: ReadonlySet<string>): Sight {
  if (closed.size === 0) return { nodes, edges, full };
  const beside = besides(edges);
  const seen = new Set([root]);
  let front = [root];
  while (front.length > 0) {
    const next: string[] = [];
    for (const id of front) {
      if (closed.has(id)) continue;
      for (const other of beside.get(id) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        next.push(other);
      }
    }
    front = next;
  }
  return { nodes: nodes.filter(({ id }) => seen.has(id)), edges: edges.filter(({ from, to }) => seen.has(from) && seen.has(to)), full };
}

export function besides(edges: readonly GraphEdge[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const put = (from: string, to: string): void => {
    const there = found.get(from);
    if (there) there.push(to);
    else found.set(from, [to]);
  };
  for (const { from, to } of edges) {
    put(from, to);
    put(to, from);
  }
  return found;
}
