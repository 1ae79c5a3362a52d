/**
 * Work at a supplier: making it in their space, and seeing how it stands there. They are an identical link (P10): what goes over is the kind of call,
 * the service, what is asked and by when; never people of the customer, the agreement, items or our own texts.
 */
import { bulkFetchIssues, createIssue, getCreateIssueMetaIssueTypeId, getMyPermissions, linkIssues } from 'jira.js/cloud';
import { z } from 'zod';
import type { Supplier } from '../contract';
import { toAdf } from '../jira/adf';
import { jira, JiraError } from '../jira/client';
import { isUndelivered, LINK_TYPES, type Remote, summaryOf, words, workType } from '../method';
import { Fault, platformFault } from '../platform/errors';
import { log } from '../platform/log';
import type { Installed } from '../setup/model';
import { findMadeByApp } from './jira';
import { categoryOf, foreignStatus, PROPERTY, statusOf, type WorkItem } from './model';
import type { Receipt, SupplierPlace } from './receipts';

/** What goes over besides the words of the ask, said to whoever asks. */
export const shared = (item: WorkItem, type: Receipt['type']): { label: string; value: string }[] => {
  const service = words(item.values, 'service');
  return [{ label: 'Kind of call', value: workType(type).name }, ...(service === '' ? [] : [{ label: 'Service', value: service }])];
};

const day = (moment: number): string => new Date(moment).toISOString().slice(0, 'yyyy-mm-dd'.length);
const minute = (moment: number): string =>
  `${day(moment)} ${new Date(moment).toISOString().slice('yyyy-mm-ddT'.length, 'yyyy-mm-ddThh:mm'.length)} UTC`;

function description(receipt: Receipt, parent: WorkItem): string {
  const facts = [...shared(parent, receipt.type), ...(receipt.readyBy === undefined ? [] : [{ label: 'Ready by', value: minute(receipt.readyBy) }])];
  return [receipt.what, '', ...facts.map(({ label, value }) => `${label}: ${value}`)].join('\n');
}

const createScreen = z.object({
  fields: z
    .array(z.object({ fieldId: z.string(), name: z.string(), required: z.boolean(), hasDefaultValue: z.boolean().default(false) }))
    .default([]),
});
const GIVEN = ['project', 'issuetype', 'summary', 'reporter'];
const TAKES = ['description', 'duedate'] as const;

/** A create screen has at most so many fields in one answer (OpenAPI: getCreateIssueMetaIssueTypeId). */
const SCREEN_FIELDS = 200;

/** Asked before anything is written: whether USM can create there, and what the create screen takes. */
export async function placeAt(supplier: Supplier): Promise<Omit<SupplierPlace, 'stepless'>> {
  const { projectId, typeId } = supplier.space;
  const answer = await getCreateIssueMetaIssueTypeId(jira('app'), {
    projectIdOrKey: projectId,
    issueTypeId: typeId,
    maxResults: SCREEN_FIELDS,
  }).catch((thrown: unknown) => {
    if (!(thrown instanceof JiraError)) throw thrown;
    log.warn('supplier.closed', { supplier: supplier.id, answer: thrown.message });
    return undefined;
  });
  const fields = createScreen.safeParse(answer).data?.fields ?? [];
  if (fields.length === 0) throw closed(supplier.name);
  const lacking = fields.filter((one) => one.required && !one.hasDefaultValue && ![...GIVEN, ...TAKES].includes(one.fieldId));
  if (lacking.length > 0) {
    throw new Fault(
      'person.refused',
      `The space of ${supplier.name} asks for ${lacking.map((one) => one.name).join(', ')} when work is created, and USM does not send that. ` +
        'Ask a Jira administrator to choose another work type for this supplier, or to make these fields optional.',
    );
  }
  return {
    projectId,
    typeId,
    takes: TAKES.filter((field) => fields.some((one) => one.fieldId === field)),
    ...(supplier.team && { speaker: supplier.team }),
  };
}

const closed = (name: string, cause?: unknown): Fault =>
  new Fault(
    'person.refused',
    `USM may not create this in the space of ${name}. Ask its administrator to let the app create work items there, or a Jira administrator to look at ` +
      'Suppliers in the settings of USM, then try again.',
    { cause },
  );

const stamp = z.object({ receipt: z.string() });

