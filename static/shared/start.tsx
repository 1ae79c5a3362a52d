/** Starts a page: the host's theme, the base styles, and its one component. */
import './no-eval';
import { view } from '@forge/bridge';
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import './base.css';
import { report } from './report';

/** Shows the page. Colours come with the host's theme; a host without one still shows a readable page. */
export function start(page: ReactNode): void {
  view.theme.enable().catch((error: unknown) => report('No theme', error));
  const root = document.getElementById('app');
  if (!root) throw new Error('The page has no element "app".');
  createRoot(root).render(<StrictMode>{page}</StrictMode>);
}
