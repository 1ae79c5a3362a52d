/** Atlassian Document Format, as far as we need it: paragraphs of plain text in both directions, and people who are mentioned first. */
import { z } from 'zod';

type Inline = { type: 'text'; text: string } | { type: 'mention'; attrs: { id: string; text: string } };

export type AdfDocument = {
  type: 'doc';
  version: 1;
  content: { type: 'paragraph'; content: Inline[] }[];
};

export const toAdf = (text: string): AdfDocument => ({
  type: 'doc',
  version: 1,
  content: text.split('\n').map((line) => ({ type: 'paragraph', content: line === '' ? [] : [{ type: 'text', text: line }] })),
});

/** Jira tells whoever is mentioned, as each of them has chosen to be told. */
export function toAdfMentioning(people: readonly { accountId: string; name: string }[], text: string): AdfDocument {
  const document = toAdf(text);
  const mentions = people.flatMap(({ accountId, name }): Inline[] => [
    { type: 'mention', attrs: { id: accountId, text: `@${name}` } },
    { type: 'text', text: ' ' },
  ]);
  document.content[0]?.content.unshift(...mentions);
  return document;
}

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
