/** An item's key as a link to its page in the register. */
import { NavigationTarget, router } from '@forge/bridge';
import type { MouseEvent, ReactNode } from 'react';
import { report } from '../shared/report';
import { itemPagePath, itemPath } from '../usm/register/address';
import styles from './panel.module.css';

export function ItemLink({ item, impact = false, children }: { item: string; impact?: boolean; children: ReactNode }) {
  const onClick = (event: MouseEvent): void => {
    event.preventDefault();
    router
      .navigate({ target: NavigationTarget.Module, moduleKey: 'usm', path: impact ? itemPagePath(item, 'impact') : itemPath(item) })
      .catch((error: unknown) => report(`${item} did not open`, error));
  };
  return (
    <a href="#item" className={styles['key']} onClick={onClick}>
      {children}
    </a>
  );
}
