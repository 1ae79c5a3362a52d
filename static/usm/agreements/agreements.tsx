/** What is agreed: the list, one agreement, its chain. */
import { lazy } from 'react';
import { useAddress } from '../../setup/ui/address';
import { placeOf } from './address';
import { List } from './list/list';

const AgreementPage = lazy(() => import('./agreement/agreement-page').then((page) => ({ default: page.AgreementPage })));
const ChainPage = lazy(() => import('./chain/chain-page').then((page) => ({ default: page.ChainPage })));
const EditPage = lazy(() => import('./edit/edit-page').then((page) => ({ default: page.EditPage })));
const ImportPage = lazy(() => import('./files/import-page').then((page) => ({ default: page.ImportPage })));

export function Agreements() {
  const { path } = useAddress();
  const place = placeOf(path);
  switch (place.page) {
    case 'list':
      return <List />;
    case 'chain':
      return <ChainPage key={place.id} id={place.id} />;
    case 'import':
      return <ImportPage />;
    case 'edit':
      return <EditPage key={place.id} id={place.id} />;
    case 'agreement':
      return <AgreementPage key={place.id} id={place.id} />;
  }
}
