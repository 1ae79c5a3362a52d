/** Atlassian Document Format as it reads on the page. */
import { Fragment, type ReactNode } from 'react';
import { isAdf, leafText, type AdfNode } from '../adf';
import { Link } from '../router';
import styles from './ui.module.css';

const ITEM_ADDRESS = /^(?:https?:\/\/[^/]+)?(\/browse\/[A-Z][A-Z0-9_]*-\d+)$/;

function Anchor({ href, children }: { href: string; children: ReactNode }) {
  const inside = ITEM_ADDRESS.exec(href)?.[1];
  if (inside) return <Link href={inside}>{children}</Link>;
  return /^(https?:|mailto:)/i.test(href) ? (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  ) : (
    <>{children}</>
  );
}

const MARKS: Record<string, (inner: ReactNode, attrs: Record<string, unknown>) => ReactNode> = {
  strong: (inner) => <strong>{inner}</strong>,
  em: (inner) => <em>{inner}</em>,
  underline: (inner) => <u>{inner}</u>,
  strike: (inner) => <s>{inner}</s>,
  code: (inner) => <code className={styles['code']}>{inner}</code>,
  link: (inner, attrs) => <Anchor href={String(attrs['href'] ?? '')}>{inner}</Anchor>,
};

function leaf(node: AdfNode): ReactNode {
  if (node.type === 'hardBreak') return <br />;
  if (node.type === 'inlineCard' || node.type === 'blockCard') return <Anchor href={leafText(node)}>{leafText(node)}</Anchor>;
  if (node.type === 'mention') return <span className={styles['mention']}>{leafText(node)}</span>;
  return (node.marks ?? []).reduce<ReactNode>((inner, mark) => MARKS[mark.type]?.(inner, mark.attrs ?? {}) ?? inner, leafText(node));
}

const BLOCKS: Record<string, (inner: ReactNode) => ReactNode> = {
  paragraph: (inner) => <p>{inner}</p>,
  heading: (inner) => <h4>{inner}</h4>,
  bulletList: (inner) => <ul>{inner}</ul>,
  orderedList: (inner) => <ol>{inner}</ol>,
  listItem: (inner) => <li>{inner}</li>,
  blockquote: (inner) => <blockquote>{inner}</blockquote>,
  codeBlock: (inner) => (
    <pre className={styles['codeBlock']}>
      <code>{inner}</code>
    </pre>
  ),
  panel: (inner) => <div className={styles['panel']}>{inner}</div>,
  table: (inner) => (
    <table className={styles['adfTable']}>
      <tbody>{inner}</tbody>
    </table>
  ),
  tableRow: (inner) => <tr>{inner}</tr>,
  tableHeader: (inner) => <th>{inner}</th>,
  tableCell: (inner) => <td>{inner}</td>,
};

function draw(node: AdfNode): ReactNode {
  if (node.type === 'rule') return <hr />;
  if (!node.content && !(node.type in BLOCKS)) return leaf(node);
  const inner = (node.content ?? []).map((child, index) => <Fragment key={index}>{draw(child)}</Fragment>);
  return BLOCKS[node.type]?.(inner) ?? inner;
}

export function AdfView({ value }: { value: unknown }) {
  if (typeof value === 'string') return <div className={styles['adf']}>{value}</div>;
  return isAdf(value) ? <div className={styles['adf']}>{draw(value)}</div> : null;
}
