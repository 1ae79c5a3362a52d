/** The little of the Atlassian Document Format that Jira itself needs: is it a document, and what does it say. */
import type { Json } from '../store';
import { isObject } from './codec';

/** Whether a value is a document, by its envelope; node types are not judged. */
export const isDocument = (value: Json): boolean => isObject(value) && value.type === 'doc' && value.version === 1 && Array.isArray(value.content);

const BLOCKS = new Set(['paragraph', 'heading', 'codeBlock', 'blockquote', 'listItem', 'rule', 'panel', 'tableRow', 'taskItem', 'decisionItem']);

/** The text of a document, one line per block. */
export function plainText(node: Json): string {
  const lines: string[] = [];
  let line = '';
  const flush = (): void => {
    if (line) lines.push(line);
    line = '';
  };
  const walk = (value: Json): void => {
    if (!isObject(value)) return;
    if (value.type === 'text') line += String(value.text ?? '');
    if (value.type === 'hardBreak') flush();
    if ((value.type === 'mention' || value.type === 'emoji') && isObject(value.attrs)) line += String(value.attrs.text ?? '');
    if (value.type === 'inlineCard' && isObject(value.attrs)) line += String(value.attrs.url ?? '');
    if (Array.isArray(value.content)) value.content.forEach(walk);
    if (BLOCKS.has(String(value.type))) flush();
  };
  walk(node);
  flush();
  return lines.join('\n');
}

/** A document that says just this, a paragraph per line. */
export const documentOf = (text: string): Json => ({
  type: 'doc',
  version: 1,
  content: text.split('\n').map((line) => ({ type: 'paragraph', content: line ? [{ type: 'text', text: line }] : [] })),
});
