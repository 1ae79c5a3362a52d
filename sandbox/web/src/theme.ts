/** Light or dark, as Jira marks it on the html element; remembered, and settable by `?theme=` in the address. */
export type ColorMode = 'light' | 'dark';

const STORED = 'site.theme';
const THEMES = 'light:light dark:dark spacing:spacing typography:typography shape:shape motion:motion';

const isMode = (value: string | null): value is ColorMode => value === 'light' || value === 'dark';

/** What the address asks for, or what was chosen last; light at first. */
export function initialColorMode(): ColorMode {
  const asked = new URLSearchParams(location.search).get('theme');
  if (isMode(asked)) {
    localStorage.setItem(STORED, asked);
    return asked;
  }
  const stored = localStorage.getItem(STORED);
  return isMode(stored) ? stored : 'light';
}

export const colorMode = (): ColorMode => (document.documentElement.dataset['colorMode'] === 'dark' ? 'dark' : 'light');

export function applyColorMode(mode: ColorMode): void {
  document.documentElement.dataset['colorMode'] = mode;
  document.documentElement.dataset['theme'] = THEMES;
}

export function chooseColorMode(mode: ColorMode): void {
  localStorage.setItem(STORED, mode);
  applyColorMode(mode);
}
