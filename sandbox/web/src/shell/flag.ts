import { showFlag } from '../../../forge/ui/host/flags';
import { navigate } from '../router';
import type { Flag } from './site';

let next = 1;

/** Adds to the page's flags, which the frames of apps share: a success goes by itself, an error stays until it is closed. */
export function flag({ appearance, title, description, link }: Flag): void {
  showFlag({
    id: `site-${next++}`,
    type: appearance,
    title,
    description,
    isAutoDismiss: appearance === 'success',
    actions: link ? [{ text: link.label, onClick: () => navigate(link.href) }] : [],
  });
}
