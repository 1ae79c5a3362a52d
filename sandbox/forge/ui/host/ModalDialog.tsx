/** The modal dialog around a frame: its header, its keyboard and how it closes. Of the frame it knows nothing. */
import { useLayoutEffect, useRef, type KeyboardEvent, type MouseEvent, type ReactNode, type SyntheticEvent } from 'react';
import type { ModalSize } from './commands';
import { Icon } from './icons';
import './host.css';

/** How long `view.onClose` callbacks may hold the dialog open. */
const ON_CLOSE_MS = 5_000;

export interface DialogChrome {
  /** Shown in a header when set. */
  title?: string;
  /** Shown in the header: an address. */
  icon?: string;
  size?: ModalSize;
  closeOnEscape?: boolean;
  closeOnOverlayClick?: boolean;
  /** The dialog is closed, with what `view.close` was given. */
  onClose: (payload?: unknown) => void;
}

/** What the content of a dialog may do with it. */
export interface DialogHandle {
  close: (payload?: unknown) => void;
  /** Runs before the dialog closes, and may hold it for a while. */
  onClose: (callback: () => unknown) => void;
  escape: () => void;
}

interface ModalDialogProps extends DialogChrome {
  /** The accessible name. */
  label: string;
  children: (handle: DialogHandle) => ReactNode;
}

export function ModalDialog(props: ModalDialogProps) {
  const { label, title, icon, size = 'medium', closeOnEscape = true, closeOnOverlayClick = true, onClose, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const before = useRef<(() => unknown)[]>([]);
  const closing = useRef(false);

  // While the dialog is still in the page: afterwards the browser has no focus to give back.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return;
    const opener = document.activeElement;
    if (!element.open) element.showModal();
    return () => {
      element.close();
      // A frame gets the keyboard by its window; what was focused in it is its own to remember.
      if (opener instanceof HTMLIFrameElement) opener.contentWindow?.focus();
      else if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);

  const close = async (payload?: unknown): Promise<void> => {
    if (closing.current) return;
    closing.current = true;
    const callbacks = Promise.allSettled(before.current.map(async (callback) => callback()));
    await Promise.race([callbacks, new Promise((resolve) => setTimeout(resolve, ON_CLOSE_MS))]);
    onClose(payload);
  };
  const escape = (): void => {
    if (closeOnEscape) void close();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    // The browser would close the dialog by itself on a second Escape, whatever `cancel` says.
    event.preventDefault();
    event.stopPropagation();
    escape();
  };
  const onCancel = (event: SyntheticEvent): void => {
    event.preventDefault();
    escape();
  };
  const onClick = (event: MouseEvent): void => {
    // The dialog has no padding: a click on the element itself is one on its backdrop.
    if (event.target === dialog.current && closeOnOverlayClick) void close();
  };

  return (
    <dialog
      ref={dialog}
      className="forge-dialog"
      aria-label={label}
      data-size={typeof size === 'string' ? size : 'custom'}
      style={typeof size === 'string' ? undefined : { width: size.width, height: size.height }}
      onKeyDown={onKeyDown}
      onCancel={onCancel}
      onClick={onClick}
    >
      <div className="forge-dialog-body">
        {(title || icon) && (
          <header className="forge-dialog-header">
            {icon && <img src={icon} alt="" width={24} height={24} />}
            <h1 className="forge-dialog-title">{title}</h1>
            <button type="button" className="forge-icon-button" onClick={() => void close()}>
              <Icon name="cross" label="Close" />
            </button>
          </header>
        )}
        {children({ close: (payload) => void close(payload), onClose: (callback) => void before.current.push(callback), escape })}
      </div>
    </dialog>
  );
}
