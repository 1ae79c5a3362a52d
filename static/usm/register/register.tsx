/** The managed infrastructure register: the list, one item, what it reaches, files, classes, the calendar. */
import { type ComponentType, lazy } from 'react';
import { useAddress } from '../../setup/ui/address';
import { type ItemPageName, type PageName, placeOf } from './address';
import { List } from './list/list';
import { type Open, OpenProvider } from './open';

/** Each a chunk of its own, loaded when it is opened. One without a page yet is the list, and nothing leads to it. */
const PAGES: Partial<Record<PageName, ComponentType>> = {
  classes: lazy(() => import('./classes/classes-page').then((page) => ({ default: page.ClassesPage }))),
  new: lazy(() => import('./edit/new-page').then((page) => ({ default: page.NewPage }))),
  removal: lazy(() => import('./removal/removal-page').then((page) => ({ default: page.RemovalPage }))),
  calendar: lazy(() => import('./calendar/calendar').then((page) => ({ default: page.Calendar }))),
};

/** As PAGES; one without a page yet is the item. */
const ITEM_PAGES: Partial<Record<ItemPageName, ComponentType<{ itemKey: string }>>> = {
  impact: lazy(() => import('./impact/impact-page').then((page) => ({ default: page.ImpactPage }))),
  explore: lazy(() => import('./explore/explore-page').then((page) => ({ default: page.ExplorePage }))),
};

const ItemPage = lazy(() => import('./item/item-page').then((page) => ({ default: page.ItemPage })));

const OPEN: Open = { page: (name) => PAGES[name] !== undefined, ofItem: (name) => ITEM_PAGES[name] !== undefined };

function Place() {
  const place = placeOf(useAddress().path);
  switch (place.at) {
    case 'list':
      return <List />;
    case 'page': {
      const Page = PAGES[place.name] ?? List;
      return <Page />;
    }
    case 'item':
      return <ItemPage key={place.key} itemKey={place.key} />;
    case 'itemPage': {
      const Page = ITEM_PAGES[place.name] ?? ItemPage;
      return <Page key={place.key} itemKey={place.key} />;
    }
  }
}

export const Register = () => (
  <OpenProvider value={OPEN}>
    <Place />
  </OpenProvider>
);
