/** Work that the app registers by itself, because a day comes that somebody has to see to. */
import { z } from 'zod';
import { JiraError } from '../jira/client';
import type { FieldKey } from '../method';
import { log } from '../platform/log';
import type { Installed } from '../setup/model';
import { asMoment, asUserValue, createItem, editItem, findMadeByApp, type NewItem } from './jira';

export interface Upkeep {
  /** Names it for ever. */
  stamp: string;
  summary: string;
  description: string;
  /** Whose it is. */
  owner: string | undefined;
  dueBy: number;
  /** As the choices of the fields name them. */
  customer: string;
  service: string | undefined;
}

const stamped = z.object({ upkeep: z.string() });

/** A Wish in the first space of USM: what follows of an agreement is for Agree. The same stamp is made once. `since`: the first try. */
export async function registerUpkeep(work: Upkeep, since: number | undefined, site: Installed): Promise<{ id: string; key: string }> {
  const [space] = site.projects;
  if (!space) throw new Error('no space works with USM');
  const place = { projectId: space.id, typeId: site.workTypes.wish };
  const fits = (property: unknown): boolean => stamped.safeParse(property).data?.upkeep === work.stamp;
  const there = since === undefined ? undefined : await findMadeByApp({ ...place, since }, fits);
  const made = there ?? (await create(work, place, site));
  if (work.owner !== undefined) await giveTo(made.key, work.owner, site);
  return made;
}

async function create(work: Upkeep, place: Pick<NewItem, 'projectId' | 'typeId'>, site: Installed): Promise<{ id: string; key: string }> {
  const { owner } = work;
  const whole: NewItem = {
    ...place,
    summary: work.summary,
    description: work.description,
    reporter: undefined,
    priorityId: undefined,
    fields: {
      dueBy: asMoment(work.dueBy),
      customer: { value: work.customer },
      ...(work.service !== undefined && { service: { value: work.service } }),
      ...(owner !== undefined && { requester: asUserValue(owner), askedBy: asUserValue(owner) }),
    },
    property: { v: 1, upkeep: work.stamp },
  };
  try {
    return await createItem(whole, site);
  } catch (thrown) {
    // The lists in Jira may not know the names: it is registered all the same, without what Jira does not take.
    const refused = refusedFields(thrown);
    const fields = Object.entries(whole.fields).filter(([key]) => !refused.includes(site.fields[key as FieldKey]));
    log.info('upkeep.without', { stamp: work.stamp, fields: refused.join(' ') });
    return createItem({ ...whole, fields: Object.fromEntries(fields) }, site);
  }
}

/** Ids of the fields that Jira did not take; anything else is thrown on. */
function refusedFields(thrown: unknown): string[] {
  if (thrown instanceof JiraError && thrown.status === 400) return Object.keys(thrown.fields);
  throw thrown;
}

/** Whoever has left, or may not be assigned, leaves it to whoever takes it on: it is registered all the same. */
async function giveTo(key: string, owner: string, site: Installed): Promise<void> {
  try {
    await editItem(key, { coordinator: asUserValue(owner) }, { assignee: asUserValue(owner) }, site);
  } catch (thrown) {
    log.info('upkeep.unassigned', { key, fields: refusedFields(thrown).join(' ') });
  }
}
