/**
 * Bringing in a file: its rows are taken in portions, then all of them are looked at, and only when every one is well is anything written. Each step may
 * be asked for again, and goes on where the last one ended.
 */
import { z } from 'zod';
import {
  type Agreement,
  type AgreementVersion,
  block,
  IMPORT_BYTES,
  IMPORT_PARTS,
  type ImportAnswer,
  type ImportPart,
  keptAgreement,
  type KeptAgreement,
  MOST_WRONG_SHOWN,
  party,
  type Party,
  service,
} from '../contract';
import { circlesIn } from '../method';
import { now } from '../platform/clock';
import { remainingMs } from '../platform/environment';
import { Fault } from '../platform/errors';
import {
  bodiesOf,
  decide,
  FATE,
  fatesOf,
  indexOf,
  keepRows,
  refuse,
  rowsOf,
  type Taken,
  type WaitingRow,
  type Wrong,
  wrongOf,
} from '../platform/import-rows';
import { agreedFindings, legIds, partyFindings, termsFindings } from './checks';
import type { Looking } from './detail';
import { inForceOf, withDeed } from './life';
import { bringRecords, holdTurn, namesOfKind, type RecordKind, recordsWith, releaseTurn } from './records';
import { bringAll, coveredRows, storedOf, underAll } from './store';

const KINDS: readonly RecordKind[] = ['party', 'service', 'block'];
const AGREEMENTS = IMPORT_PARTS.indexOf('agreements');
/** Of each part; a column that it does not know is refused, since what it says would be lost. */
const SCHEMAS = [z.strictObject(party.shape), z.strictObject(service.shape), z.strictObject(block.shape), keptAgreement] as const;

const refs = z.object({
  parent: z.string().optional(),
  blocks: z.array(z.string()).default([]),
  legs: z.array(z.string()).default([]),
  customer: z.string().optional(),
  periods: z.array(z.object({ service: z.string(), from: z.number(), until: z.number().nullable() })).default([]),
});

const wholeVersions = ({ id, versions }: KeptAgreement): AgreementVersion[] => versions.map((version) => ({ agreement: id, ...version }));
const headerOf = ({ versions: _versions, ...header }: KeptAgreement): Agreement => header;

function refsOf(body: z.infer<(typeof SCHEMAS)[number]>): z.input<typeof refs> {
  if ('versions' in body) {
    const periods = body.kind === 'SA' ? inForceOf(wholeVersions(body)) : [];
    return {
      legs: [...new Set(body.versions.flatMap(({ terms }) => legIds(terms.under)))],
      customer: body.customer,
      periods: periods.flatMap(({ version, from, until }) => version.terms.services.map((one) => ({ service: one, from, until: until ?? null }))),
    };
  }
  return { ...('parent' in body && body.parent !== undefined && { parent: body.parent }), ...('blocks' in body && { blocks: body.blocks }) };
}

/** A letter that could not be read when the file was: it was saved in another encoding. */
const UNREADABLE = '\uFFFD';

const idIn = (raw: unknown): string => z.object({ id: z.string().regex(/^[\x21-\x7e]{1,40}$/) }).safeParse(raw).data?.id ?? '';

function takenRow(part: number, line: number, raw: unknown): Taken {
  const name = IMPORT_PARTS[part] ?? '';
  const at = `${name}.${String(line)}`;
  const bad = (wrong: Wrong[]): Taken => ({ line, id: idIn(raw), body: null, refs: {}, wrong });
  if (JSON.stringify(raw).includes(UNREADABLE)) {
    return bad([{ path: at, text: 'It has letters that cannot be read: the file was not saved as UTF-8. Save it as UTF-8 and choose it again.' }]);
  }
  const parsed = SCHEMAS[part]?.safeParse(raw);
  if (!parsed?.success) {
    return bad(
      (parsed?.error.issues ?? []).slice(0, 20).map((issue) => ({
        path: [at, ...issue.path.map(String)].join('.'),
        text:
          issue.code === 'unrecognized_keys'
            ? `${issue.keys.join(', ')} is no column of ${name}. Take it out, or give it the name that an exported file has.`
            : `${issue.message}. Mend it in the file.`,
      })),
    );
  }
  return { line, id: parsed.data.id, body: parsed.data, refs: refsOf(parsed.data), wrong: [] };
}

