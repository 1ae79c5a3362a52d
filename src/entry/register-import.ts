/** The calls that bring files into the register and out of it, for the resolver. */
import type { z } from 'zod';
import type { registerImportCalls, Trouble } from '../contract';
import * as register from '../register/service';
import { installedSite } from '../setup/service';
import { namesOf, seenByPerson } from '../work/service';
import type { Subject } from './access';

type Calls = typeof registerImportCalls;
type Cases = { [One in keyof Calls]: (request: z.infer<Calls[One]['request']>, subject: Subject) => Promise<z.infer<Calls[One]['answer']>> };

async function importing<T>({ accountId }: Subject, use: (asking: register.Importing) => Promise<T>): Promise<T | Trouble> {
  const site = await installedSite();
  return site ? use({ accountId, names: namesOf, seeing: (ids) => seenByPerson(ids, site) }) : { state: 'notSetUp' };
}

export const registerImportCases: Cases = {
  'register.importSetup': (_request, subject) => importing(subject, register.importing.setup),
  'register.importKnown': (request, subject) => importing(subject, () => register.importing.known(request)),
  'register.importBegin': (request, subject) => importing(subject, (asking) => register.importing.begin(request, asking)),
  'register.importPlan': (request, subject) => importing(subject, (asking) => register.importing.take(request, asking)),
  'register.importStep': (request, subject) => importing(subject, (asking) => register.importing.step(request, asking)),
  'register.importPreview': (request, subject) => importing(subject, (asking) => register.importing.preview(request, asking)),
  'register.importDecide': (request, subject) => importing(subject, (asking) => register.importing.decide(request, asking)),
  'register.importApply': (request, subject) => importing(subject, (asking) => register.importing.apply(request, asking)),
  'register.importStop': (request, subject) => importing(subject, (asking) => register.importing.stop(request, asking)),
  'register.importReport': (request, subject) => importing(subject, (asking) => register.importing.report(request, asking)),
  'register.importUndo': (request, subject) => importing(subject, (asking) => register.importing.undoRun(request, asking)),
  'register.export': (request, subject) => importing(subject, () => register.exported(request)),
};
