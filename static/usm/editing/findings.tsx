/** What is to be mended, each with the way to its place. */
import layout from '../../setup/ui/layout.module.css';
import styles from './editing.module.css';
import { focusPlace } from './use-editor';

export const Jumps = ({ all }: { all: readonly { path?: string | undefined; text: string }[] }) => (
  <ul className={layout['bullets']}>
    {all.map(({ path, text }, index) => (
      <li key={index}>
        {path === undefined ? (
          text
        ) : (
          <button type="button" className={styles['jump']} onClick={() => focusPlace(path)}>
            {text}
          </button>
        )}
      </li>
    ))}
  </ul>
);
