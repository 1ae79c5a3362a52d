/** The calls of the register, for the resolver. */
import type { z } from 'zod';
import type { registerCalls, Trouble } from '../contract';
import * as register from '../register/service';
import { installedSite } from '../setup/service';
import { calendars } from '../setup/settings/service';
import { namesOf, seenByPerson } from '../work/service';
import { keepsAgreements, type Subject } from './access';

type Calls = typeof registerCalls;
type Cases = { [One in keyof Calls]: (request: z.infer<Calls[One]['request']>, subject: Subject) => Promise<z.infer<Calls[One]['answer']>> };

/** `keeps`: known already where the call is for keepers alone. */
async function onRegister<T>({ accountId }: Subject, use: (looking: register.Looking) => Promise<T>, keeps?: true): Promise<T | Trouble> {
  const site = await installedSite();
  if (!site) return { state: 'notSetUp' };
  const [known, keeping] = await Promise.all([calendars(), keeps ?? keepsAgreements()]);
  return use({
    accountId,
    keeps: keeping,
    calendars: known,
    names: namesOf,
    seen: (ids) => (ids.length === 0 ? Promise.resolve(new Map()) : seenByPerson(ids, site)),
  });
}
const onSite = async <T>(use: () => Promise<T>): Promise<T | Trouble> => ((await installedSite()) ? use() : { state: 'notSetUp' });

export const registerCases: Cases = {
  'register.list': (request, subject) => onRegister(subject, (looking) => register.list(request, looking)),
  'register.facets': (request) => onSite(() => register.facets(request)),
  'register.get': (request, subject) => onRegister(subject, (looking) => register.get(request, looking)),
  'register.history': (request, subject) => onRegister(subject, (looking) => register.history(request, looking)),
  'register.relations': (request) => onSite(() => register.relations(request)),
  'register.new': (request, subject) => onRegister(subject, (looking) => register.register(request, looking), true),
  'register.save': (request, subject) => onRegister(subject, (looking) => register.save(request, looking), true),
  'register.relate': (request, subject) => onRegister(subject, (looking) => register.relate(request, looking), true),
  'register.verify': (request, subject) => onRegister(subject, (looking) => register.verify(request, looking), true),
  'register.setKeeper': (request, subject) => onRegister(subject, (looking) => register.setKeeper(request, looking), true),
  'register.classes': (_request, subject) => onRegister(subject, register.classes),
  'register.saveClasses': (request) => onSite(() => register.saveClasses(request)),
  'register.settings': (_request, subject) => onRegister(subject, register.settings),
  'register.saveSettings': (request) => onSite(() => register.saveSettings(request)),
  'register.views': (_request, { accountId }) => onSite(() => register.views(accountId)),
  'register.saveView': ({ view }, { accountId }) => onSite(() => register.saveView(accountId, view)),
  'register.removeView': (request, { accountId }) => onSite(() => register.removeView(accountId, request)),
  'register.keepColumns': (request, { accountId }) => onSite(() => register.keepColumns(accountId, request)),
  'register.choices': (request) => onSite(() => register.choices(request)),
  'register.unused': (request) => onSite(() => register.unused(request)),
};
