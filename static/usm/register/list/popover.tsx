/** A button and what it opens under itself. Escape or a click elsewhere closes it, and the button has the focus again. */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { classes } from '../../../shared/classes';
import styles from './popover.module.css';

interface PopoverProps {
  /** On the button. */
  name: ReactNode;
  /** Of what opens, for screen readers. */
  label: string;
  on?: boolean;
  children: (close: () => void) => ReactNode;
}

const FIRST = 'input:enabled, button:enabled';

export function Popover({ name, label, on = false, children }: PopoverProps) {
  const [open, setOpen] = useState(false);
  const whole = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return undefined;
    panel.current?.querySelector<HTMLElement>(FIRST)?.focus();
    const onPointerDown = (event: PointerEvent): void => {
      if (event.target instanceof Node && !whole.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', onPointerDown);
    return () => document.removeEventListener('pointerdown', onPointerDown);
  }, [open]);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || !open) return;
    event.preventDefault();
    close();
  };
  return (
    <span ref={whole} className={styles['popover']} onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        className={classes(styles['button'], (on || open) && styles['on'])}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {name}
      </button>
      {open && (
        <div ref={panel} id={id} role="dialog" aria-label={label} className={styles['panel']}>
          {children(close)}
        </div>
      )}
    </span>
  );
}