export async function take({
  run,
  part,
  from,
  rows,
}: {
  run: string;
  part: ImportPart;
  from: number;
  rows: readonly unknown[];
}): Promise<ImportAnswer> {
  if (JSON.stringify(rows).length > IMPORT_BYTES) {
    throw new Fault('person.input', 'This portion of the file is too large for one call. Choose the file again.');
  }
  const at = IMPORT_PARTS.indexOf(part);
  const taken = rows.map((raw, index) => takenRow(at, from + index, raw));
  await keepRows(run, at, taken);
  return { state: 'taken', rows: rows.length, wrong: taken.flatMap(({ wrong }) => wrong) };
}

const RESERVE_MS = 6_000;
const A_PORTION = 50;

interface Around {
  ids: readonly ReadonlySet<string>[];
  index: Awaited<ReturnType<typeof indexOf>>;
}

/** Everything there will be: what is here and what the file brings, by part. */
async function around(run: string): Promise<Around> {
  const index = await indexOf(run);
  const here = await Promise.all([...KINDS.map((kind) => namesOfKind(kind)), underAll()]);
  return { index, ids: here.map((known, part) => new Set([...known.keys(), ...index.filter((one) => one.part === part).map(({ id }) => id)])) };
}

const pathOf = (part: number, line: number, path?: string): string => [IMPORT_PARTS[part] ?? '', String(line), ...(path ? [path] : [])].join('.');

/** What only all rows together can tell: the same id twice, what is a part of itself or leans on itself, two promises of one thing. */
async function togetherWrong({ index }: Around): Promise<Map<string, Wrong[]>> {
  const found = new Map<string, Wrong[]>();
  const add = ({ part, line }: { part: number; line: number }, text: string): void => {
    const key = `${String(part)} ${String(line)}`;
    found.set(key, [...(found.get(key) ?? []), { path: pathOf(part, line), text }]);
  };
  const first = new Map<string, number>();
  const byId = new Map<string, Around['index'][number]>();
  for (const one of index.filter(({ id }) => id !== '')) {
    const key = `${String(one.part)} ${one.id}`;
    const before = first.get(key);
    if (before === undefined) first.set(key, one.line);
    else add(one, `${one.id} stands in row ${String(before)} already. Keep one of them.`);
    byId.set(key, one);
  }
  const circles = (part: number, up: Map<string, readonly string[]>, words: string): void => {
    for (const circle of circlesIn(up)) {
      const row = circle.flatMap((id) => byId.get(`${String(part)} ${id}`) ?? [])[0];
      if (row) add(row, `${words}: ${[...circle, circle[0] ?? ''].join(', ')}. Take one of them out.`);
    }
  };
  for (const part of [0, 1]) {
    const here = await namesOfKind(KINDS[part] ?? 'party');
    const up = new Map<string, readonly string[]>([...here].map(([id, { parent }]) => [id, parent === undefined ? [] : [parent]]));
    for (const one of index)
      if (one.part === part) up.set(one.id, refs.parse(one.refs).parent === undefined ? [] : [refs.parse(one.refs).parent ?? '']);
    circles(part, up, 'It would be a part of itself');
  }
  const under = new Map(await underAll());
  for (const one of index) if (one.part === AGREEMENTS) under.set(one.id, refs.parse(one.refs).legs);
  circles(AGREEMENTS, under, 'It would lean on itself');
  for (const [row, text] of await twicePromised(index)) add(row, text);
  return found;
}

interface Period {
  id: string;
  from: number;
  until: number;
  row?: Around['index'][number];
}

