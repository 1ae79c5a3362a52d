import type { PlacedModule } from '../../../contract';

const OWN_PAGES: Record<string, string> = { 'jira:globalPage': '/jira/apps/', 'jira:adminPage': '/jira/settings/apps/' };

/** Where a module's own page stands; by its key where the site names no address. */
export const addressOf = (module: PlacedModule): string => module.address ?? `${OWN_PAGES[module.type] ?? '/jira/apps/'}${module.moduleKey}`;

/** The module whose page an address, or one below it, is; a module's key alone leads there too. */
export function moduleAt(modules: PlacedModule[], path: string): PlacedModule | undefined {
  const owns = (address: string): boolean => path === address || path.startsWith(`${address}/`);
  return modules.find((module) => owns(addressOf(module))) ?? modules.find((module) => owns(`${OWN_PAGES[module.type] ?? ''}${module.moduleKey}`));
}
