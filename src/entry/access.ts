/** Who may call what. One table; every call passes `authorise` before its use case runs. */
import { getMyPermissions, searchProjects } from 'jira.js/cloud';
import { z } from 'zod';
import { administrationCalls, type CallName } from '../contract';
import { jira } from '../jira/client';
import { Fault } from '../platform/errors';
import type { Installed } from '../setup/model';
import { installedSite } from '../setup/service';
import { rolesHeld } from '../work/service';

/**
 * viewer: whoever is signed in and may see the work item; Jira decides, since the use case reads it as the person first. On a page without a work
 * item: whoever is signed in, and each line only where Jira shows this person the work item.
 * mover: as viewer, and every change of the work item is made as the person, under Jira's permissions and workflow; or, for a receipt, after Jira was
 * asked whether the person may accept it, or may speak for what asked.
 * administrator: Jira administrators, asked anew each time.
 * reader: whoever may browse a space that works with USM; what is agreed is for everybody who works there.
 * keeper: whoever holds the role of service manager in such a space, and Jira administrators.
 * Before setup has run there is no such space: then the use case says so.
 */
type Requirement = 'viewer' | 'mover' | 'administrator' | 'reader' | 'keeper';

const WORK: Record<Exclude<CallName, keyof typeof administrationCalls>, Requirement> = {
  'work.process': 'viewer',
  'work.handOverForm': 'viewer',
  'work.handOver': 'mover',
  'work.retry': 'viewer',
  'deeds.form': 'viewer',
  'deeds.take': 'mover',
  'work.receiptForm': 'viewer',
  'work.accept': 'mover',
  'work.return': 'mover',
  'work.answer': 'mover',
  'work.remind': 'mover',
  'work.removeLink': 'mover',
  'work.history': 'viewer',
  // Only for whoever is named in Approvers; the use case looks.
  'work.approve': 'viewer',
  'work.groupCandidates': 'viewer',
  'work.group': 'mover',
  'work.ungroup': 'mover',
  'work.bringAlong': 'mover',
  'board.handoffs': 'viewer',
  'board.triage': 'viewer',
  'agreements.list': 'reader',
  'agreements.get': 'reader',
  'agreements.chain': 'reader',
  'agreements.compare': 'reader',
  'agreements.coverage': 'reader',
  'agreements.applying': 'reader',
  'agreements.forWorkItem': 'viewer',
  'agreements.choose': 'mover',
  'agreements.new': 'keeper',
  'agreements.clone': 'keeper',
  'agreements.newVersion': 'keeper',
  'agreements.save': 'keeper',
  'agreements.deed': 'keeper',
  // Only for representatives of the side; the use case looks.
  'agreements.accept': 'reader',
  'agreements.import': 'keeper',
  'agreements.export': 'keeper',
  'wish.offer': 'viewer',
  // A keeper; the Wish is read as the person.
  'wish.draft': 'keeper',
  'records.parties': 'reader',
  'records.saveParty': 'keeper',
  'records.services': 'reader',
  'records.saveService': 'keeper',
  'records.blocks': 'reader',
  'records.saveBlock': 'keeper',
  'records.choices': 'reader',
  // Only what is agreed for whoever asks, or for whom they may look; the use case looks.
  'catalog.browse': 'viewer',
  'catalog.item': 'viewer',
  'catalog.request': 'viewer',
  'catalog.tell': 'viewer',
  'catalog.mine': 'viewer',
  // Only for whoever the item names on the customer's side; the use case looks.
  'catalog.approve': 'viewer',
  'catalog.items': 'keeper',
  'catalog.get': 'keeper',
  'catalog.choices': 'keeper',
  'catalog.save': 'keeper',
  'catalog.deed': 'keeper',
  'catalog.forWorkItem': 'viewer',
  'catalog.start': 'mover',
  'register.impact': 'reader',
  'register.neighbourhood': 'reader',
  'register.path': 'reader',
  'records.complete': 'reader',
  'register.calendar': 'reader',
  'register.saveFreeze': 'keeper',
  'register.removeFreeze': 'keeper',
  'register.list': 'reader',
  'register.facets': 'reader',
  'register.get': 'reader',
  'register.history': 'reader',
  'register.relations': 'reader',
  'register.classes': 'reader',
  'register.settings': 'reader',
  'register.choices': 'reader',
  // Each person's own.
  'register.views': 'reader',
  'register.saveView': 'reader',
  'register.removeView': 'reader',
  'register.keepColumns': 'reader',
  'register.unused': 'keeper',
  'register.importSetup': 'keeper',
  'register.importKnown': 'keeper',
  'register.importBegin': 'keeper',
  'register.importPlan': 'keeper',
  'register.importStep': 'keeper',
  'register.importPreview': 'keeper',
  'register.importDecide': 'keeper',
  'register.importApply': 'keeper',
  'register.importStop': 'keeper',
  'register.importReport': 'keeper',
  'register.importUndo': 'keeper',
  'register.export': 'keeper',
  'register.new': 'keeper',
  'register.save': 'keeper',
  'register.relate': 'keeper',
  'register.verify': 'keeper',
  'register.setKeeper': 'keeper',
  'register.saveClasses': 'keeper',
  'register.saveSettings': 'keeper',
  'register.forWorkItem': 'viewer',
  'register.find': 'reader',
  'register.suggest': 'viewer',
  'register.name': 'mover',
  // Only for whoever may edit the work item; the use case looks.
  'register.plan': 'mover',
  'register.confirm': 'mover',
  'register.workItems': 'reader',
  'register.proposal': 'reader',
  // Only for whoever could create it in Jira; the use case looks.
  'register.prevent': 'reader',
};

