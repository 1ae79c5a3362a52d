/** Every call of the browser: parse, authorise, use case, map faults. */
import { makeResolver } from '@forge/resolver';
import { getUser } from 'jira.js/cloud';
import { z } from 'zod';
import * as agreements from '../agreements/service';
import * as catalog from '../catalog/service';
import { type CallName, calls, type Trouble } from '../contract';
import { jira, JiraError } from '../jira/client';
import { asFault, Fault, newReference } from '../platform/errors';
import { log } from '../platform/log';
import type { Installed } from '../setup/model';
import * as register from '../register/service';
import * as drift from '../setup/drift/service';
import * as existing from '../setup/existing/service';
import * as rules from '../setup/rules/service';
import * as setup from '../setup/service';
import * as settings from '../setup/settings/service';
import * as work from '../work/service';
import { ACCESS, authorise, keepsAgreements, standing, type Subject } from './access';
import { registerCases } from './register';
import { registerImpactCases } from './register-impact';
import { registerWorkCases } from './register-work';
import { registerImportCases } from './register-import';
import { bringTables } from './tables';

type Calls = typeof calls;
const CALL_NAMES = Object.keys(calls) as CallName[];
type Request<Name extends CallName> = z.infer<Calls[Name]['request']>;
type Answer<Name extends CallName> = z.infer<Calls[Name]['answer']>;

/** How the rules stand, what the site has set, and who answers for a process. */
const conduct = async (): Promise<work.Conduct> => {
  const [inForce, accountable, terms, suppliers] = await Promise.all([
    rules.conduct(),
    settings.accountable(),
    settings.terms(),
    settings.suppliers(),
  ]);
  return { ...inForce, accountable, terms, suppliers };
};

/** What a page shows of the whole site; `notSetUp` before setup has run. */
async function onSite<T>(use: (site: Installed) => Promise<T>): Promise<T | Trouble> {
  const site = await setup.installedSite();
  return site ? use(site) : { state: 'notSetUp' };
}

function standingOn(itemId: string | undefined): string {
  if (itemId === undefined) throw new Fault('person.notFound', 'This page stands on no work item. Open it from a work item.');
  return itemId;
}

/** The work item of the page, the site's objects and how its rules stand; `notSetUp` before setup has run. */
async function onItem<T>(subject: Subject, use: (itemId: string, site: Installed, conduct: work.Conduct) => Promise<T>): Promise<T | Trouble> {
  const itemId = standingOn(subject.itemId);
  const [site, how] = await Promise.all([setup.installedSite(), conduct()]);
  return site ? use(itemId, site, how) : { state: 'notSetUp' };
}

/** What is done with a receipt answers with what the page shows anew: the panel of a work item, or the line of the board. */
async function receiving(subject: Subject, receipt: string, act: (how: work.OnSite) => Promise<work.Received>): Promise<Answer<'work.accept'>> {
  return onSite(async (site) => {
    const received = await act({ site, manners: settings.manners });
    if (received.state !== 'done') return received;
    if (subject.itemId !== undefined)
      return { ...received, panel: await work.processPanel(subject.itemId, subject.accountId, site, await conduct()) };
    const row = await work.handoffLine(receipt, subject.accountId, site);
    return { ...received, ...(row && { row }) };
  });
}

const asker = async ({ accountId }: Subject): Promise<work.Asker> => ({
  accountId,
  name: z.object({ displayName: z.string() }).parse(await getUser(jira('person'), { accountId })).displayName,
});

/** Agreements as this person sees them. `keeps`: known already where the call is for keepers alone. */
const onAgreements = <T>({ accountId }: Subject, use: (looking: agreements.Looking) => Promise<T>, keeps?: true): Promise<T | Trouble> =>
  onSite(async () => {
    const [calendars, keeping] = await Promise.all([settings.calendars(), keeps ?? keepsAgreements()]);
    return use({ accountId, keeps: keeping, calendars, names: work.namesOf, openWork: work.openUnder });
  });

/** The catalog as this person sees it. */
const onCatalog = <T>({ accountId }: Subject, use: (looking: catalog.Looking) => Promise<T>): Promise<T | Trouble> =>
  onSite(async (site) => {
    const [calendars, stands] = await Promise.all([settings.calendars(), standing()]);
    return use({ accountId, ...stands, calendars, site, names: work.namesOf });
  });

