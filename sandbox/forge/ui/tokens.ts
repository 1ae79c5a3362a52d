/** Atlassian's design tokens as one stylesheet, for the app's frames and for the pages of the site. */
import { createRequire } from 'node:module';

/** One stylesheet serves both colour modes: which one shows is an attribute of <html>. */
const THEMES = ['light', 'dark', 'spacing', 'typography', 'shape', 'motion'] as const;

let css: string | undefined;

/** The stylesheet; it applies where <html> carries `data-color-mode` and `data-theme`. */
export function tokensCss(): string {
  const require = createRequire(import.meta.url);
  css ??= THEMES.map((theme) => (require(`@atlaskit/tokens/dist/cjs/artifacts/themes/atlassian-${theme}.js`) as { default: string }).default).join(
    '\n',
  );
  return css;
}
