/** What people can ask for: the catalog, one item with its form, and the items as whoever keeps them sees them. */
import { lazy, useMemo, useState } from 'react';
import type { Person } from '../../../src/contract';
import { useAddress } from '../../setup/ui/address';
import { placeOf } from './address';
import { AsProvider } from './as';
import { Browse } from './browse/browse';

const ItemPage = lazy(() => import('./item/item-page').then((page) => ({ default: page.ItemPage })));
const KeepList = lazy(() => import('./keep/keep-list').then((page) => ({ default: page.KeepList })));
const Editor = lazy(() => import('./keep/editor').then((page) => ({ default: page.Editor })));

export function Catalog() {
  const { path } = useAddress();
  const [person, choose] = useState<Person>();
  const as = useMemo(() => ({ person, choose }), [person]);
  const place = placeOf(path);
  const page = () => {
    switch (place.page) {
      case 'browse':
        return <Browse />;
      case 'item':
        return <ItemPage key={place.id} id={place.id} />;
      case 'keep':
        return <KeepList />;
      case 'new':
        return <Editor key="new" />;
      case 'edit':
        return <Editor key={place.id} id={place.id} />;
    }
  };
  return <AsProvider value={as}>{page()}</AsProvider>;
}
