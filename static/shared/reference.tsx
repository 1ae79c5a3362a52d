/** A reference into the log, copied by one click. */
import { useRef, useState } from 'react';
import { Hidden } from './hidden';
import { Icon } from './icons';
import styles from './reference.module.css';

/** Frames of other origins may lack the clipboard permission; selecting the text leaves the rest to the person's own copy command. */
async function copy(value: string, element: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    window.getSelection()?.selectAllChildren(element);
    return false;
  }
}

export function Reference({ value }: { value: string }) {
  const text = useRef<HTMLElement>(null);
  const [told, setTold] = useState('');
  const onClick = async (): Promise<void> => {
    if (text.current) setTold((await copy(value, text.current)) ? 'Copied' : 'Selected, copy it with the keyboard');
  };
  return (
    <span className={styles['reference']}>
      <code ref={text}>{value}</code>
      <button type="button" title={told || 'Copy reference'} onClick={() => void onClick()}>
        <Icon name={told === 'Copied' ? 'check' : 'copy'} />
        <Hidden>Copy reference {value}</Hidden>
      </button>
      <span role="status">
        <Hidden>{told}</Hidden>
      </span>
    </span>
  );
}
