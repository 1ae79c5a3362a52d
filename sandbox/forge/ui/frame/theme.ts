/** The site's theme on the frame's own page. */

export interface Theme {
  colorMode: string;
  /** As in `data-theme`: "light:light dark:dark spacing:spacing ...". */
  theme: string;
}

/** Called by the site when theming is enabled and whenever the person changes the theme. */
export function applyTheme({ colorMode, theme }: Theme): void {
  document.documentElement.dataset['colorMode'] = colorMode;
  document.documentElement.dataset['theme'] = theme;
}