export const ACCESS: Record<CallName, Requirement> = {
  ...WORK,
  ...(Object.fromEntries(Object.keys(administrationCalls).map((call) => [call, 'administrator'])) as Record<
    keyof typeof administrationCalls,
    'administrator'
  >),
};

/** Identity and place as the platform gives them. */
export const callContext = z.object({
  accountId: z.string().min(1).optional(),
  extension: z.looseObject({ issue: z.looseObject({ id: z.string().regex(/^\d{1,18}$/) }).optional() }).optional(),
});

export interface Subject {
  accountId: string;
  /** The work item the page stands on. Its id is only a claim until Jira has been asked as the person. */
  itemId: string | undefined;
}

const grants = z.object({ permissions: z.object({ ADMINISTER: z.object({ havePermission: z.boolean() }) }) });

const administers = async (): Promise<boolean> =>
  grants.parse(await getMyPermissions(jira('person'), { permissions: 'ADMINISTER' })).permissions.ADMINISTER.havePermission;

/** One request asks for so many (OpenAPI: searchProjects, `id`). */
const SPACES_ASKED = 50;
const spaces = z.object({ values: z.array(z.object({ id: z.string() })) });

/** Spaces that work with USM and that this person may browse; undefined before setup has run. */
async function spacesBrowsed(): Promise<{ ids: string[]; roles: Installed['roles'] } | undefined> {
  const site = await installedSite();
  if (!site) return undefined;
  const id = site.projects.slice(0, SPACES_ASKED).map((one) => Number(one.id));
  const { values } =
    id.length === 0 ? { values: [] } : spaces.parse(await searchProjects(jira('person'), { id, action: 'browse', maxResults: SPACES_ASKED }));
  return { ids: values.map((one) => one.id), roles: site.roles };
}

/** Whether this person keeps the agreements of the site; asked anew each time. */
export async function keepsAgreements(): Promise<boolean> {
  const browsed = await spacesBrowsed();
  for (const space of browsed?.ids ?? []) if ((await rolesHeld(space)).has(browsed?.roles.serviceManager ?? '')) return true;
  return administers();
}

/** keeps: as above. staff: holds another role than that of a customer, so works here. */
export async function standing(): Promise<{ keeps: boolean; staff: boolean }> {
  const { ids, roles } = (await spacesBrowsed()) ?? { ids: [], roles: undefined };
  if (!roles) return { keeps: false, staff: false };
  const { customer: _customer, ...working } = roles;
  let staff = false;
  for (const space of ids) {
    const held = await rolesHeld(space);
    if (held.has(roles.serviceManager)) return { keeps: true, staff: true };
    staff ||= Object.values(working).some((role) => held.has(role));
  }
  const keeps = await administers();
  return { keeps, staff: staff || keeps };
}

/** What is kept there, as a refusal names it. */
const kept = (call: CallName): string => (call.startsWith('register.') ? 'The register of managed items is' : 'Agreements are');

async function refusal(requirement: Requirement, call: CallName): Promise<string | undefined> {
  switch (requirement) {
    case 'administrator':
      return (await administers()) ? undefined : 'USM setup is for Jira administrators. Ask one of them to open this page.';
    case 'reader': {
      const browsed = await spacesBrowsed();
      return browsed === undefined || browsed.ids.length > 0
        ? undefined
        : `${kept(call)} shown to people who may see a space that works with USM. Ask an administrator of such a space to add you.`;
    }
    case 'keeper':
      return (await keepsAgreements())
        ? undefined
        : `${kept(call)} kept by service managers. Ask one of them to do this, or ask an administrator for the role USM service manager.`;
    default:
      return undefined;
  }
}

export async function authorise(call: CallName, context: unknown): Promise<Subject> {
  const { accountId, extension } = callContext.parse(context);
  if (accountId === undefined) throw new Fault('person.forbidden', 'Sign in to Jira first; USM does not answer anonymous visitors.');
  const refused = await refusal(ACCESS[call], call);
  if (refused !== undefined) throw new Fault('person.forbidden', refused);
  return { accountId, itemId: extension?.issue?.id };
}