/** When who promises what to whom: the rows, and beside them what is in force here. By service and customer. */
async function promisedPeriods(index: Around['index']): Promise<Map<string, Period[]>> {
  const at = now();
  const byPair = new Map<string, Period[]>();
  const add = (key: string, period: Period): void => {
    byPair.set(key, [...(byPair.get(key) ?? []), period]);
  };
  for (const row of index.filter(({ part }) => part === AGREEMENTS)) {
    const { customer = '', periods } = refs.parse(row.refs);
    for (const { service: one, from, until } of periods) add(`${one}\n${customer}`, { id: row.id, from, until: until ?? Infinity, row });
  }
  const here = (await coveredRows(at)).filter(({ kind, status_now: status }) => kind === 'SA' && (status === 'inForce' || status === 'underReview'));
  for (const { id, customer, services, lapses_at: lapses } of here) {
    for (const one of services) if (byPair.has(`${one}\n${customer}`)) add(`${one}\n${customer}`, { id, from: at, until: lapses ?? Infinity });
  }
  return byPair;
}

/** Promises of the same service to the same customer at the same time. */
async function twicePromised(index: Around['index']): Promise<[Around['index'][number], string][]> {
  const found: [Around['index'][number], string][] = [];
  for (const periods of (await promisedPeriods(index)).values()) {
    let last: Period | undefined;
    for (const period of periods.sort((a, b) => a.from - b.from)) {
      const row = period.row ?? last?.row;
      if (last && last.id !== period.id && period.from < last.until && row) {
        found.push([row, `${last.id} and ${period.id} promise the same service to the same customer at the same time. End one of both first.`]);
      }
      if (!last || period.until > last.until) last = period;
    }
  }
  return found;
}

/** Every version as its deeds make it, one after the other, as if they were done again. */
function deedsWrong(kept: KeptAgreement): Wrong[] {
  const whole = wholeVersions(kept);
  const wrong: Wrong[] = [];
  whole.forEach((version, index) => {
    const path = `versions.${String(index)}`;
    if (whole.findIndex(({ number }) => number === version.number) !== index)
      wrong.push({ path, text: `Version ${String(version.number)} stands twice. Keep one.` });
    const others = whole.filter(({ number }) => number < version.number);
    let so: AgreementVersion = { ...version, deeds: [] };
    for (const [place, deed] of version.deeds.entries()) {
      const next = withDeed(so, deed, others);
      const text = deed.at > now() ? 'It has not happened yet. Take it out.' : 'refused' in next ? next.refused.text : undefined;
      if (text !== undefined) {
        wrong.push({ path: `${path}.deeds.${String(place)}`, text });
        return;
      }
      if ('version' in next) so = next.version;
    }
    if (version.deeds.some(({ kind }) => kind === 'agree')) {
      wrong.push(
        ...agreedFindings(kept, version).map(({ text, path: where }) => ({ path: [path, 'terms', ...(where ? [where] : [])].join('.'), text })),
      );
    }
  });
  return wrong;
}

function agreementWrong(kept: KeptAgreement, { ids }: Around, parties: ReadonlyMap<string, Party>, looking: Looking): Wrong[] {
  const calendars = new Set(looking.calendars.map(({ id }) => id));
  const [, services = new Set<string>(), , agreements = new Set<string>()] = ids;
  const wrong: Wrong[] = partyFindings(kept, parties).map(({ text, path = '' }) => ({ path, text }));
  if (!kept.id.startsWith(`${kept.kind}-`)) wrong.push({ path: 'id', text: `The id of an agreement begins with its kind: ${kept.kind}-1.` });
  kept.versions.forEach(({ terms }, index) => {
    // Circles are looked for in all rows at once.
    const under = new Map(legIds(terms.under).flatMap((leg) => (agreements.has(leg) && leg !== kept.id ? [[leg, []] as const] : [])));
    for (const { text, path } of termsFindings(kept.id, terms, { calendars, services, under })) {
      wrong.push({ path: [`versions.${String(index)}.terms`, ...(path ? [path] : [])].join('.'), text });
    }
  });
  return [...wrong, ...deedsWrong(kept)];
}

