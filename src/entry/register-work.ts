/** The calls of the register beside work items, for the resolver. */
import type { z } from 'zod';
import type { registerWorkCalls, Trouble } from '../contract';
import { Fault } from '../platform/errors';
import { installedSite } from '../setup/service';
import * as settings from '../setup/settings/service';
import * as work from '../work/service';
import type { Subject } from './access';

type Calls = typeof registerWorkCalls;
type Cases = { [One in keyof Calls]: (request: z.infer<Calls[One]['request']>, subject: Subject) => Promise<z.infer<Calls[One]['answer']>> };

async function onSite<T>(use: (site: work.RuledSite) => Promise<T>): Promise<T | Trouble> {
  const [site, { trend }] = await Promise.all([installedSite(), settings.terms()]);
  return site ? use({ ...site, trend }) : { state: 'notSetUp' };
}

function onItem<T>({ itemId }: Subject, use: (itemId: string, site: work.RuledSite) => Promise<T>): Promise<T | Trouble> {
  if (itemId === undefined) throw new Fault('person.notFound', 'This page stands on no work item. Open it from a work item.');
  return onSite((site) => use(itemId, site));
}

export const registerWorkCases: Cases = {
  'register.forWorkItem': (_request, subject) => onItem(subject, work.registerPanel),
  'register.find': ({ words }) => work.findItems(words),
  'register.suggest': (_request, subject) => onItem(subject, work.suggestItems),
  'register.name': (request, subject) => onItem(subject, (id, site) => work.nameItem(id, request, site)),
  'register.plan': (request, subject) => onItem(subject, (id, site) => work.planItem(id, request, site)),
  'register.confirm': (request, subject) => onItem(subject, (id, site) => work.confirmItem(id, subject.accountId, request, site)),
  'register.workItems': (request) => onSite((site) => work.workOfItem(request, site)),
  'register.proposal': ({ key }) => onSite(async (site) => ({ state: 'ok', ...(await work.proposalFor(key, site)) })),
  'register.prevent': ({ key }, { accountId }) => onSite((site) => work.prevent(key, accountId, site)),
};
