/** Ids that stay the same for a site, so that a snapshot fits the site it came from. */
import { createHash } from 'node:crypto';

/** A uuid that depends on nothing but the text. */
export function stableUuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export interface SiteIds {
  cloudId: string;
  /** ari:cloud:jira::site/{cloudId} */
  contextAri: string;
  environmentId: string;
  installationId: string;
}

/** `installation` counts how often the app was installed before: storage belongs to an installation. */
export function siteIds(siteUrl: string, appId: string, installation = 0): SiteIds {
  const cloudId = stableUuid(`site ${siteUrl}`);
  return {
    cloudId,
    contextAri: `ari:cloud:jira::site/${cloudId}`,
    environmentId: stableUuid(`environment ${siteUrl} ${appId}`),
    installationId: stableUuid(`installation ${siteUrl} ${appId}${installation > 0 ? ` ${installation}` : ''}`),
  };
}