/** Work items name services and customers: what was saved can be chosen. */
async function offered<T extends { state: string }>(saved: T, kind: 'service' | 'customer' | undefined, name: string, site: Installed): Promise<T> {
  if (saved.state === 'ok' && kind !== undefined) await catalog.followRecord(kind, name, site);
  return saved;
}

/** Promises are counted in the calendars of the settings, so what can be kept is calculated anew after a change of them. */
async function settled<T extends { state: string }>(written: T): Promise<T> {
  if (written.state === 'ok') await agreements.recalculate();
  return written;
}

const useCases: { [Name in CallName]: (request: Request<Name>, subject: Subject) => Promise<Answer<Name>> } = {
  'work.process': (_request, subject) => onItem(subject, (id, site, how) => work.processPanel(id, subject.accountId, site, how)),
  'work.handOverForm': (_request, subject) => onItem(subject, async (id, site, how) => work.handOverForm(id, await asker(subject), site, how)),
  'work.handOver': (request, subject) => onItem(subject, (id, site, how) => work.handOver(id, subject.accountId, request, site, how)),
  'work.retry': (_request, subject) =>
    onItem(subject, async (id, site, how) => {
      // The panel is read as the person first: whoever may not see the work item moves nothing.
      const seen = await work.processPanel(id, subject.accountId, site, how);
      if (seen.state !== 'ok') return seen;
      await work.retry(id, await work.receiptsOf(id), site, settings.manners);
      return work.processPanel(id, subject.accountId, site, how);
    }),
  'deeds.form': (deed, subject) => onItem(subject, async (id, site, how) => work.deedForm(id, await asker(subject), deed, site, how)),
  'deeds.take': (request, subject) => onItem(subject, (id, site, how) => work.takeDeed(id, subject.accountId, request, site, how)),
  'work.receiptForm': ({ receipt }) => onSite((site) => work.receiptForm(receipt, site)),
  'work.accept': (request, subject) => receiving(subject, request.receipt, (how) => work.accept(subject.accountId, request, how)),
  'work.return': (request, subject) => receiving(subject, request.receipt, (how) => work.giveBack(subject.accountId, request, how)),
  'work.answer': (request, subject) => receiving(subject, request.receipt, (how) => work.answerReturn(subject.accountId, request, how)),
  'work.remind': (request, subject) => receiving(subject, request.receipt, (how) => work.remind(subject.accountId, request, how)),
  'work.removeLink': ({ link }, subject) =>
    onItem(subject, async (id, site, how) => {
      await work.removeLink(id, link, site);
      return work.processPanel(id, subject.accountId, site, how);
    }),
  'work.history': (request, { itemId }) => onSite((site) => work.workHistory(standingOn(itemId), request, site)),
  'work.approve': (request, subject) => onItem(subject, (id, site, how) => work.approve(id, subject.accountId, request, site, how)),
  'work.groupCandidates': (_request, subject) => onItem(subject, (id, site) => work.groupCandidates(id, site)),
  'work.group': ({ main }, subject) =>
    onItem(subject, async (id, site, how) => {
      await work.group(id, main, subject.accountId, site);
      return work.processPanel(id, subject.accountId, site, how);
    }),
  'work.ungroup': (_request, subject) =>
    onItem(subject, async (id, site, how) => {
      await work.ungroup(id, site);
      return work.processPanel(id, subject.accountId, site, how);
    }),
  'work.bringAlong': ({ message }, subject) =>
    onItem(subject, async (id, site, how) => {
      await work.bringAlong(id, message, subject.accountId, site);
      return work.processPanel(id, subject.accountId, site, how);
    }),
  'board.handoffs': ({ after }, subject) => onSite((site) => work.handoffBoard(after, subject.accountId, site)),
  'board.triage': () => onSite(work.triageForm),
  'agreements.list': (request, subject) => onAgreements(subject, (looking) => agreements.list(request, looking)),
  'agreements.get': (request, subject) => onAgreements(subject, (looking) => agreements.get(request, looking)),
  'agreements.chain': (request, subject) => onAgreements(subject, (looking) => agreements.chain(request, looking)),
  'agreements.compare': (request, subject) => onAgreements(subject, (looking) => agreements.compare(request, looking)),
  'agreements.applying': (request) => onSite(() => agreements.appliesTo(request)),
  'agreements.forWorkItem': (_request, { itemId }) => onSite(async (site) => work.agreementPanel(standingOn(itemId), site, await settings.manners())),
  'agreements.choose': (request, { itemId, accountId }) =>
    onSite(async (site) => work.chooseAgreement(standingOn(itemId), accountId, request, site, await settings.manners())),
  'agreements.coverage': () => onSite(() => agreements.coverage()),
  'agreements.new': (request, subject) => onAgreements(subject, (looking) => agreements.begin(request, looking), true),
  'agreements.clone': (request, subject) => onAgreements(subject, (looking) => agreements.clone(request, looking), true),
  'agreements.newVersion': (request, subject) => onAgreements(subject, (looking) => agreements.newVersion(request, looking), true),
  'agreements.save': (request, subject) => onAgreements(subject, (looking) => agreements.save(request, looking), true),
  'agreements.deed': (request, subject) => onAgreements(subject, (looking) => agreements.deed(request, looking), true),
  'agreements.accept': (request, subject) => onAgreements(subject, (looking) => agreements.accept(request, looking)),
  'agreements.import': (request, subject) =>
    onAgreements(
      subject,
      async (looking) => {
        if (request.step === 'take') return agreements.take(request);
        const answer = request.step === 'check' ? await agreements.check(request, looking) : await agreements.bring(request, looking);
        const site = answer.state === 'done' ? await setup.installedSite() : undefined;
        if (site) await catalog.followRecords(site);
        return answer;
      },
      true,
    ),
  'agreements.export': (request) => onSite(() => agreements.exported(request)),
  'wish.offer': (_request, subject) =>
    onAgreements(subject, (looking) => onSite((site) => work.wishOffer(standingOn(subject.itemId), site, looking))),
  'wish.draft': ({ item, ...asked }, subject) =>
    onAgreements(subject, (looking) => onSite((site) => work.wishDraft(subject.itemId ?? standingOn(item), asked, site, looking)), true),
  'records.parties': (request, subject) => onAgreements(subject, (looking) => agreements.parties(request, looking)),
  'records.saveParty': ({ record, rowVersion }) =>
    onSite(async (site) =>
      offered(await agreements.saveRecord('party', record, rowVersion), record.kind === 'customer' ? 'customer' : undefined, record.name, site),
    ),
  'records.services': (request, subject) => onAgreements(subject, (looking) => agreements.services(request, looking)),
  'records.saveService': ({ record, rowVersion }) =>
    onSite(async (site) =>
      offered(
        await agreements.saveRecord('service', record, rowVersion),
        ['offered', 'inUse', 'ending'].includes(record.state) ? 'service' : undefined,
        record.name,
        site,
      ),
    ),
  'records.blocks': (request, subject) => onAgreements(subject, (looking) => agreements.blocks(request, looking)),
  'records.saveBlock': ({ record, rowVersion }) => onSite(() => agreements.saveRecord('block', record, rowVersion)),
  'records.complete': (request) => onSite(() => agreements.complete(request)),
  'records.choices': () => onSite(async () => agreements.choices(await settings.calendars())),
  'catalog.browse': (request, subject) => onCatalog(subject, (looking) => catalog.browse(request, looking)),
  'catalog.item': (request, subject) => onCatalog(subject, (looking) => catalog.item(request, looking)),
  'catalog.request': (request, subject) => onCatalog(subject, (looking) => catalog.order(request, looking)),
  'catalog.tell': (request, subject) => onCatalog(subject, (looking) => catalog.tell(request, looking)),
  'catalog.mine': (_request, subject) => onCatalog(subject, catalog.mine),
  'catalog.approve': (request, subject) => onCatalog(subject, (looking) => catalog.approve(request, subject.itemId, looking)),
  'catalog.items': (request, subject) => onCatalog(subject, (looking) => catalog.items(request, looking)),
  'catalog.get': (request, subject) => onCatalog(subject, (looking) => catalog.get(request, looking)),
  'catalog.choices': (_request, subject) => onCatalog(subject, catalog.choices),
  'catalog.save': (request, subject) => onCatalog(subject, (looking) => catalog.save(request, looking)),
  'catalog.deed': (request, subject) => onCatalog(subject, (looking) => catalog.deed(request, looking)),
  'catalog.forWorkItem': (_request, subject) => onCatalog(subject, (looking) => catalog.panel(standingOn(subject.itemId), looking)),
  'catalog.start': (request, subject) => onCatalog(subject, (looking) => catalog.start(request, standingOn(subject.itemId), looking)),
  'register.calendar': (span) =>
    onSite(async (site) => register.calendar(span, { seeing: (ids) => work.seenByPerson(ids, site), keeps: await keepsAgreements() })),
  'register.saveFreeze': (request) => onSite(() => register.saveFreeze(request)),
  'register.removeFreeze': (request) => onSite(() => register.removeFreeze(request)),
  'setup.status': () => setup.status(),
  'setup.assess': () => setup.assess(),
  'setup.plan': (target) => setup.plan(target),
  'setup.step': async ({ target, hash, skip }, subject) => {
    const by = await asker(subject);
    return setup.step(target, hash, { migrate: bringTables, straighten: () => drift.straighten(by), skip, by });
  },
  'setup.undo': async ({ hash }, subject) => setup.undo(hash, await asker(subject)),
  'setup.verify': () => drift.verify(),
  'drift.read': ({ fresh }) => drift.read(fresh),
  ...registerCases,
  ...registerImpactCases,
  ...registerWorkCases,
  ...registerImportCases,
  'drift.repair': async ({ ids }, subject) => drift.repair(ids, await asker(subject)),
  'drift.accept': async ({ id, reason, review }, subject) => drift.accept(id, reason, review, await asker(subject)),
  'drift.reopen': ({ id }) => drift.reopen(id),
  'rules.overview': () => rules.overview(),
  'rules.setLevel': async ({ rule, level, at }, subject) => rules.setLevel(rule, level, at, await asker(subject)),
  'rules.pause': async ({ reason, hours }, subject) => rules.pause(reason, hours, await asker(subject)),
  'rules.resume': async (_request, subject) => rules.resume(await asker(subject)),
  'rules.remove': async (_request, subject) => rules.remove(await asker(subject)),
  'settings.read': () => settings.read(),
  'settings.write': async ({ settings: sent, version }, subject) => settled(await settings.write(sent, version, await asker(subject))),
  'settings.import': async ({ text, version }, subject) => settled(await settings.importText(text, version, await asker(subject))),
  'settings.export': () => settings.exportText(),
  'settings.supplierOffer': ({ projectId }) => settings.supplierOffer(projectId),
  'existing.offer': ({ from }) => existing.offer(from),
  'existing.preview': (target) => existing.preview(target),
  'existing.step': ({ target, hash }) => existing.step(target, hash),
  'existing.status': () => existing.status(),
  'ledger.status': () => onSite(() => work.ledgerStatus()),
  'ledger.step': ({ begin }) => onSite((site) => work.rebuildStep(begin, site)),
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

/** Whoever acts, or chooses from a list of the settings, is held to them as they are now, and not as this function remembers them. */
const HELD = new Set<CallName>([...CALL_NAMES.filter((name) => ACCESS[name] === 'mover' || ACCESS[name] === 'keeper'), 'work.handOverForm']);

function answering<Name extends CallName>(name: Name) {
  return async ({ payload, context }: { payload: unknown; context: unknown }): Promise<Answer<Name> | Trouble> => {
    try {
      const subject = await authorise(name, context);
      const parsed = calls[name].request.safeParse(payload ?? {});
      if (!parsed.success) {
        const where = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
        throw new Fault('person.input', `Something in the form is missing or not usable (${where}). Check it and send it again.`);
      }
      if (HELD.has(name)) settings.lookAgain();
      return await useCases[name](parsed.data as Request<Name>, subject);
    } catch (thrown) {
      return toTrouble(thrown, name);
    }
  };
}

export const resolver = makeResolver(Object.fromEntries(CALL_NAMES.map((name) => [name, answering(name)])));
