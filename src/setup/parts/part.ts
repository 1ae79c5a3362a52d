/**
 * One part of the blueprint: how its items are found on the site, judged, made and completed. The plan looks, apply ensures; both through the same code,
 * so that what is found is never made twice.
 */
import type { PlanNode, SetupTarget } from '../../contract';
import { JiraError } from '../../jira/client';
import { Fault } from '../../platform/errors';
import type { Item } from '../blueprint';
import { idOf, type PartKey, type Site } from '../site';

/** An item as the site has it. `wrong`: the name is taken by something that does not fit. */
export interface Seen {
  id: string;
  wrong?: string;
}

/** What a closer look tells: it is not fit for us, or something of ours is missing in it. */
export type Verdict = { wrong: string } | { lacks: string };

interface Definition<I extends Item> {
  key: PartKey;
  kind: PlanNode['kind'];
  /** A thing of this part, for the steps: "Fields". */
  title: string;
  items(target: SetupTarget): readonly I[];
  /** Requests that making one item takes at most. */
  requests(item: I): number;
  /** One item a step, because a single request is heavy. */
  alone?: true;
  /** What exists of these items, by key. */
  look(site: Site, items: readonly I[]): Promise<ReadonlyMap<string, Seen>>;
  /** A closer look at something that exists. */
  inspect?(site: Site, item: I, seen: Seen): Promise<Verdict | undefined>;
  /** Makes one item, answers its id. */
  make?(site: Site, item: I): Promise<string>;
  /** Makes several in one request, where Jira can; answers ids by key. */
  makeAll?(site: Site, items: readonly I[]): Promise<ReadonlyMap<string, string>>;
  /** Adds what is missing inside; does nothing where nothing is. */
  complete?(site: Site, item: I, id: string): Promise<void>;
  /** Why an item that does not exist cannot be made. */
  unmakable?(item: I): string | undefined;
}

/** What the plan says of an item, and what the step for it costs. */
export interface Survey {
  key: string;
  node: PlanNode;
  requests: number;
}

export interface Part {
  key: PartKey;
  title: string;
  /** Keys of the items, in groups small enough for one step each. */
  groups(target: SetupTarget): readonly (readonly string[])[];
  /** Requests of one `look`, known once the plan has looked. */
  survey(site: Site): Promise<{ items: Survey[]; looks: number }>;
  ensure(site: Site, keys: readonly string[]): Promise<void>;
}

/** A step makes at most so many requests besides looking, unless one item alone takes more. 25 s are given (Forge docs: invocation limits). */
const REQUESTS_PER_STEP = 40;

const conflict = (kind: string, item: Item, wrong: string): Fault => new Fault('person.conflict', `${kind} “${item.name}”: ${wrong}`);

export function part<I extends Item>(definition: Definition<I>): Part {
  const { key: partKey, kind, title } = definition;

  const node = (item: I, action: PlanNode['action'], detail?: string): PlanNode => ({
    id: `${partKey}.${item.key}`,
    kind,
    name: item.name,
    action,
    ...(detail !== undefined && { detail }),
  });

  async function judge(site: Site, item: I, seen: Seen | undefined): Promise<Survey> {
    const as = (requests: number, action: PlanNode['action'], detail?: string): Survey => ({
      key: item.key,
      node: node(item, action, detail),
      requests,
    });
    if (!seen) {
      const why = definition.unmakable?.(item);
      return why === undefined ? as(definition.requests(item), 'create') : as(0, 'conflict', why);
    }
    if (seen.wrong !== undefined) return as(0, 'conflict', seen.wrong);
    site.ids[partKey][item.key] = seen.id;
    const verdict = await definition.inspect?.(site, item, seen);
    if (!verdict) return as(0, 'reuse');
    return 'wrong' in verdict ? as(0, 'conflict', verdict.wrong) : as(definition.requests(item), 'create', verdict.lacks);
  }

  /** Whatever Jira says to a name that is taken, the look afterwards decides: what is there now is what was wanted. */
  async function made(site: Site, items: readonly I[], make: () => Promise<ReadonlyMap<string, string>>): Promise<void> {
    const ids = await make().catch(async (thrown: unknown) => {
      if (!(thrown instanceof JiraError) || thrown.status < 400 || thrown.status >= 500) throw thrown;
      const seen = await definition.look(site, items);
      if (items.some((item) => !seen.has(item.key) || seen.get(item.key)?.wrong !== undefined)) throw thrown;
      return new Map([...seen].map(([key, { id }]) => [key, id]));
    });
    for (const item of items) {
      const id = ids.get(item.key);
      if (id === undefined) throw new Error(`Jira made no ${kind} for ${item.key}`);
      site.ids[partKey][item.key] = id;
    }
  }

  async function makeMissing(site: Site, items: readonly I[]): Promise<void> {
    const { makeAll, make } = definition;
    const blocked = items.find((item) => definition.unmakable?.(item) !== undefined);
    if (blocked) throw conflict(title, blocked, definition.unmakable?.(blocked) ?? '');
    if (makeAll && items.length > 0) return made(site, items, () => makeAll(site, items));
    for (const item of items) {
      if (make) await made(site, [item], async () => new Map([[item.key, await make(site, item)]]));
    }
  }

  return {
    key: partKey,
    title,
    groups(target) {
      const groups: string[][] = [];
      let room = 0;
      for (const item of definition.items(target)) {
        const cost = definition.requests(item);
        if (cost > room || definition.alone) {
          groups.push([]);
          room = REQUESTS_PER_STEP;
        }
        groups.at(-1)?.push(item.key);
        room -= cost;
      }
      return groups;
    },
    async survey(site) {
      const all = definition.items(site.target);
      const before = site.count.reads;
      const seen = await definition.look(site, all);
      const looks = site.count.reads - before;
      const items: Survey[] = [];
      for (const item of all) items.push(await judge(site, item, seen.get(item.key)));
      return { items, looks };
    },
    async ensure(site, keys) {
      const wanted = definition.items(site.target).filter((item) => keys.includes(item.key));
      const seen = await definition.look(site, wanted);
      const missing: I[] = [];
      const lacking: I[] = [];
      for (const item of wanted) {
        const found = seen.get(item.key);
        if (!found) missing.push(item);
        else {
          const verdict = found.wrong === undefined ? await definition.inspect?.(site, item, found) : { wrong: found.wrong };
          if (verdict && 'wrong' in verdict) throw conflict(title, item, verdict.wrong);
          site.ids[partKey][item.key] = found.id;
          if (verdict) lacking.push(item);
        }
      }
      await makeMissing(site, missing);
      for (const item of [...missing, ...lacking]) await definition.complete?.(site, item, idOf(site.ids, partKey, item.key));
    },
  };
}

/** Items and rows that carry the same name, paired. */
export function byName<I extends Item, Row>(
  items: readonly I[],
  rows: readonly Row[],
  nameOf: (row: Row) => string | undefined,
  seen: (row: Row, item: I) => Seen,
): Map<string, Seen> {
  const found = new Map<string, Seen>();
  for (const item of items) {
    const row = rows.find((one) => nameOf(one)?.trim().toLowerCase() === item.name.trim().toLowerCase());
    if (row) found.set(item.key, seen(row, item));
  }
  return found;
}
