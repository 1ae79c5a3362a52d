/** Use cases of the records that agreements stand on: parties, services, blocks. */
import type { AgreementFinding, Block, Party, Person, Service, ServiceComplete, WritingChoices } from '../contract';
import { circlesIn } from '../method';
import { Fault } from '../platform/errors';
import type { Looking } from './detail';
import { type Refused, refused } from './draft';
import { completenessOf } from './model';
import { listRecords, namesOfKind, type RecordKind, type RecordOf, recordsWith, recordWith, saveRecord as write, type Versioned } from './records';

interface Page<T> {
  state: 'ok';
  rows: Versioned<T>[];
  total: number;
  after?: string;
  people: Person[];
  keeps: boolean;
}
interface Asked {
  search: string;
  after?: string | undefined;
}

async function page<Kind extends RecordKind>(
  kind: Kind,
  asked: Asked,
  looking: Looking,
  people: (record: RecordOf<Kind>) => readonly string[],
): Promise<Page<RecordOf<Kind>>> {
  const found = await listRecords(kind, asked);
  const names = await looking.names(found.rows.flatMap(({ record }) => [...people(record)]));
  return { state: 'ok', ...found, people: [...names].map(([accountId, name]) => ({ accountId, name })), keeps: looking.keeps };
}

export const parties = (asked: Asked, looking: Looking): Promise<Page<Party>> =>
  page('party', asked, looking, ({ representatives }) => representatives);
export const services = (asked: Asked, looking: Looking): Promise<Page<Service>> =>
  page('service', asked, looking, ({ owner }) => (owner === undefined ? [] : [owner]));
export const blocks = (asked: Asked, looking: Looking): Promise<Page<Block>> => page('block', asked, looking, () => []);

type Saved<T> =
  { state: 'ok'; record: T; rowVersion: number; findings: AgreementFinding[] } | { state: 'stale'; text: string; now: Versioned<T> } | Refused;

const notThere = (what: string, id: string, path: string): AgreementFinding => ({
  kind: 'notThere',
  text: `${what} "${id}" is not there. Choose one that is, or make it.`,
  path,
});

/** A part of itself would have no whole. */
async function partOf(
  kind: 'party' | 'service',
  { id, parent }: { id: string; parent?: string | undefined },
): Promise<{ wrong: AgreementFinding[]; told: AgreementFinding[] }> {
  if (parent === undefined) return { wrong: [], told: [] };
  const all = await namesOfKind(kind);
  const ups = new Map<string, string[]>([...all].map(([one, { parent: up }]) => [one, up === undefined ? [] : [up]]));
  ups.set(id, [parent]);
  const circle = circlesIn(ups).find((one) => one.includes(id));
  return {
    wrong: circle
      ? [{ kind: 'circle', text: `It would be a part of itself: ${[...circle, circle[0] ?? id].join(', ')}. Choose another whole.`, path: 'parent' }]
      : [],
    told: ups.has(parent) ? [] : [notThere(kind === 'party' ? 'The party' : 'The service', parent, 'parent')],
  };
}

async function findings(kind: RecordKind, record: RecordOf<RecordKind>): Promise<{ wrong: AgreementFinding[]; told: AgreementFinding[] }> {
  if (kind === 'block') return { wrong: [], told: [] };
  const part = await partOf(kind, record);
  if (!('blocks' in record)) return part;
  const known = await namesOfKind('block', record.blocks);
  return {
    ...part,
    told: [...part.told, ...record.blocks.flatMap((id, index) => (known.has(id) ? [] : [notThere('The block', id, `blocks.${String(index)}`)]))],
  };
}

/** Compare-and-set; the same once more is no change. */
export async function saveRecord<Kind extends RecordKind>(kind: Kind, record: RecordOf<Kind>, rowVersion: number): Promise<Saved<RecordOf<Kind>>> {
  const { wrong, told } = await findings(kind, record);
  if (wrong.length > 0) return refused(wrong);
  if (await write(kind, record, rowVersion)) return { state: 'ok', record, rowVersion: rowVersion + 1, findings: told };
  const there = await recordWith(kind, record.id);
  if (!there) return refused([{ kind: 'gone', text: `"${record.id}" is not there. Save it as a new one.` }]);
  if (JSON.stringify(there.record) === JSON.stringify(record)) return { state: 'ok', ...there, findings: told };
  const text = `Somebody has changed "${there.record.name}" since you opened it. Nothing of yours was kept or lost: it is still in front of you. Look at theirs, then decide.`;
  return { state: 'stale', text, now: there };
}

/** What an editor offers to choose from. */
export const choices = (calendars: Looking['calendars']): WritingChoices => ({
  state: 'ok',
  calendars: calendars.map(({ id, name, timeZone }) => ({ id, name, timeZone })),
});

/** What a service lacks to be offered (V17): read with everything it is made of. */
export async function complete({ service: id }: { service: string }): Promise<ServiceComplete> {
  const all = await namesOfKind('service');
  const within = new Set([id]);
  // Whoever stands in it already is not walked again, so a circle ends.
  for (const one of within) for (const [part, { parent }] of all) if (parent === one) within.add(part);
  const parts = await recordsWith('service', [...within]);
  const own = parts.get(id);
  if (!own) throw new Fault('person.notFound', `There is no service "${id}". Look for it in the list of services.`);
  const built = await recordsWith(
    'block',
    [...parts.values()].flatMap((one) => one.blocks),
  );
  const partsOf = new Map<string, Service[]>();
  for (const part of parts.values()) partsOf.set(part.parent ?? '', [...(partsOf.get(part.parent ?? '') ?? []), part]);
  const { cells, readiness, price } = completenessOf(own, built, partsOf);
  return { state: 'ok', cells, readiness, price };
}
