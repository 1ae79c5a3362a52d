/** Atlassian Document Format, as far as we need it: paragraphs of plain text in both directions. */
import { z } from 'zod';

export type AdfDocument = {
  type: 'doc';
  version: 1;
  content: { type: 'paragraph'; content: { type: 'text'; text: string }[] }[];
};

export const toAdf = (text: string): AdfDocument => ({
  type: 'doc',
  version: 1,
  content: text.split('\n').map((line) => ({ type: 'paragraph', content: line === '' ? [] : [{ type: 'text', text: line }] })),
});

const node = z.object({
  type: z.string(),
  text: z.string().optional(),
  get content() {
    return z.array(node).optional();
  },
});
type Node = z.infer<typeof node>;

const BLOCKS = new Set(['paragraph', 'heading', 'listItem', 'blockquote', 'codeBlock', 'panel', 'tableRow']);

const plain = (one: Node): string => {
  if (one.type === 'hardBreak') return '\n';
  const inner = (one.content ?? []).map(plain).join('');
  return `${one.text ?? ''}${inner}${BLOCKS.has(one.type) ? '\n' : ''}`;
};

/** Plain text of a document; a string passes as it is, anything else is empty. */
export function fromAdf(document: unknown): string {
  if (typeof document === 'string') return document;
  const parsed = node.safeParse(document);
  return parsed.success ? plain(parsed.data).replace(/\n+$/, '') : '';
}
