/** What agreements stand on: parties, services and blocks. */
import { useAddress } from '../../setup/ui/address';
import layout from '../../setup/ui/layout.module.css';
import { PageHead } from '../../setup/ui/page-head';
import { PageLink } from '../../setup/ui/page-link';
import type { Json } from '../agreements/edit/merge';
import { listPath, placeOf } from './address';
import { BLOCKS } from './blocks';
import { RecordList } from './list';
import { PARTIES } from './parties';
import { RecordPage } from './record-page';
import styles from './records.module.css';
import { SERVICES } from './services';
import type { Spec } from './spec';

const ALL = [PARTIES, SERVICES, BLOCKS] as const;
const PATHS = ALL.map(({ path }) => path);

function Shown<Row extends { id: string; name: string }, Form extends Json>({ spec, id }: { spec: Spec<Row, Form>; id: string | undefined }) {
  if (id !== undefined) return <RecordPage key={id} spec={spec} id={id} />;
  return (
    <>
      <PageHead title={spec.many} text={spec.about} />
      <nav aria-label="Records" className={styles['tabs']}>
        {ALL.map(({ path, many }) => (
          <PageLink key={path} to={listPath(path)} here={path === spec.path}>
            {many}
          </PageLink>
        ))}
      </nav>
      <RecordList key={spec.path} spec={spec} />
    </>
  );
}

export function Records() {
  const { path } = useAddress();
  const { kind, id } = placeOf(path, PATHS);
  return (
    <div className={layout['page']}>
      {kind === 'services' ? (
        <Shown spec={SERVICES} id={id} />
      ) : kind === 'blocks' ? (
        <Shown spec={BLOCKS} id={id} />
      ) : (
        <Shown spec={PARTIES} id={id} />
      )}
    </div>
  );
}
