/** Atlassian Document Format, as far as a plain text box can read and write it. */
export interface AdfNode {
  type: string;
  text?: string;
  attrs?: Record<string, unknown>;
  content?: AdfNode[];
  marks?: { type: string; attrs?: Record<string, unknown> }[];
}

export interface AdfDocument extends AdfNode {
  type: 'doc';
  version: 1;
  content: AdfNode[];
}

export const isAdf = (value: unknown): value is AdfDocument =>
  typeof value === 'object' && value !== null && (value as AdfNode).type === 'doc' && Array.isArray((value as AdfNode).content);

const attribute = (node: AdfNode, name: string): string => {
  const value = node.attrs?.[name];
  return typeof value === 'string' ? value : '';
};

/** What a leaf says in words. */
export function leafText(node: AdfNode): string {
  switch (node.type) {
    case 'text':
      return node.text ?? '';
    case 'hardBreak':
      return '\n';
    case 'mention':
    case 'status':
      return attribute(node, 'text');
    case 'emoji':
      return attribute(node, 'text') || attribute(node, 'shortName');
    case 'inlineCard':
    case 'blockCard':
      return attribute(node, 'url');
    case 'date': {
      const moment = Number(attribute(node, 'timestamp'));
      return Number.isFinite(moment) && moment > 0 ? new Date(moment).toISOString().slice(0, 10) : '';
    }
    default:
      return '';
  }
}

const INLINE = new Set(['text', 'hardBreak', 'mention', 'status', 'emoji', 'inlineCard', 'date']);

function blockText(node: AdfNode, index: number, parent: AdfNode): string {
  const children = node.content ?? [];
  const inside = (separator: string): string => children.map((child, at) => blockText(child, at, node)).join(separator);
  if (INLINE.has(node.type) || children.length === 0) return leafText(node);
  if (children.every((child) => INLINE.has(child.type))) return children.map(leafText).join('');
  if (node.type === 'bulletList' || node.type === 'orderedList' || node.type === 'table') return inside('\n');
  if (node.type === 'tableRow') return inside('\t');
  if (node.type === 'listItem') return `${parent.type === 'orderedList' ? `${index + 1}.` : '-'} ${inside('\n')}`;
  return inside('\n');
}

/** The words of a document; paragraphs are separated by an empty line, as people type them. */
export function adfToText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!isAdf(value)) return '';
  return value.content.map((node, index) => blockText(node, index, value)).join('\n\n');
}

/** A document of plain paragraphs; a single line break stays one. null for a text without words, which empties a field. */
export function textToAdf(text: string): AdfDocument | null {
  const paragraphs = text
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replace(/^\n+|\n+$/g, ''))
    .filter((paragraph) => paragraph.trim() !== '');
  if (paragraphs.length === 0) return null;
  return {
    type: 'doc',
    version: 1,
    content: paragraphs.map((paragraph) => ({
      type: 'paragraph',
      content: paragraph
        .split('\n')
        .flatMap((line, index): AdfNode[] => [...(index > 0 ? [{ type: 'hardBreak' }] : []), ...(line ? [{ type: 'text', text: line }] : [])]),
    })),
  };
}
