/** The Content-Security-Policy that every file of an app's resource is served with, in the platform's shape without Atlassian's hosts. */
import { createHash } from 'node:crypto';
import { z } from 'zod';

/** What a manifest may add under permissions.content; anything else is dropped, as the platform does. */
const CONTENT_STYLES = new Set(['unsafe-inline']);
const CONTENT_SCRIPTS = new Set(['unsafe-inline', 'unsafe-eval', 'unsafe-hashes', 'blob:']);
const SCRIPT_HASH = /^sha(256|384|512)-[A-Za-z0-9+/]+={0,2}$/;

/** Also set as the iframe's own attribute by the host. */
export const FRAME_SANDBOX =
  'allow-popups allow-popups-to-escape-sandbox allow-downloads allow-forms allow-modals allow-pointer-lock allow-same-origin allow-scripts';

/** permissions.external of a manifest, as far as the browser is concerned. */
export interface ExternalSources {
  images?: readonly string[];
  media?: readonly string[];
  scripts?: readonly string[];
  styles?: readonly string[];
  fonts?: readonly string[];
  frames?: readonly string[];
  connect?: readonly string[];
}

export interface PolicyInput {
  siteOrigin: string;
  contentStyles: readonly string[];
  contentScripts: readonly string[];
  external?: ExternalSources;
  /** The page the policy is for: its inline scripts get their hash. */
  html?: string;
}

/** The header's value. */
export function contentSecurityPolicy({ siteOrigin, contentStyles, contentScripts, external = {}, html }: PolicyInput): string {
  const directives: [string, readonly string[]][] = [
    ['default-src', ["'self'"]],
    ['frame-ancestors', ["'self'", siteOrigin]],
    ['frame-src', ["'self'", siteOrigin, ...(external.frames ?? [])]],
    ['font-src', ["'self'", ...(external.fonts ?? [])]],
    ['img-src', ["'self'", 'data:', 'blob:', siteOrigin, ...(external.images ?? [])]],
    ['media-src', ["'self'", 'data:', 'blob:', siteOrigin, ...(external.media ?? [])]],
    // The platform names the site here too; there the app's requests carry no login. Two ports of one host share cookies, so here the bridge is the only way.
    ['connect-src', ["'self'", ...(external.connect ?? [])]],
    ['script-src', ["'self'", ...scriptSources(contentScripts, html), ...(external.scripts ?? [])]],
    ['style-src', ["'self'", siteOrigin, ...contentStyles.filter((source) => CONTENT_STYLES.has(source)).map(quoted), ...(external.styles ?? [])]],
    ['form-action', ["'self'"]],
    ['sandbox', [FRAME_SANDBOX]],
  ];
  return directives.map(([name, sources]) => `${name} ${sources.join(' ')}`).join('; ');
}

function scriptSources(declared: readonly string[], html: string | undefined): string[] {
  const valid = declared.filter((source) => CONTENT_SCRIPTS.has(source) || SCRIPT_HASH.test(source));
  // A hash beside 'unsafe-inline' would switch it off.
  const hashes = html === undefined || valid.includes('unsafe-inline') ? [] : inlineScriptHashes(html);
  return [...new Set([...valid, ...hashes])].map(quoted);
}

function inlineScriptHashes(html: string): string[] {
  return [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)]
    .filter(([, attributes, text]) => text !== '' && !/\ssrc\s*=/i.test(attributes ?? ''))
    .map(
      ([, , text]) =>
        `sha256-${createHash('sha256')
          .update(text ?? '')
          .digest('base64')}`,
    );
}

const quoted = (source: string): string => (source.endsWith(':') ? source : `'${source}'`);

const addressesSchema = z.array(z.union([z.string(), z.object({ address: z.string() }).transform((one) => one.address)])).optional();
const permissionsSchema = z.looseObject({
  content: z.looseObject({ styles: z.array(z.string()).default([]), scripts: z.array(z.string()).default([]) }).optional(),
  external: z
    .looseObject({
      images: addressesSchema,
      media: addressesSchema,
      scripts: addressesSchema,
      styles: addressesSchema,
      fonts: addressesSchema,
      frames: addressesSchema,
      fetch: z.looseObject({ client: addressesSchema }).optional(),
    })
    .optional(),
});

/** What a manifest's `permissions` let its pages do. */
export function pagePermissions(permissions: unknown): Pick<PolicyInput, 'contentStyles' | 'contentScripts' | 'external'> {
  const { content, external } = permissionsSchema.parse(permissions ?? {});
  return {
    contentStyles: content?.styles ?? [],
    contentScripts: content?.scripts ?? [],
    external: external && { ...external, connect: external.fetch?.client },
  };
}
