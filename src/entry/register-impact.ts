/** The calls that look along relations, for the resolver. */
import type { z } from 'zod';
import type { registerImpactCalls, Trouble } from '../contract';
import { classesNow, neighbourhood, pathBetween, whatIf } from '../register/service';
import type { Installed } from '../setup/model';
import { installedSite } from '../setup/service';
import { calendars } from '../setup/settings/service';
import { namesOf, seenByPerson } from '../work/service';

type Calls = typeof registerImpactCalls;
type Cases = { [One in keyof Calls]: (request: z.infer<Calls[One]['request']>) => Promise<z.infer<Calls[One]['answer']>> };

/** By key, as people call them. */
const classNames = async (): Promise<ReadonlyMap<string, string>> => new Map((await classesNow()).map(({ key, name }) => [key, name]));

async function onSite<T>(use: (site: Installed) => Promise<T>): Promise<T | Trouble> {
  const site = await installedSite();
  return site ? use(site) : { state: 'notSetUp' };
}

export const registerImpactCases: Cases = {
  'register.impact': (request) =>
    onSite(async (site) => {
      const [known, classes] = await Promise.all([calendars(), classNames()]);
      return whatIf(request, { calendars: known, classes, names: namesOf, seeing: (ids) => seenByPerson(ids, site) });
    }),
  'register.neighbourhood': (request) =>
    onSite(async () => {
      const [found, classes] = await Promise.all([neighbourhood(request), classNames()]);
      const used = new Set(found.nodes.flatMap((node) => node.class ?? []));
      return { ...found, classes: [...used].map((id) => ({ id, name: classes.get(id) ?? id })) };
    }),
  'register.path': (request) => onSite(() => pathBetween(request)),
};