/** An earlier run may have died after making it: the property says for which receipt. */
export async function findAtSupplier(receipt: Receipt): Promise<{ id: string; key: string } | undefined> {
  const { projectId, typeId } = placeOf(receipt);
  return findMadeByApp({ projectId, typeId, since: receipt.preparedAt }, (property) => stamp.safeParse(property).data?.receipt === receipt.id);
}

function placeOf(receipt: Receipt): SupplierPlace {
  if (!receipt.place) throw new Fault('ours.fault', 'It is not known where the supplier works.', { cause: new Error(receipt.id) });
  return receipt.place;
}

/** One create request with what their create screen takes. Nothing in it says who we are. */
export async function createAtSupplier(
  receipt: Receipt,
  parent: WorkItem,
  takes: SupplierPlace['takes'] = placeOf(receipt).takes,
): Promise<{ id: string; key: string }> {
  const { projectId, typeId } = placeOf(receipt);
  try {
    const made = await createIssue(jira('app'), {
      fields: {
        project: { id: projectId },
        issuetype: { id: typeId },
        summary: summaryOf(receipt.what),
        ...(takes.includes('description') && { description: toAdf(description(receipt, parent)) }),
        ...(takes.includes('duedate') && receipt.readyBy !== undefined && { duedate: day(receipt.readyBy) }),
      },
      properties: [{ key: PROPERTY, value: { v: 1, receipt: receipt.id } }],
    });
    return z.object({ id: z.string(), key: z.string() }).parse(made);
  } catch (thrown) {
    if (!(thrown instanceof JiraError)) throw thrown;
    // A field may be on the screen and still not be ours to set, as the due date without Schedule issues: the description says it as well.
    const left = takes.filter((field) => !Object.hasOwn(thrown.fields, field));
    if (left.length < takes.length) return createAtSupplier(receipt, parent, left);
    log.warn('supplier.refused', { receipt: receipt.id, answer: thrown.message });
    throw closed(receipt.team?.name ?? 'the supplier', thrown);
  }
}

/** The link is for people; the receipt counts. Where Jira does not allow it, the rest goes on. Making it twice makes one. */
export async function linkToSupplier(parent: WorkItem, child: { key: string }): Promise<void> {
  try {
    await linkIssues(jira('app'), { type: { name: LINK_TYPES.supplier.name }, inwardIssue: { key: parent.key }, outwardIssue: { key: child.key } });
  } catch (thrown) {
    if (!(thrown instanceof JiraError)) throw thrown;
    log.warn('supplier.notLinked', { parent: parent.key, child: child.key, answer: thrown.message });
  }
}

const standings = z.object({
  issues: z.array(z.object({ id: z.string(), fields: z.object({ status: foreignStatus, resolution: z.object({ name: z.string() }).nullish() }) })),
});

/** How work stands at suppliers, by id; what the app may not see, or what is gone, is absent. */
export async function remotes(ids: readonly string[], site: Pick<Installed, 'fields' | 'statuses' | 'workTypes'>): Promise<Map<string, Remote>> {
  if (ids.length === 0) return new Map();
  const parsed = standings.safeParse(await bulkFetchIssues(jira('app'), { issueIdsOrKeys: [...ids], fields: ['status', 'resolution'] }));
  if (!parsed.success) throw platformFault('platform.answer', parsed.error);
  return new Map(
    parsed.data.issues.map(({ id, fields: { status, resolution } }) => [
      id,
      {
        status: statusOf(site, status.id),
        category: categoryOf(status),
        undelivered: isUndelivered(status.name) || isUndelivered(resolution?.name),
      },
    ]),
  );
}

const grants = z.object({ permissions: z.object({ BROWSE_PROJECTS: z.object({ havePermission: z.boolean() }) }) });

/** Whether the app may browse the supplier's space: then what it does not find there is gone, not hidden. Seeing the space itself says less. */
export async function seesSpace(receipt: Receipt): Promise<boolean> {
  try {
    const answer = await getMyPermissions(jira('app'), { permissions: 'BROWSE_PROJECTS', projectId: placeOf(receipt).projectId });
    return grants.parse(answer).permissions.BROWSE_PROJECTS.havePermission;
  } catch (thrown) {
    if (thrown instanceof JiraError) return false;
    throw thrown;
  }
}
