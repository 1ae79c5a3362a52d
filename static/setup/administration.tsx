/** The administration of USM: one page with subpages, each with an address of its own and loaded when it is opened. */
import { lazy } from 'react';
import { Setup } from './flow/setup';
import { Shell, type Subpages } from './ui/shell';

const PAGES: Subpages = [
  { path: '/', name: 'Setup', icon: 'list', Page: Setup },
  { path: '/drift', name: 'Drift', icon: 'drift', Page: lazy(() => import('./drift/drift').then(({ Drift }) => ({ default: Drift }))) },
  { path: '/rules', name: 'Rules', icon: 'shield', Page: lazy(() => import('./rules/rules').then(({ Rules }) => ({ default: Rules }))) },
  {
    path: '/existing-work',
    name: 'Existing work',
    icon: 'transfer',
    Page: lazy(() => import('./existing/existing-work').then(({ ExistingWork }) => ({ default: ExistingWork }))),
  },
  { path: '/ledger', name: 'Ledger', icon: 'table', Page: lazy(() => import('./ledger/ledger').then(({ Ledger }) => ({ default: Ledger }))) },
  {
    path: '/settings',
    name: 'Settings',
    icon: 'gear',
    Page: lazy(() => import('./settings/settings').then(({ Settings }) => ({ default: Settings }))),
  },
];

export const Administration = () => <Shell label="USM for Jira" pages={PAGES} />;
