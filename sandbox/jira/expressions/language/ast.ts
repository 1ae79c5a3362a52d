/** An expression as it was read. Blocks, `if` and `let` are expressions too: each has a value. */

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '&&' | '||' | '??';

type Shape =
  | { kind: 'literal'; value: null | boolean | number | string }
  | { kind: 'template'; parts: (string | Node)[] }
  | { kind: 'name'; name: string }
  | { kind: 'list'; items: Node[] }
  | { kind: 'map'; entries: { key: Node; value: Node }[] }
  | { kind: 'member'; object: Node; property: Node; optional: boolean }
  | { kind: 'call'; callee: Node; parameters: Node[] }
  | { kind: 'new'; type: string; parameters: Node[] }
  | { kind: 'unary'; operator: '!' | '-' | 'typeof'; operand: Node }
  | { kind: 'binary'; operator: BinaryOperator; left: Node; right: Node }
  | { kind: 'choice'; test: Node; then: Node; otherwise: Node }
  | { kind: 'arrow'; names: string[]; body: Node }
  | { kind: 'let'; bindings: { name: string; value: Node }[]; body: Node }
  | { kind: 'try'; body: Node; name: string; handler: Node }
  | { kind: 'throw'; value: Node };

/** `start` and `end`: where it stands in the text. */
export type Node = Shape & { start: number; end: number };

/** The nodes directly below one. */
export function childrenOf(node: Node): Node[] {
  switch (node.kind) {
    case 'literal':
    case 'name':
      return [];
    case 'template':
      return node.parts.filter((one) => typeof one !== 'string');
    case 'list':
      return node.items;
    case 'map':
      return node.entries.flatMap(({ key, value }) => [key, value]);
    case 'member':
      return [node.object, node.property];
    case 'call':
      return [node.callee, ...node.parameters];
    case 'new':
      return node.parameters;
    case 'unary':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'choice':
      return [node.test, node.then, node.otherwise];
    case 'arrow':
      return [node.body];
    case 'let':
      return [...node.bindings.map((one) => one.value), node.body];
    case 'try':
      return [node.body, node.handler];
    case 'throw':
      return [node.value];
  }
}

/** How many leaves an expression has: what Jira counts against its syntactic limit. */
export function leavesOf(node: Node): number {
  const children = childrenOf(node);
  return children.length === 0 ? 1 : children.reduce((sum, one) => sum + leavesOf(one), 0);
}
