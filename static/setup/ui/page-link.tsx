/** A link to another subpage: a real address, opened in place by a plain click. */
import type { MouseEvent, ReactNode } from 'react';
import { useAddress } from './address';

interface PageLinkProps {
  to: string;
  children: ReactNode;
  className?: string | undefined;
  here?: boolean;
}

export function PageLink({ to, children, className, here = false }: PageLinkProps) {
  const { go, hrefOf } = useAddress();
  const onClick = (event: MouseEvent): void => {
    // The browser's own ways of opening elsewhere stay.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a href={hrefOf(to)} className={className} onClick={onClick} {...(here && { 'aria-current': 'page' })}>
      {children}
    </a>
  );
}
