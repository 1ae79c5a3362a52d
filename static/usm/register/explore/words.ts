/** What stands in sight, as words and as a file. Pure. */
import type { GraphNode } from '../../../../src/contract';
import { RELATIONS } from '../../../../src/contract/register-words';
import { csvCell } from '../../../setup/ui/csv';
import type { Sight } from './graph';

/** Its own id: what is no item is told apart by its kind before it. */
export const refOf = ({ id, kind }: Pick<GraphNode, 'id' | 'kind'>): string => (kind === 'item' ? id : id.slice(kind.length + 1));

export function graphCsv({ nodes, edges }: Sight): string {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const end = (id: string): string[] => {
    const node = byId.get(id);
    return node ? [refOf(node), node.name] : [id, ''];
  };
  const rows = [
    ['From', 'Name', 'Relation', 'To', 'Name', 'Group', 'Need'],
    ...edges.map(({ from, kind, to, group = '', need }) => [
      ...end(from),
      RELATIONS[kind].there,
      ...end(to),
      group,
      need === undefined ? '' : String(need),
    ]),
  ];
  return `${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}