function recordWrong(part: number, body: { parent?: string | undefined; blocks?: readonly string[] }, { ids }: Around): Wrong[] {
  const unknown = (what: string, id: string, path: string): Wrong => ({
    path,
    text: `The ${what} "${id}" is neither here nor in the file. Add it, or take it out.`,
  });
  return [
    ...(body.parent !== undefined && !ids[part]?.has(body.parent) ? [unknown(KINDS[part] ?? '', body.parent, 'parent')] : []),
    ...(body.blocks ?? []).flatMap((id, index) => (ids[2]?.has(id) ? [] : [unknown('block', id, `blocks.${String(index)}`)])),
  ];
}

const sameText = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The rows of one part: what is wrong with each, or what would become of it. */
async function look(
  run: string,
  part: number,
  rows: readonly WaitingRow[],
  all: Around,
  together: ReadonlyMap<string, Wrong[]>,
  looking: Looking,
): Promise<void> {
  const ids = rows.map(({ id }) => id);
  const fates = new Map<number, number[]>();
  const settle = async (row: WaitingRow, wrong: readonly Wrong[], fate: number): Promise<void> => {
    const every = [
      ...wrong.map(({ path, text }) => ({ path: pathOf(part, row.line, path), text })),
      ...(together.get(`${String(part)} ${String(row.line)}`) ?? []),
    ];
    if (every.length > 0) await refuse(run, part, row.line, every);
    else fates.set(fate, [...(fates.get(fate) ?? []), row.line]);
  };
  const kind = KINDS[part];
  if (kind) {
    const here = await recordsWith(kind, ids);
    for (const row of rows) {
      const body = SCHEMAS[part]?.parse(JSON.parse(row.body)) as z.infer<(typeof SCHEMAS)[0]>;
      const former = here.get(row.id);
      await settle(row, recordWrong(part, body, all), former === undefined ? FATE.added : sameText(former, body) ? FATE.same : FATE.changed);
    }
  } else {
    const kept = rows.map((row) => ({ row, body: keptAgreement.parse(JSON.parse(row.body)) }));
    const ends = [...new Set(kept.flatMap(({ body }) => [body.provider, body.customer]))];
    const inFile = await bodiesOf(run, 0, ends);
    const parties = new Map([
      ...(await recordsWith('party', ends)),
      ...inFile.flatMap(({ id, body }) => (body === 'null' ? [] : [[id, party.parse(JSON.parse(body))] as const])),
    ]);
    const here = await storedOf(ids, { lean: false });
    for (const { row, body } of kept) {
      const former = here.get(row.id);
      const was = former && { ...former.agreement, versions: former.versions.map(({ number, terms, deeds }) => ({ number, terms, deeds })) };
      const same = was !== undefined && sameText(keptAgreement.parse(was), body);
      const other: Wrong[] =
        was && !same
          ? [
              {
                path: 'id',
                text: `${row.id} is here already and says something else. A file changes no agreement: give it another id, or take it out.`,
              },
            ]
          : [];
      await settle(row, [...(same ? [] : agreementWrong(body, all, parties, looking)), ...other], same ? FATE.same : FATE.added);
    }
  }
  for (const [fate, lines] of fates) await decide(run, part, fate, lines);
}

const sumOf = (fates: ReadonlyMap<number, number>, of: readonly number[]): number => of.reduce((sum, fate) => sum + (fates.get(fate) ?? 0), 0);
const everything = (fates: ReadonlyMap<number, number>): number => [...fates.values()].reduce((sum, n) => sum + n, 0);

