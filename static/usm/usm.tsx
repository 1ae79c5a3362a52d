/** USM for everybody who works: what has been handed over, and what a new call is. */
import { lazy } from 'react';
import { Shell, type Subpages } from '../setup/ui/shell';
import { Board } from './board/board';

const PAGES: Subpages = [
  { path: '/', name: 'Hand-offs', icon: 'fork', Page: Board },
  { path: '/triage', name: 'Triage', icon: 'list', Page: lazy(() => import('./triage/triage').then(({ Triage }) => ({ default: Triage }))) },
];

export const Usm = () => <Shell label="USM" pages={PAGES} />;
