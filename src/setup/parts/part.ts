/**
 * One part of the blueprint: how its items are found on the site, judged, made and completed. The plan looks, apply ensures; both through the same code,
 * so that what is found is never made twice.
 */
import type { PlanNode, SetupTarget } from '../../contract';
import { JiraError } from '../../jira/client';
import { now } from '../../platform/clock';
import { Fault } from '../../platform/errors';
import type { Item } from '../blueprint';
import { idOf, inParallel, nameFor, nodeId, oneByOne, otherName, type PartKey, type Site } from '../site';
import { jiraWords } from '../words';

/** An item as the site has it. `wrong`: the name is taken by something that does not fit. `ours`: made by us, by all that can be seen. */
export interface Seen {
  id: string;
  wrong?: string;
  ours?: boolean;
}

/** What a closer look tells: it is not fit for us, or something of ours is missing in it. */
export type Verdict = { wrong: string } | { lacks: string };

interface Definition<I extends Item> {
  key: PartKey;
  kind: PlanNode['kind'];
  /** A thing of this part, for the steps: "Fields". */
  title: string;
  /** Under their own names; those that were given another one are renamed here. */
  items(target: SetupTarget): readonly I[];
  /** Requests that making one item takes at most. */
  requests(item: I): number;
  /** One item a step, and one after the other: Jira does one such thing at a time. */
  alone?: true;
  /** Ours can go by another name when the name is taken. */
  renamable?: true;
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
  /** Takes one item away again; waits for Jira's task where there is one. Answers what the person should know of what stays. */
  remove(site: Site, item: I, id: string): Promise<string | undefined | void>;
  /** What is inside, for reading the plan. */
  inside?(item: I): string[];
}

/** What the plan says of an item, and what the step for it costs. */
export interface Survey {
  key: string;
  node: PlanNode;
  requests: number;
}

/** What a step did. Keys. */
export interface Ensured {
  made: string[];
  reused: string[];
}

export interface Part {
  key: PartKey;
  title: string;
  /** Keys of the items, in groups small enough for one step each. */
  groups(target: SetupTarget): readonly (readonly string[])[];
  /** Requests of one `look`, known once the plan has looked. */
  survey(site: Site): Promise<{ items: Survey[]; looks: number }>;
  ensure(site: Site, keys: readonly string[]): Promise<Ensured>;
  /** Takes away what this run has made. `made`: key -> id, or '' where a dying run may have made it. Answers what Jira keeps, and why. */
  remove(site: Site, made: Readonly<Record<string, string>>): Promise<Removed>;
}

export interface Removed {
  kept: { name: string; why: string }[];
  /** There was no time for all of it: once more. */
  unfinished: boolean;
}

/** A step of undoing begins nothing new after this long: some removals are tasks of Jira, and an invocation has 25 s (Forge docs: invocation limits). */
const REMOVING_MS = 8_000;

/** A step makes at most so many requests besides looking, unless one item alone takes more: eight at once, about 10 s of the 25 s an invocation has. */
const REQUESTS_PER_STEP = 200;

const conflict = (kind: string, item: Item, wrong: string): Fault => new Fault('person.conflict', `${kind} “${item.name}”: ${wrong}`);

export function part<I extends Item>(definition: Definition<I>): Part {
  const { key: partKey, kind, title, renamable } = definition;

  const itemsOf = (target: SetupTarget): I[] => definition.items(target).map((item) => ({ ...item, name: nameFor(target, partKey, item) }));

  const node = (item: I, action: PlanNode['action'], detail?: string): PlanNode => ({
    id: nodeId(partKey, item.key),
    kind,
    name: item.name,
    action,
    ...(detail !== undefined && { detail }),
    ...(definition.inside && { inside: definition.inside(item) }),
  });

  /** What may be decided about an item: only where the name is somebody else's. */
  function withChoices(site: Site, item: I, seen: Seen | undefined, judged: PlanNode): PlanNode {
    const chosen = site.target.choices[judged.id];
    const theirs = seen !== undefined && (judged.action === 'conflict' || seen.ours === false);
    if (!renamable || !(theirs || chosen === 'rename')) return judged;
    const own = chosen === 'rename' ? item.name : otherName(item.name);
    const rename = { value: 'rename' as const, text: `Create ours as “${own}”` };
    const reuse = { value: 'reuse' as const, text: 'Use the one that is there, as it is' };
    return {
      ...judged,
      choices: judged.action === 'conflict' ? [rename] : [reuse, rename],
      ...(chosen !== undefined && judged.action !== 'conflict' && { chosen }),
    };
  }

  async function judge(site: Site, item: I, seen: Seen | undefined): Promise<Survey> {
    const as = (requests: number, action: PlanNode['action'], detail?: string): Survey => ({
      key: item.key,
      node: withChoices(site, item, seen, node(item, action, detail)),
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
    return 'wrong' in verdict ? as(0, 'conflict', verdict.wrong) : as(definition.requests(item), 'change', verdict.lacks);
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
    if (items.length === 0) return;
    await site.intend(
      partKey,
      items.map((item) => item.key),
    );
    if (makeAll) return made(site, items, () => makeAll(site, items));
    if (make) await inParallel(items, (item) => made(site, [item], async () => new Map([[item.key, await make(site, item)]])));
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
      const all = itemsOf(site.target);
      const before = site.count.reads;
      const seen = await definition.look(site, all);
      const looks = site.count.reads - before;
      return { items: await inParallel(all, (item) => judge(site, item, seen.get(item.key))), looks };
    },
    async ensure(site, keys) {
      const wanted = itemsOf(site.target).filter((item) => keys.includes(item.key));
      const seen = await definition.look(site, wanted);
      const missing = wanted.filter((item) => !seen.has(item.key));
      const present = wanted.filter((item) => seen.has(item.key));
      const lacking = await inParallel(present, async (item) => {
        const found = seen.get(item.key) as Seen;
        const verdict = found.wrong === undefined ? await definition.inspect?.(site, item, found) : { wrong: found.wrong };
        if (verdict && 'wrong' in verdict) throw conflict(title, item, verdict.wrong);
        site.ids[partKey][item.key] = found.id;
        return verdict !== undefined;
      });
      await makeMissing(site, missing);
      const unfinished = [...missing, ...present.filter((_, index) => lacking[index])];
      await inParallel(unfinished, async (item) => definition.complete?.(site, item, idOf(site.ids, partKey, item.key)));
      return { made: missing.map((item) => item.key), reused: present.map((item) => item.key) };
    },
    async remove(site, made) {
      const items = itemsOf(site.target).filter((item) => item.key in made);
      const seen = await definition.look(site, items);
      const kept: Removed['kept'] = [];
      const until = now() + REMOVING_MS;
      let unfinished = false;
      await (definition.alone ? oneByOne : inParallel)(items, async (item) => {
        const found = seen.get(item.key);
        const known = made[item.key];
        // Gone already, or by now something else of the same name.
        if (!found || (known !== '' && known !== found.id)) return;
        if (now() > until) return void (unfinished = true);
        const stays = await definition.remove(site, item, found.id).catch((thrown: unknown) => {
          if (!(thrown instanceof JiraError)) throw thrown;
          return thrown.status === 404 ? undefined : jiraWords(thrown);
        });
        if (typeof stays === 'string') kept.push({ name: `${title} “${item.name}”`, why: stays });
      });
      return { kept, unfinished };
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
