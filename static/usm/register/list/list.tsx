/** The managed items: found by words, facets and filters, which are all in the address. */
import layout from '../../../setup/ui/layout.module.css';
import { PageHead } from '../../../setup/ui/page-head';

export const List = () => (
  <div className={layout['page']}>
    <PageHead title="Register of managed items" />
  </div>
);
