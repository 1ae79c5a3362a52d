/** The page's theme, as its <html> says. */
import type { Theme } from '../frame/theme';

const DEFAULT_THEME = 'light:light dark:dark spacing:spacing typography:typography shape:shape motion:motion';

/** What the page shows now. */
export function currentTheme(): Theme {
  const { colorMode, theme } = document.documentElement.dataset;
  return { colorMode: colorMode ?? 'light', theme: theme ?? DEFAULT_THEME };
}

/** `theme` of getContext: {colorMode, light, dark, spacing, ...}. */
export function themeState(): Record<string, string> {
  const { colorMode, theme } = currentTheme();
  const parts = theme.split(' ').map((part): [string, string] => {
    const [name = '', value = ''] = part.split(':');
    return [name, value];
  });
  return { colorMode, ...Object.fromEntries(parts) };
}

/** Calls back whenever the page's theme changes. Answers a function that ends it. */
export function watchTheme(changed: (theme: Theme) => void): () => void {
  const observer = new MutationObserver(() => changed(currentTheme()));
  observer.observe(document.documentElement, { attributeFilter: ['data-color-mode', 'data-theme'] });
  return () => observer.disconnect();
}