export async function check({ run }: { run: string }, looking: Looking): Promise<ImportAnswer> {
  const waiting = await rowsOf(run, [FATE.waiting], 1);
  if (waiting.length > 0) {
    const all = await around(run);
    const together = await togetherWrong(all);
    while (remainingMs() > RESERVE_MS) {
      const rows = await rowsOf(run, [FATE.waiting], A_PORTION);
      const [first] = rows;
      if (!first) break;
      await look(
        run,
        first.part,
        rows.filter(({ part }) => part === first.part),
        all,
        together,
        looking,
      );
    }
  }
  const fates = await fatesOf(run);
  const of = everything(fates);
  if (of === 0) throw new Fault('person.notFound', 'Nothing of this file is here. Choose it again.');
  const open = sumOf(fates, [FATE.waiting]);
  if (open > 0) return { state: 'running', step: 'check', done: of - open, of };
  const wrong = sumOf(fates, [FATE.wrong]);
  if (wrong > 0) return { state: 'wrong', wrong: (await wrongOf(run, MOST_WRONG_SHOWN)).slice(0, MOST_WRONG_SHOWN), inAll: wrong };
  return { state: 'checked', ...counted(fates) };
}

const counted = (fates: ReadonlyMap<number, number>): { added: number; changed: number; same: number } => ({
  added: sumOf(fates, [FATE.added, FATE.added + FATE.written]),
  changed: sumOf(fates, [FATE.changed, FATE.changed + FATE.written]),
  same: sumOf(fates, [FATE.same]),
});

/** One statement takes 1 MiB (Forge docs: SQL limits). */
const STATEMENT = 500_000;
function fitting(rows: readonly WaitingRow[]): WaitingRow[] {
  let bytes = 0;
  return rows.filter(({ body }, index) => {
    bytes += body.length;
    return index === 0 || bytes <= STATEMENT;
  });
}

/** Longer than a call lives, so that whoever goes on with the next one still has it (Forge docs: invocation limits). */
const HELD_MS = 60_000;

/**
 * Keeps everybody else from bringing into force while rows are written, and says whether somebody did since they were looked at: such rows are wrong now.
 * What stands in the way for a moment is waited for by asking again.
 */
async function clashesNow(run: string): Promise<boolean> {
  const at = now();
  const held = await holdTurn(run, at, at + HELD_MS);
  if (held === 'busy')
    throw new Fault('person.conflict', 'Another file is being brought in. Nothing of this one was written; try again in a minute.');
  if (held === 'kept') return false;
  const wrong = (await twicePromised(await indexOf(run))).filter(([{ fate }]) => fate === FATE.added);
  for (const [{ part, line }, text] of wrong) await refuse(run, part, line, [{ path: pathOf(part, line), text }]);
  if (wrong.length > 0) await releaseTurn(run);
  return wrong.length > 0;
}

/** Only what was wholly looked at; parties before services before blocks before agreements, so that nothing names what is not there. */
export async function bring({ run }: { run: string }, looking: Looking): Promise<ImportAnswer> {
  const before = await fatesOf(run);
  if (everything(before) === 0 || sumOf(before, [FATE.waiting, FATE.wrong]) > 0) return check({ run }, looking);
  if (await clashesNow(run)) return check({ run }, looking);
  while (remainingMs() > RESERVE_MS) {
    const rows = await rowsOf(run, [FATE.added, FATE.changed], A_PORTION);
    const [first] = rows;
    if (!first) {
      await releaseTurn(run);
      return { state: 'done', ...counted(await fatesOf(run)) };
    }
    const together = fitting(rows.filter(({ part, fate }) => part === first.part && fate === first.fate));
    const kind = KINDS[first.part];
    if (kind)
      await bringRecords(
        kind,
        together.map(({ body }) => JSON.parse(body) as { id: string; name: string; parent?: string }),
      );
    else {
      const kept = together.map(({ body }) => keptAgreement.parse(JSON.parse(body)));
      await bringAll(kept.map((one) => ({ agreement: headerOf(one), versions: wholeVersions(one) })));
    }
    await decide(
      run,
      first.part,
      first.fate + FATE.written,
      together.map(({ line }) => line),
    );
  }
  const fates = await fatesOf(run);
  const of = everything(fates);
  return { state: 'running', step: 'write', done: of - sumOf(fates, [FATE.added, FATE.changed]), of };
}
