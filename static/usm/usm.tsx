/** USM for everybody who works: what has been handed over, what a new call is, and what is agreed. */
import { lazy } from 'react';
import { Shell, type Subpages } from '../setup/ui/shell';
import { Board } from './board/board';

const PAGES: Subpages = [
  { path: '/', name: 'Hand-offs', icon: 'fork', Page: Board },
  { path: '/triage', name: 'Triage', icon: 'list', Page: lazy(() => import('./triage/triage').then(({ Triage }) => ({ default: Triage }))) },
  {
    path: '/catalog',
    name: 'Catalog',
    icon: 'catalog',
    Page: lazy(() => import('./catalog/catalog').then(({ Catalog }) => ({ default: Catalog }))),
  },
  {
    path: '/agreements',
    name: 'Agreements',
    icon: 'agreement',
    Page: lazy(() => import('./agreements/agreements').then(({ Agreements }) => ({ default: Agreements }))),
  },
  {
    path: '/coverage',
    name: 'Coverage',
    icon: 'table',
    Page: lazy(() => import('./coverage/coverage').then(({ Coverage }) => ({ default: Coverage }))),
  },
  {
    path: '/register',
    name: 'Register',
    icon: 'register',
    Page: lazy(() => import('./register/register').then(({ Register }) => ({ default: Register }))),
  },
  {
    path: '/records',
    name: 'Records',
    icon: 'team',
    Page: lazy(() => import('./records/records').then(({ Records }) => ({ default: Records }))),
  },
];

export const Usm = () => <Shell label="USM" pages={PAGES} />;
