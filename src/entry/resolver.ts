/** Every call of the browser: parse, authorise, use case, map faults. */
import { makeResolver } from '@forge/resolver';
import { getUser } from 'jira.js/cloud';
import { z } from 'zod';
import { type Trouble, setupCalls, workCalls } from '../contract';
import { jira, JiraError } from '../jira/client';
import { asFault, Fault, newReference } from '../platform/errors';
import { migrate } from '../platform/sql';
import { log } from '../platform/log';
import type { Installed } from '../setup/model';
import * as setup from '../setup/service';
import * as work from '../work/service';
import { authorise, type CallName, type Subject } from './access';

const calls = { ...workCalls, ...setupCalls };
type Calls = typeof calls;
type Request<Name extends CallName> = z.infer<Calls[Name]['request']>;
type Answer<Name extends CallName> = z.infer<Calls[Name]['answer']>;

/** The work item of the page, and the site's objects; `notSetUp` before setup has run. */
async function onItem<T>(subject: Subject, use: (itemId: string, site: Installed) => Promise<T>): Promise<T | Trouble> {
  if (subject.itemId === undefined) throw new Fault('person.notFound', 'This page stands on no work item. Open it from a work item.');
  const site = await setup.installedSite();
  return site ? use(subject.itemId, site) : { state: 'notSetUp' };
}

const asker = async ({ accountId }: Subject): Promise<work.Asker> => ({
  accountId,
  name: z.object({ displayName: z.string() }).parse(await getUser(jira('person'), { accountId })).displayName,
});

const applied = { migrate: async () => void (await migrate(work.migrations)) };

const useCases: { [Name in CallName]: (request: Request<Name>, subject: Subject) => Promise<Answer<Name>> } = {
  'work.process': (_request, subject) => onItem(subject, (id, site) => work.processPanel(id, subject.accountId, site)),
  'work.handOverForm': (_request, subject) => onItem(subject, async (id, site) => work.handOverForm(id, await asker(subject), site)),
  'work.handOver': (request, subject) => onItem(subject, (id, site) => work.handOver(id, subject.accountId, request, site)),
  'work.retry': (_request, subject) =>
    onItem(subject, async (id, site) => {
      // The panel is read as the person first: whoever may not see the work item moves nothing.
      const seen = await work.processPanel(id, subject.accountId, site);
      if (seen.state !== 'ok') return seen;
      await work.retry(id, await work.receiptsOf(id), site);
      return work.processPanel(id, subject.accountId, site);
    }),
  'setup.status': () => setup.status(),
  'setup.plan': (target) => setup.plan(target),
  'setup.step': ({ target, hash }) => setup.step(target, hash, applied),
};

/** A fault as the page shows it; what the person cannot mend is logged with its reference. */
export function toTrouble(thrown: unknown, call: string): Trouble {
  const fault =
    thrown instanceof JiraError && thrown.status < 500
      ? new Fault('person.refused', `Jira did not accept this: ${thrown.messages.join(' ')}`, { cause: thrown })
      : asFault(thrown);
  const reference = newReference();
  if (fault.code === 'person.forbidden') return { state: 'forbidden', text: fault.text };
  if (!fault.code.startsWith('person.')) log.error('call.failed', thrown, { call, reference, code: fault.code });
  else log.info('call.refused', { call, reference, code: fault.code });
  return { state: 'error', code: fault.code, text: fault.text, reference };
}

function answering<Name extends CallName>(name: Name) {
  return async ({ payload, context }: { payload: unknown; context: unknown }): Promise<Answer<Name> | Trouble> => {
    try {
      const subject = await authorise(name, context);
      const parsed = calls[name].request.safeParse(payload ?? {});
      if (!parsed.success) {
        const where = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
        throw new Fault('person.input', `Something in the form is missing or not usable (${where}). Check it and send it again.`);
      }
      return await useCases[name](parsed.data as Request<Name>, subject);
    } catch (thrown) {
      return toTrouble(thrown, name);
    }
  };
}

const names = Object.keys(calls) as CallName[];

export const resolver = makeResolver(Object.fromEntries(names.map((name) => [name, answering(name)])));
