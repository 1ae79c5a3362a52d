/** The register panel of a work item, read as the person who looks: what it is about, what changes, and what came of it. */
import { namesOfKind } from '../agreements/service';
import type { ChangingInWork, NamedInWork, RegisterPanelAnswer, TieRole, WorkRegister } from '../contract';
import { list, STATUSES, type StatusKey, type WorkTypeKey } from '../method';
import { now } from '../platform/clock';
import * as register from '../register/service';
import type { Installed } from '../setup/model';
import { editsAsPerson, readItem } from './jira';
import type { WorkItem } from './model';
import { NAMING, namesIn, tellRegister } from './named';
import { chainOf } from './receipts';
import { seenByPerson } from './seen';
import { typeOf } from './settle';
import { proposalFor } from './trend';

/** Deployed, or on its way: from here on it is known what came of it. */
const CONFIRMING: readonly StatusKey[] = ['realising', 'waiting', 'reviewing', 'fulfilled'];
/** Nothing is named or planned on what has ended. */
const ENDED: readonly StatusKey[] = ['closed', 'cancelled'];

interface Looking {
  item: WorkItem;
  type: WorkTypeKey;
  site: Installed;
}

export async function lookAt(itemId: string, site: Installed): Promise<Looking | { state: 'notUsm'; typeName: string }> {
  const item = await readItem('person', itemId, site);
  const type = typeOf(item, site);
  return type ? { item, type, site } : { state: 'notUsm', typeName: item.typeName };
}

/** What a person may do here, besides what Jira lets them edit. */
export const actsOn = ({ item: { status }, type }: Pick<Looking, 'item' | 'type'>): WorkRegister['may'] => ({
  name: !ENDED.includes(status),
  plan: type === 'rfc' && STATUSES[status].category !== 'DONE',
  confirm: type === 'rfc' && CONFIRMING.includes(status),
});

const CHANGING = ['toChange', 'toAdd'] as const satisfies readonly TieRole[];

/** Ties of the change that is shown: of the work item itself, or of the Request for Change of its chain that was asked for last. */
async function shownChange({ item, type }: Looking): Promise<{ ties: readonly register.Tie[]; of?: { id: string; key: string } }> {
  if (type === 'rfc') return { ties: await register.changesOf([item.id]) };
  const chain = await chainOf(item.id);
  const ids = [...new Set(chain.flatMap((one) => [one.parentId, ...(one.childId === undefined || one.state === 'failed' ? [] : [one.childId])]))];
  const ties = await register.changesOf(ids.filter((id) => id !== item.id));
  const last = ties.at(-1);
  return last ? { ties: ties.filter((one) => one.workId === last.workId), of: { id: last.workId, key: last.workKey } } : { ties: [] };
}

export async function registerView(looking: Looking): Promise<WorkRegister> {
  const { item, type, site } = looking;
  const names = namesIn(item.values);
  const [known, change, edits, classes] = await Promise.all([
    register.readKnown({ workId: item.id, names, since: register.trendSince(now()) }),
    shownChange(looking),
    editsAsPerson(item.id),
    register.classesNow(),
  ]);
  const own = change.of ? [] : CHANGING.flatMap((role) => list(item.values, NAMING[role]).map((name) => ({ key: name, role })));
  const shown = change.of ? change.ties : own;
  const stored = await register.itemsByKeys([...names, ...shown.map(({ key }) => key)]);
  const others = known.others.filter(({ workId }) => workId !== change.of?.id);
  const ids = [...new Set([...others.map(({ workId }) => workId), ...(change.of ? [change.of.id] : [])])];
  const seen = await seenByPerson(ids, site);
  const line = (name: string): NamedInWork => {
    const found = stored.get(register.folded(name));
    const lock = known.others.find((one) => register.folded(one.item) === register.folded(name));
    const lockKey = lock && seen.get(lock.workId)?.key;
    const times = known.failures.find(({ key }) => register.folded(key) === register.folded(name))?.times ?? 0;
    return {
      key: name,
      ...(found && { item: register.foundOf(found, classes) }),
      ...(lock && { lock: lockKey === undefined ? {} : { key: lockKey } }),
      ...(register.isTrend(times) && { failed: times }),
    };
  };
  const changing = shown.map(({ key, role }): ChangingInWork => {
    const tie = change.ties.find((one) => one.role === role && register.folded(one.key) === register.folded(key));
    const found = stored.get(register.folded(key));
    return { ...line(key), role: role === 'toAdd' ? 'toAdd' : 'toChange', ...register.plannedView(tie, found, classes) };
  });
  const may = actsOn(looking);
  const hidden = change.of !== undefined && !seen.has(change.of.id);
  const concerned = list(item.values, NAMING.concerned).map(line);
  const worst = concerned.filter(({ failed }) => failed !== undefined).sort((a, b) => (b.failed ?? 0) - (a.failed ?? 0))[0];
  return {
    state: 'ok',
    key: item.key,
    type,
    status: item.status,
    begun: known.begun,
    may: { name: may.name && edits, plan: may.plan && edits, confirm: may.confirm && edits },
    concerned,
    changing: hidden ? [] : changing,
    ...(change.of && !hidden && { of: { key: change.of.key } }),
    open: hidden ? 0 : changing.filter((one) => one.outcome === undefined && !(one.role === 'toAdd' && one.item)).length,
    ...(await register.carriesOf(
      concerned.flatMap(({ key }) => stored.get(register.folded(key)) ?? []),
      (ids) => namesOfKind('service', ids),
    )),
    attributes: may.plan
      ? register.plannableOf(
          changing.flatMap(({ key }) => stored.get(register.folded(key)) ?? []),
          classes,
        )
      : {},
    classes: may.plan ? classes.map(({ key, name }) => ({ key, name })) : [],
    ...(type === 'incident' && worst && (await proposalFor(worst.key, site))),
  };
}

export async function registerPanel(itemId: string, site: Installed): Promise<RegisterPanelAnswer> {
  const looking = await lookAt(itemId, site);
  if ('state' in looking) return looking;
  await tellRegister(looking.item, looking.type);
  return registerView(looking);
}
