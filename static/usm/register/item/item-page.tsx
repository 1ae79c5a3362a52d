/** One managed item: what it is, who changed what by which work item, what depends on it. */
import layout from '../../../setup/ui/layout.module.css';
import { PageHead } from '../../../setup/ui/page-head';
import { Crumbs } from '../../agreements/crumbs';
import { REGISTER } from '../address';

export const ItemPage = ({ itemKey }: { itemKey: string }) => (
  <div className={layout['page']}>
    <Crumbs way={[{ to: REGISTER, name: 'Register' }]} here={itemKey} />
    <PageHead title={itemKey} />
  </div>
);
