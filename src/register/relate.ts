/** Relations are added and taken away here; twice is once. */
import { agreementNames, namesOfKind } from '../agreements/service';
import type { ItemDetail, RegisterFinding, Relation } from '../contract';
import { circlesIn, type RelationEnd, RELATIONS } from '../method';
import { type Refused, refused } from './keep';
import { noSuchItem } from './known';
import { get, type Looking } from './read';
import { putRelations, removeRelations, stored, type StoredRelation, wholesAbove } from './relations';
import { folded, idsOf, itemsByIds } from './store';

const ENDS: Readonly<Record<RelationEnd, string>> = { item: 'item', party: 'party', service: 'service', agreement: 'agreement' };

/** Which ends are there: items by folded key, others by id. */
export async function endsKnown(all: readonly Relation[]): Promise<{ ids: Map<string, number>; there: (relation: Relation) => boolean }> {
  const of = (end: RelationEnd): string[] => all.flatMap(({ kind, to }) => (RELATIONS[kind].to === end ? [to] : []));
  const [ids, parties, services, agreements] = await Promise.all([
    idsOf([...all.map(({ from }) => from), ...of('item')]),
    namesOfKind('party', of('party')),
    namesOfKind('service', of('service')),
    agreementNames(of('agreement')),
  ]);
  const known = {
    item: (to: string) => ids.has(folded(to)),
    party: (to: string) => parties.has(to),
    service: (to: string) => services.has(to),
    agreement: (to: string) => agreements.has(to),
  };
  return { ids, there: ({ kind, to }) => known[RELATIONS[kind].to](to) };
}

/** What would be a part of itself, as ids from whole to whole. Two who add at once may still make a circle; whoever follows relations ends at it. */
export async function circlesOf(adding: readonly StoredRelation[]): Promise<number[][]> {
  const parts = adding.filter(({ kind }) => kind === 'partOf');
  if (parts.length === 0) return [];
  const above = new Map([...(await wholesAbove(parts.map(({ dst }) => dst)))].map(([part, wholes]) => [String(part), wholes.map(String)]));
  for (const { src, dst } of parts) above.set(String(src), [...(above.get(String(src)) ?? []), String(dst)]);
  return circlesIn(above).map((circle) => circle.map(Number));
}

async function circleFindings(circles: readonly number[][]): Promise<RegisterFinding[]> {
  const keys = new Map((await itemsByIds(circles.flat())).map(({ id, item }) => [id, item.key]));
  return circles.map((circle) => ({
    kind: 'circle',
    text: `It would be a part of itself: ${[...circle, ...circle.slice(0, 1)].map((id) => keys.get(id) ?? '').join(', ')}. Choose another whole.`,
    path: 'add',
  }));
}

function findings(key: string, all: readonly Relation[], known: Awaited<ReturnType<typeof endsKnown>>): RegisterFinding[] {
  return all.flatMap((relation, index): RegisterFinding[] => {
    const { from, to, kind, group, need } = relation;
    const path = `add.${String(index)}`;
    const toItem = RELATIONS[kind].to === 'item';
    if (toItem && folded(from) === folded(to)) return [{ kind: 'self', text: `${from} cannot be related to itself. Choose another item.`, path }];
    if (![from, ...(toItem ? [to] : [])].some((end) => folded(end) === folded(key))) {
      return [{ kind: 'elsewhere', text: `The relation of ${from} to ${to} has nothing to do with ${key}. Add it on one of them.`, path }];
    }
    if (!known.ids.has(folded(from)))
      return [{ kind: 'notThere', text: `${from} is not in the register. Choose an item that is, or register it.`, path }];
    if (!known.there(relation)) {
      return [
        { kind: 'notThere', text: `There is no ${ENDS[RELATIONS[kind].to]} "${to}". Choose one that is${toItem ? ', or register it' : ''}.`, path },
      ];
    }
    if (need !== undefined && group === undefined) {
      return [{ kind: 'group', text: `How many have to hold is said of ways that stand in for each other. Name them too, such as "power".`, path }];
    }
    return [];
  });
}

export async function relate(
  { key, add, remove }: { key: string; add: readonly Relation[]; remove: readonly Relation[] },
  looking: Looking,
): Promise<ItemDetail | Refused> {
  const known = await endsKnown([...add, ...remove]);
  if (!(known.ids.has(folded(key)) || (await idsOf([key])).has(folded(key)))) throw noSuchItem(key);
  const wrong = findings(key, add, known);
  if (wrong.length > 0) return refused(wrong);
  const as = (relations: readonly Relation[]): StoredRelation[] => relations.flatMap((one) => stored(one, known.ids) ?? []);
  const [adding, going] = [as(add), as(remove)];
  const round = await circlesOf(adding);
  if (round.length > 0) return refused(await circleFindings(round));
  await removeRelations(going);
  await putRelations(adding);
  return get({ key }, looking);
}
