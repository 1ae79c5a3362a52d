/** Root to leaf: what was asked of whom, and where it stands. Closes from leaf to root. */
import Button from '@atlaskit/button/new';
import { useState, type CSSProperties } from 'react';
import type { ChainLink, ProcessPanel } from '../../src/contract';
import { Face, TeamFace } from '../shared/face';
import { Hidden } from '../shared/hidden';
import { Icon } from '../shared/icons';
import { Lozenge } from '../shared/lozenge';
import { Mark } from '../shared/mark';
import { categoryTone, statusName, statusTone } from '../shared/status';
import { wholeMoment } from '../shared/time';
import { TypeGlyph } from '../shared/type-glyph';
import { WorkItemLink } from '../shared/work-item-link';
import styles from './chain.module.css';
import { beingMade, chainClock, chainRows, handoffWords } from './view';

interface ChainProps {
  panel: ProcessPanel;
  retrying: boolean;
  onRetry: () => void;
}

/** Deeper links are not indented further. */
const DEEPEST = 4;

function Owner({ link }: { link: ChainLink }) {
  if (link.owner) {
    return (
      <>
        <Face small id={link.owner.accountId} name={link.owner.name} />
        <span>{link.team === undefined ? link.owner.name : `${link.owner.name}, ${link.team}`}</span>
      </>
    );
  }
  const nobody = link.key === undefined ? undefined : 'nobody yet';
  const words = [link.team, nobody].filter((one) => one !== undefined).join(', ');
  if (words === '') return null;
  return (
    <>
      <TeamFace small />
      <span>{words.charAt(0).toUpperCase() + words.slice(1)}</span>
    </>
  );
}

/** Here in the method's words, at a supplier in theirs. */
function Status({ link: { status, supplier } }: { link: ChainLink }) {
  if (status) return <Lozenge tone={statusTone(status)}>{statusName(status)}</Lozenge>;
  return supplier?.status === undefined ? null : <Lozenge tone={categoryTone(supplier.category)}>{supplier.status}</Lozenge>;
}

const Unseen = ({ link: { supplier, team = 'the supplier' } }: { link: ChainLink }) =>
  supplier?.unseen ? (
    <p className={styles['unseen']}>
      <Mark kind="later" />
      USM cannot see the work item of {team} any more, so how it stands is not mirrored. Ask a Jira administrator to let the app see their space.
    </p>
  ) : null;

const Title = ({ link }: { link: ChainLink }) => (
  <span className={styles['title']} title={link.summary}>
    {link.key !== undefined && (link.here ? <strong>{link.key}</strong> : <WorkItemLink itemKey={link.key}>{link.key}</WorkItemLink>)} {link.summary}
  </span>
);

function Link({ link, panel, retrying, onRetry }: ChainProps & { link: ChainLink }) {
  const { gross, due, dueAt } = chainClock(link, panel);
  const words = handoffWords(link, panel.asOf);
  return (
    <li
      className={`${styles['link'] ?? ''} ${link.here ? (styles['here'] ?? '') : ''}`}
      style={{ '--depth': Math.min(link.depth, DEEPEST) } as CSSProperties}
      {...(link.here && { 'aria-current': 'true' as const })}
    >
      <Hidden>Level {link.depth + 1}: </Hidden>
      <div className={styles['head']}>
        {link.supplier ? <Icon name="arrowRight" /> : <TypeGlyph type={link.type} name={link.typeName} />}
        <Title link={link} />
        <Status link={link} />
      </div>
      <div className={styles['more']}>
        <div className={styles['owner']}>
          <Owner link={link} />
        </div>
        <span className={styles['time']}>
          {gross !== undefined && <Hidden>gross </Hidden>}
          {gross}
        </span>
        <span className={styles['words']}>{words === undefined ? link.verb : `${link.verb}, ${words}`}</span>
        {due && dueAt !== undefined && (
          <span
            className={`${styles['time'] ?? ''} ${due.late ? (styles['late'] ?? '') : (styles['left'] ?? '')}`}
            title={`due ${wholeMoment(dueAt)}`}
          >
            {due.text}
          </span>
        )}
      </div>
      <Unseen link={link} />
      {beingMade(link) && panel.may.retry && (
        <div className={styles['retry']}>
          <Button spacing="compact" isLoading={retrying} onClick={onRetry}>
            Try again
          </Button>
        </div>
      )}
    </li>
  );
}

export function Chain(props: ChainProps) {
  const [open, setOpen] = useState(false);
  const { chain } = props.panel;
  if (chain.length < 2) return null;
  return (
    <section className={styles['chain']}>
      <h2>
        Chain
        <span>closes leaf to root</span>
        <span className={styles['unit']}>gross</span>
      </h2>
      <ol>
        {chainRows(chain, open).map((row, index) =>
          'link' in row ? (
            <Link key={row.link.key ?? `new-${String(index)}`} {...props} link={row.link} />
          ) : (
            <li key={`folded-${String(index)}`} className={styles['folded']}>
              <button type="button" onClick={() => setOpen(true)}>
                {row.folded} more
              </button>
            </li>
          ),
        )}
      </ol>
    </section>
  );
}
