/** The way back: Agreements, the agreement, and where this is. */
import { Fragment } from 'react';
import { PageLink } from '../../setup/ui/page-link';
import styles from './crumbs.module.css';

export const Crumbs = ({ way, here }: { way: readonly { to: string; name: string }[]; here: string }) => (
  <nav aria-label="Way back" className={styles['crumbs']}>
    {way.map(({ to, name }) => (
      <Fragment key={to}>
        <PageLink to={to}>{name}</PageLink>
        <span aria-hidden>/</span>
      </Fragment>
    ))}
    <span aria-current="page">{here}</span>
  </nav>
);
