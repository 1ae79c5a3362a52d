/** Documents as the HTML that Jira answers for `renderedFields` and `renderedBody`. */
import type { Json } from '../store';
import { isObject } from './codec';

type Node = { [key: string]: Json };

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

const attr = (node: Node, name: string): string => (isObject(node.attrs) && node.attrs[name] !== undefined ? String(node.attrs[name]) : '');
const inside = (node: Node): string => (Array.isArray(node.content) ? node.content.map((one) => (isObject(one) ? htmlOf(one) : '')).join('') : '');
/** Only addresses that a browser opens, not ones that it runs. */
const address = (text: string): string => (/^(https?:|mailto:|\/)/i.test(text) ? escaped(text) : '');
const link = (href: string, text: string): string => `<a href="${address(href)}" rel="nofollow noreferrer">${text}</a>`;

const TAGS: Record<string, string> = {
  paragraph: 'p',
  bulletList: 'ul',
  orderedList: 'ol',
  listItem: 'li',
  blockquote: 'blockquote',
  table: 'table',
  tableRow: 'tr',
  tableHeader: 'th',
  tableCell: 'td',
};

const MARKS: Record<string, string> = { strong: 'b', em: 'em', underline: 'ins', strike: 'del', code: 'tt', sub: 'sub', sup: 'sup' };

function text(node: Node): string {
  const marks = Array.isArray(node.marks) ? node.marks.filter(isObject) : [];
  return marks.reduce(
    (html, mark) => {
      if (mark.type === 'link') return link(attr(mark, 'href'), html);
      const tag = MARKS[String(mark.type)];
      return tag ? `<${tag}>${html}</${tag}>` : html;
    },
    escaped(String(node.text ?? '')),
  );
}

const SPECIAL: Record<string, (node: Node) => string> = {
  text,
  heading: (node) => `<h${attr(node, 'level')}>${inside(node)}</h${attr(node, 'level')}>`,
  hardBreak: () => '<br/>',
  rule: () => '<hr />',
  codeBlock: (node) => `<pre class="code">${inside(node)}</pre>`,
  panel: (node) => `<div class="panel"><div class="panelContent">${inside(node)}</div></div>`,
  mention: (node) => `<a class="user-hover" rel="${escaped(attr(node, 'id'))}">${escaped(attr(node, 'text'))}</a>`,
  emoji: (node) => escaped(attr(node, 'text') || attr(node, 'shortName')),
  inlineCard: (node) => link(attr(node, 'url'), escaped(attr(node, 'url'))),
};

function htmlOf(node: Node): string {
  const type = String(node.type);
  const special = SPECIAL[type];
  if (special) return special(node);
  const tag = TAGS[type];
  return tag ? `<${tag}>${inside(node)}</${tag}>` : inside(node);
}

/** The HTML of a document; empty text for none. */
export const html = (document: Json | undefined): string => (isObject(document) ? htmlOf(document) : '');
