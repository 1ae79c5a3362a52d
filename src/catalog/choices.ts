/** Names of items, services and customers as choices of Jira's fields, so that a work item can name them. */
import * as agreements from '../agreements/service';
import type { CatalogChoices } from '../contract';
import { log } from '../platform/log';
import type { Installed } from '../setup/model';
import { choicesOf, offerChoices } from '../setup/service';
import { titlesAfter } from './items';
import type { Looking } from './looking';

export const followTitle = (title: string, { fields }: Pick<Installed, 'fields'>): Promise<void> => offerChoices(fields.catalogItem, [title]);

const AT_ONCE = 1_000;

async function titles(): Promise<string[]> {
  const all: string[] = [];
  for (;;) {
    const some = await titlesAfter(all.at(-1) ?? '', AT_ONCE);
    all.push(...some);
    if (some.length < AT_ONCE) return all;
  }
}

/** Every record in use can be chosen: after an import, and once a day. */
export async function followRecords({ fields }: Pick<Installed, 'fields'>): Promise<void> {
  const { services, customers } = await agreements.namesInUse();
  await offerChoices(fields.service, services);
  await offerChoices(fields.customer, customers);
  await offerChoices(fields.catalogItem, await titles());
}

/** A record that was saved can be chosen. Where Jira does not take it now, the daily round offers it. */
export async function followRecord(kind: 'service' | 'customer', name: string, { fields }: Pick<Installed, 'fields'>): Promise<void> {
  await offerChoices(fields[kind], [name]).catch((thrown: unknown) => log.warn('catalog.notOffered', { kind, name, why: String(thrown) }));
}

/** What the editor of an item lets choose from. */
export async function choices({ site, calendars }: Looking): Promise<CatalogChoices> {
  const [services, teams, categories] = await Promise.all([
    agreements.namesOfKind('service'),
    choicesOf(site.fields.solutionTeam),
    choicesOf(site.fields.category),
  ]);
  return {
    state: 'ok',
    services: [...services].map(([id, { name }]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name)),
    teams: teams.map(({ name }) => name),
    categories: categories.map(({ name, below }) => ({ parent: name, children: below })),
    calendars: calendars.map(({ id, name }) => ({ id, name })),
    spaces: site.projects.map(({ key, name }) => ({ key, name })),
  };
}
