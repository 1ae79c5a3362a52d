import { useState, type ReactNode } from 'react';
import ChevronDownIcon from '@atlaskit/icon/core/chevron-down';
import ChevronRightIcon from '@atlaskit/icon/core/chevron-right';
import styles from './issue.module.css';

interface SectionProps {
  title: string;
  icon?: ReactNode;
  /** Stands at the end of the head line, closed or open. */
  status?: ReactNode;
  /** Under which name the section remembers whether it was open. */
  remember: string;
  onToggle?: (open: boolean) => void;
  children: ReactNode;
}

/** A collapsible box of the right column; open at first, then as it was left. */
export function Section({ title, icon, status, remember, onToggle, children }: SectionProps) {
  const stored = `site.section.${remember}`;
  const [open, setOpen] = useState(localStorage.getItem(stored) !== 'closed');
  const toggle = (): void => {
    localStorage.setItem(stored, open ? 'closed' : 'open');
    setOpen(!open);
    onToggle?.(!open);
  };
  const Chevron = open ? ChevronDownIcon : ChevronRightIcon;
  return (
    <section className={styles['box']} aria-label={title}>
      <h2 className={styles['boxHead']}>
        <button type="button" className={styles['boxToggle']} aria-expanded={open} onClick={toggle}>
          <Chevron label="" size="small" />
          {icon}
          <span className={styles['boxTitle']}>{title}</span>
          {status}
        </button>
      </h2>
      {open && <div className={styles['boxBody']}>{children}</div>}
    </section>
  );
}
