/** A space that USM works in, on a site in this process: made by the parts of setup, without its steps. */
import { setupTarget } from '../../../src/contract';
import { BLUEPRINT } from '../../../src/setup/blueprint';
import { type Installed, installed } from '../../../src/setup/model';
import { PARTS } from '../../../src/setup/parts';
import { idOf, siteOf } from '../../../src/setup/site';
import { ENVIRONMENT, type FreshSite } from './site';

export async function withUsm({ person, app }: Pick<FreshSite, 'person' | 'app'>, key = 'NSS', name = 'Noordhaven'): Promise<Installed> {
  const target = setupTarget.parse({ spaces: { kind: 'new', key, name } });
  const site = siteOf({ person, app }, target, ENVIRONMENT);
  for (const part of PARTS) for (const keys of part.groups(target)) await part.ensure(site, keys);
  const { fields, statuses, workTypes, workflows, resolutions, linkTypes } = site.ids;
  const roles = Object.fromEntries(BLUEPRINT.roles.map((one) => [one.key, idOf(site.ids, 'roles', one.key)]));
  return installed.parse({
    version: 1,
    fields,
    statuses,
    workTypes,
    workflows,
    resolutions,
    linkTypes,
    roles,
    projects: [{ id: idOf(site.ids, 'project', key), key, name, existing: false }],
    all: site.ids,
    choices: {},
    blueprint: '',
    applied: { hash: '', by: { accountId: 'somebody', name: 'Somebody' }, at: 0 },
  });
}
