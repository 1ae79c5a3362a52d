/** SA, OLA or UC before a name. */
import type { AgreementKind } from '../../../src/contract';
import styles from './tag.module.css';
import { KINDS } from './words';

export const KindTag = ({ kind }: { kind: AgreementKind }) => (
  <span className={styles['tag']} title={KINDS[kind]}>
    {kind}
  </span>
);
