/** Title, what the page is for, and what can be done with all of it. */
import { useEffect, useRef, type ReactNode } from 'react';
import styles from './page-head.module.css';

interface PageHeadProps {
  title: string;
  /** What the page is for; absent where the title says it. */
  text?: string;
  children?: ReactNode;
  /** The focus goes to the title when this changes: the button that was pressed is gone by then. Undefined: not known yet. */
  part?: string | undefined;
}

export function PageHead({ title, text, children, part }: PageHeadProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(part);
  useEffect(() => {
    if (shown.current !== undefined && part !== undefined && shown.current !== part) heading.current?.focus();
    shown.current = part;
  }, [part]);
  return (
    <header className={styles['head']}>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {text !== undefined && <p>{text}</p>}
      {children !== undefined && <div className={styles['actions']}>{children}</div>}
    </header>
  );
}
