/** A link to a page of the site itself. */
import { router } from '@forge/bridge';
import type { MouseEvent, ReactNode } from 'react';
import { report } from '../../shared/report';
import { useSite } from '../../shared/site';

export function SiteLink({ path, children }: { path: string; children: ReactNode }) {
  const site = useSite();
  const onClick = (event: MouseEvent): void => {
    event.preventDefault();
    router.navigate(path).catch((error: unknown) => report(`${path} did not open`, error));
  };
  return (
    <a href={`${site}${path}`} target="_blank" rel="noreferrer" onClick={onClick}>
      {children}
    </a>
  );
}
