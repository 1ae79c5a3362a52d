/** Reading, comparing, remembering: on demand as the administrator, daily as the app. */
import type { SetupTarget } from '../../contract';
import { now } from '../../platform/clock';
import type { Installed } from '../model';
import { type Ids, noIds } from '../site';
import { movesWork, requestsOf } from './acts';
import { compare } from './compare';
import type { Actual, Deviation, Expected, ReadingPart } from './model';
import { READING_PARTS, readParts } from './read';
import { type DriftTools, fitting, type SeenDrift, type StoredReading } from './state';
import { tracesOf } from './who';
import { listed } from './words';

/** As setup would be asked for today. */
function targetOf({ projects, choices }: Installed): SetupTarget {
  const [first] = projects;
  return { spaces: { kind: 'new', key: first?.key ?? 'USM', name: first?.name ?? 'USM' }, begin: 'enforce', choices };
}

const idsIn = ({ all }: Installed): Ids => ({ ...noIds(), ...structuredClone(all) });

/** What the method wants of this site. */
async function expectedOn(site: Installed, { environmentId, rules }: Pick<DriftTools, 'environmentId' | 'rules'>): Promise<Expected> {
  const decided = await rules.read();
  return {
    ids: idsIn(site),
    target: targetOf(site),
    projects: site.projects,
    environmentId,
    rules: { levels: decided?.levels ?? {}, paused: decided?.paused !== undefined, removed: decided?.removed !== undefined },
  };
}

/** Which reading a deviation comes from, by its id. */
const PART_OF: Record<string, ReadingPart> = { schemes: 'spaces', screenSchemes: 'spaces' };
export function partOf(id: string): ReadingPart {
  const [head = ''] = id.split('.');
  return PART_OF[head] ?? READING_PARTS.find((part) => part === head) ?? 'workflows';
}

/** Read and written once more, as the whole workflow. */
const WORKFLOW_REQUESTS = 2;

const seen = ({ id, severity, sentence, meaning, says, has, repair, fix }: Deviation): SeenDrift => ({
  id,
  severity,
  sentence,
  meaning,
  says,
  has,
  repair,
  requests: fix ? (fix.on === 'workflow' ? WORKFLOW_REQUESTS : requestsOf(fix.act)) : 0,
  safe: fix !== undefined && (fix.on === 'workflow' || !movesWork(fix.act)),
});

const PART_WORDS: Record<ReadingPart, string> = {
  workflows: 'workflows and their rules',
  statuses: 'statuses',
  fields: 'fields',
  screens: 'screens',
  spaces: 'spaces and their schemes',
  linkTypes: 'link types',
  roles: 'roles',
  resolutions: 'resolutions',
  workTypes: 'work types',
  access: 'what the app may do',
};

export interface Observation {
  expected: Expected;
  actual: Actual;
  deviations: Deviation[];
  /** As stored: parts that were not read are as they were before. */
  reading: StoredReading;
}

/** Reads these parts, compares, adds who and when to what is new, and keeps the reading. `as`: who looks. */
export async function observe(
  tools: DriftTools,
  site: Installed,
  as: 'person' | 'app',
  parts: readonly ReadingPart[] = READING_PARTS,
): Promise<Observation> {
  const { clients } = tools;
  const reader = clients[as];
  const at = now();
  const [expected, former] = await Promise.all([expectedOn(site, tools), tools.reading.read()]);
  const { actual, unread } = await readParts({ person: reader, app: clients.app }, expected, parts);
  const deviations = compare(expected, actual);

  const known = new Map(former?.items.map((one) => [one.id, one]));
  const traces = await tracesOf(
    reader,
    deviations.filter((one) => !known.has(one.id)),
    former?.asOf ?? site.applied.at,
  );
  const items = deviations.map((one): SeenDrift => {
    const before = known.get(one.id);
    const trace = traces.get(one.id) ?? (before?.who !== undefined && before.when !== undefined ? { who: before.who, when: before.when } : undefined);
    return { ...seen(one), ...trace };
  });
  const notRead = (former?.items ?? []).filter((one) => actual[partOf(one.id)] === undefined);
  const why = unread.length > 0 ? `Not allowed to see: ${listed(unread.map((one) => PART_WORDS[one.part]))}. ${unread[0]?.why ?? ''}` : undefined;
  const reading: StoredReading = { asOf: at, items: [...items, ...notRead], ...(why !== undefined && { unread: why }) };
  await tools.reading.write(fitting(reading));
  return { expected, actual, deviations, reading };
}
