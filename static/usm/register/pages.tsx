/** The pages of the register, side by side. */
import { PageLink } from '../../setup/ui/page-link';
import { type PageName, pagePath, REGISTER } from './address';
import { useOpen } from './open';
import styles from '../records/records.module.css';

const NAMES: readonly (readonly [PageName, string])[] = [
  ['removal', 'Suggested for removal'],
  ['calendar', 'Calendar of changes'],
  ['import', 'Import and export'],
  ['classes', 'Classes and rules'],
];

export function Pages({ here }: { here?: PageName }) {
  const { page } = useOpen();
  return (
    <nav aria-label="The register" className={styles['tabs']}>
      <PageLink to={REGISTER} here={here === undefined}>
        Items
      </PageLink>
      {NAMES.filter(([name]) => page(name)).map(([name, words]) => (
        <PageLink key={name} to={pagePath(name)} here={here === name}>
          {words}
        </PageLink>
      ))}
    </nav>
  );
}
