/** The work item of a request: made as the person where Jira lets them, else by the app for them; once, however often it is tried. */
import { createIssue, editIssue, getMyPermissions, searchAndReconsileIssuesUsingJqlPost } from 'jira.js/cloud';
import { z } from 'zod';
import { toAdf } from '../jira/adf';
import { type As, jira, JiraError } from '../jira/client';
import { type FieldKey, LINK_TYPES, type WorkTypeKey } from '../method';
import { now } from '../platform/clock';
import { Fault, platformFault } from '../platform/errors';
import { log } from '../platform/log';
import type { Installed } from '../setup/model';
import { offerChoices } from '../setup/service';
import * as work from '../work/service';
import { giveTurnBack, type Order, orderWith, recordMade, takeTurn } from './orders';

export interface NewWork {
  projectId: string;
  type: WorkTypeKey;
  summary: string;
  description: string;
  /** In Jira's form, by our keys. */
  fields: Partial<Record<FieldKey, unknown>>;
  /** Choices that follow our records: by our key, the words. */
  named: Partial<Record<'service' | 'customer' | 'catalogItem', string>>;
  /** Without which the request says the same: left out where Jira does not take them. */
  optional: readonly FieldKey[];
  /** The work item that leads to it. */
  follows?: string | undefined;
}

const grants = z.object({ permissions: z.object({ CREATE_ISSUES: z.object({ havePermission: z.boolean() }) }) });

export async function mayCreate(projectId: string): Promise<boolean> {
  try {
    const { permissions } = grants.parse(await getMyPermissions(jira('person'), { permissions: 'CREATE_ISSUES', projectId }));
    return permissions.CREATE_ISSUES.havePermission;
  } catch (thrown) {
    // A space that this person does not even see.
    if (thrown instanceof JiraError) return false;
    throw thrown;
  }
}

const made = z.object({ id: z.string(), key: z.string() });
type Made = z.infer<typeof made>;
const TRIES = 3;

async function create(as: As, order: Order, wanted: NewWork, site: Installed): Promise<Made> {
  let fields: NewWork['fields'] = {
    ...wanted.fields,
    ...Object.fromEntries(Object.entries(wanted.named).map(([key, value]) => [key, { value }])),
    requester: { accountId: order.requester },
    ...((as === 'app' || order.person !== order.requester) && { askedBy: { accountId: order.requester } }),
  };
  for (let left = TRIES; ; left -= 1) {
    const own = Object.fromEntries(Object.entries(fields).map(([key, value]) => [site.fields[key as FieldKey], value]));
    try {
      return made.parse(
        await createIssue(jira(as), {
          fields: {
            project: { id: wanted.projectId },
            issuetype: { id: site.workTypes[wanted.type] },
            summary: wanted.summary,
            description: toAdf(wanted.description),
            ...(as === 'app' && { reporter: { accountId: order.person } }),
            ...own,
          },
          ...(wanted.follows !== undefined && {
            update: { issuelinks: [{ add: { type: { name: LINK_TYPES.followUp.name }, inwardIssue: { key: wanted.follows } } }] },
          }),
          properties: [{ key: work.PROPERTY, value: { v: 1, request: order.id } }],
        }),
      );
    } catch (thrown) {
      if (!(thrown instanceof JiraError) || left === 1) throw thrown;
      const refusedHere = (key: FieldKey): boolean => Object.hasOwn(thrown.fields, site.fields[key]);
      const unknown = (['service', 'customer', 'catalogItem'] as const).filter((key) => wanted.named[key] !== undefined && refusedHere(key));
      const without = wanted.optional.filter((key) => key in fields && refusedHere(key));
      if (unknown.length + without.length === 0) throw thrown;
      log.warn('catalog.fieldRefused', { order: order.id, fields: [...unknown, ...without].join(' '), answer: thrown.message });
      for (const key of unknown) await offerChoices(site.fields[key], [wanted.named[key] ?? '']);
      fields = Object.fromEntries(Object.entries(fields).filter(([key]) => !without.includes(key as FieldKey)));
    }
  }
}

const found = z.object({ issues: z.array(made.extend({ properties: z.record(z.string(), z.unknown()).optional() })) });
const stamp = z.object({ request: z.string() });
/** Search may be behind by seconds, and whoever had the turn before has it for longer. */
const MARGIN_MINUTES = 10;
const FOUND_AT_MOST = 100;

/** An earlier run may have died after making it: the property says for which request. */
async function findMade(order: Order, { projectId, type }: NewWork, site: Installed): Promise<Made | undefined> {
  const minutes = Math.ceil((now() - order.begunAt) / 60_000) + MARGIN_MINUTES;
  const jql = `project = ${projectId} AND issuetype = ${site.workTypes[type]} AND created >= "-${String(minutes)}m" ORDER BY created ASC`;
  const parsed = found.safeParse(
    await searchAndReconsileIssuesUsingJqlPost(jira('app'), { jql, fields: ['summary'], properties: [work.PROPERTY], maxResults: FOUND_AT_MOST }),
  );
  if (!parsed.success) throw platformFault('platform.answer', parsed.error);
  return parsed.data.issues.find((one) => stamp.safeParse(one.properties?.[work.PROPERTY]).data?.request === order.id);
}

const PATIENCE = { tries: 10, pauseMs: 300 };

/** Another run of the same request is at it: it is waited for, briefly. */
async function waited(id: string): Promise<Made> {
  for (let attempt = 1; attempt <= PATIENCE.tries; attempt += 1) {
    const order = await orderWith(id);
    if (order?.made) return order.made;
    await new Promise((done) => setTimeout(done, PATIENCE.pauseMs));
  }
  throw platformFault('platform.busy');
}

export async function makeOnce(order: Order, wanted: NewWork, site: Installed): Promise<Made> {
  if (order.made) return order.made;
  const turn = await takeTurn(order);
  if (!turn) return waited(order.id);
  const before = turn === 'again' ? await findMade(order, wanted, site) : undefined;
  const there = before ?? (await fresh(order, wanted, site));
  await recordMade(order.id, there);
  return there;
}

async function fresh(order: Order, wanted: NewWork, site: Installed): Promise<Made> {
  try {
    const as = (await mayCreate(wanted.projectId)) ? 'person' : 'app';
    return await create(as, order, wanted, site);
  } catch (thrown) {
    // Jira said no: nothing was made. After silence the turn runs out by itself, and whoever comes then looks first.
    if (thrown instanceof JiraError && thrown.status < 500) {
      await giveTurnBack(order.id);
      throw new Fault('person.refused', `Jira did not take the request: ${[...thrown.messages, ...Object.values(thrown.fields)].join(' ')}`, {
        cause: thrown,
      });
    }
    throw thrown;
  }
}

/** What stands on no create screen. The same once more changes nothing. */
export async function fill(key: string, fields: Partial<Record<FieldKey, unknown>>, site: Installed): Promise<void> {
  const own = Object.fromEntries(Object.entries(fields).map(([name, value]) => [site.fields[name as FieldKey], value]));
  if (Object.keys(own).length > 0) await editIssue(jira('app'), { issueIdOrKey: key, fields: own });
}
