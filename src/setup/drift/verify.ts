/** Verify: what was found, read back from the site, and how we know it; then what comes next. */
import { getProjectRole } from 'jira.js/cloud';
import type { Check, Verification } from '../../contract';
import { PROCESS_KEYS, PROFILE_KEYS, PROFILES } from '../../method';
import { JiraError } from '../../jira/client';
import { APP_ROLE, BLUEPRINT } from '../blueprint';
import type { Installed } from '../model';
import { rulesOf } from '../payload';
import { inParallel } from '../site';
import type { Deviation } from './model';
import { type Observation, observe } from './observe';
import type { DriftTools } from './state';
import { plural } from './words';

/** Roles without people, by name, over all spaces: a role counts as empty where nobody holds it in one of them. */
async function emptyRoles({ clients: { person } }: DriftTools, { projects, roles }: Installed): Promise<{ space: string; role: string }[]> {
  const places = projects.flatMap((project) => PROFILE_KEYS.map((key) => ({ project, key })));
  const held = await inParallel(places, async ({ project, key }) => {
    try {
      const { actors = [] } = await getProjectRole(person, { projectIdOrKey: project.id, id: Number(roles[key]) });
      return actors.length > 0;
    } catch (thrown) {
      // A space or a role that is gone is told by what was compared.
      if (thrown instanceof JiraError && thrown.status === 404) return true;
      throw thrown;
    }
  });
  return places.flatMap(({ project, key }, index) => (held[index] ? [] : [{ space: project.key, role: PROFILES[key].name }]));
}

const BY_ID = 'read back by id';

interface Counted {
  id: string;
  what: string;
  of: number;
  how: string;
  /** Whether a deviation takes one of these away. */
  counts(one: Deviation): boolean;
  /** Objects a deviation stands for: several may be about one. */
  object?(one: Deviation): string;
  /** How many one deviation takes away. */
  weight?(one: Deviation): number;
}

const spoils = ({ severity }: Deviation): boolean => severity !== 'added';
const head = ({ id }: Deviation): string => id.split('.')[0] ?? '';
/** "workflows.incident.confirm.gate": the object is the first two words, of a rule all four. */
const objectOf = ({ id }: Deviation): string => id.split('.').slice(0, 2).join('.');

const named = (part: keyof typeof BLUEPRINT & string, what: string, of: number, how: string = BY_ID): Counted => ({
  id: part,
  what,
  of,
  how,
  counts: (one) => head(one) === part,
});

const RULE_KINDS: readonly string[] = ['rule.gone', 'rule.off', 'rule.changed', 'who.gone', 'who.changed'];
const isRule = ({ kind }: Deviation): boolean => RULE_KINDS.includes(kind);

const totalRules = (): number =>
  BLUEPRINT.workflows.reduce((sum, item) => {
    const { jira, usm } = rulesOf(item);
    return sum + jira + usm;
  }, 0);

/** Told as one where all rules of the app share the fate: then it stands for all of them. */
const rulesIn = (one: Deviation): number => {
  const item = BLUEPRINT.workflows.find(({ key }) => one.id.startsWith(`workflows.${key}.rules.`));
  return item ? rulesOf(item).usm : 1;
};

const counted = (): Counted[] => [
  named('workTypes', 'Work types', BLUEPRINT.workTypes.length),
  named('statuses', 'Statuses and their categories', BLUEPRINT.statuses.length),
  named('fields', 'Fields and their choices', BLUEPRINT.fields.length),
  named('screens', 'Screens', BLUEPRINT.screens.length, 'read back by id, field by field'),
  named('resolutions', 'Resolutions', BLUEPRINT.resolutions.length),
  named('linkTypes', 'Link types', BLUEPRINT.linkTypes.length),
  named('roles', 'Roles', BLUEPRINT.roles.length + [APP_ROLE].length),
  {
    ...named('workflows', 'Workflows: steps and transitions', BLUEPRINT.workflows.length, 'compared with the method, step by step'),
    counts: (one) => head(one) === 'workflows' && !isRule(one),
  },
  {
    id: 'rules',
    what: 'Rules on transitions',
    of: totalRules(),
    how: 'compared with the method, rule by rule',
    counts: isRule,
    object: (one) => one.id,
    weight: rulesIn,
  },
];

function checkOf({ id, what, of, how, counts, object = objectOf, weight = () => 1 }: Counted, deviations: readonly Deviation[]): Check {
  const wrong = deviations.filter((one) => spoils(one) && counts(one));
  const objects = new Map(wrong.map((one) => [object(one), weight(one)]));
  const lost = [...objects.values()].reduce((sum, one) => sum + one, 0);
  return { id, what, found: `${String(Math.max(0, of - lost))} of ${String(of)}`, how, is: lost === 0 ? 'ok' : 'wrong' };
}

function checksOf({ deviations }: Observation, { projects }: Installed, empty: readonly { space: string; role: string }[]): Check[] {
  const spaces = new Set(deviations.filter((one) => ['spaces', 'schemes', 'screenSchemes'].includes(head(one)) && spoils(one)).map((one) => one.id));
  const app = deviations.filter((one) => head(one) === 'access');
  const holders = PROFILE_KEYS.length;
  const roles = new Set(empty.map((one) => one.role));
  const emptyText = projects.length > 1 ? empty.map((one) => `${one.role} in ${one.space}`) : [...roles];
  const drifts = deviations.length;
  return [
    ...counted().map((one) => checkOf(one, deviations)),
    {
      id: 'spaces',
      what: 'Spaces run on USM’s schemes',
      found: spaces.size === 0 ? `${String(projects.length)} of ${String(projects.length)}` : plural(spaces.size, 'difference'),
      how: 'read back scheme by scheme',
      is: spaces.size === 0 ? 'ok' : 'wrong',
    },
    {
      id: 'access',
      what: 'The app may do its work',
      found: `${String(projects.length - app.length)} of ${plural(projects.length, 'space')}`,
      how: app.length === 0 ? 'asked as the app' : app.map((one) => one.sentence).join('; '),
      is: app.length === 0 ? 'ok' : 'wrong',
    },
    {
      id: 'people',
      what: 'Roles have people',
      found: `${String(holders - roles.size)} of ${String(holders)}`,
      how: roles.size === 0 ? 'asked of every space' : `empty: ${emptyText.join(', ')}`,
      is: roles.size === 0 ? 'ok' : 'look',
    },
    {
      id: 'drift',
      what: 'Deviations from the method',
      found: drifts === 0 ? 'none' : String(drifts),
      how: 'Drift names each of them',
      is: deviations.some(spoils) ? 'wrong' : drifts === 0 ? 'ok' : 'look',
    },
  ];
}

export interface Next {
  /** Processes with somebody accountable. */
  accountable: number;
}

function nextOf(empty: readonly { role: string }[], { accountable }: Next): Verification['next'] {
  const roles = new Set(empty.map((one) => one.role)).size;
  return [
    { id: 'roles', text: roles === 0 ? 'Name people for the roles' : `Name people for ${plural(roles, 'role')}`, minutes: 5, done: roles === 0 },
    { id: 'accountable', text: 'Say who answers for each process', minutes: 5, done: accountable >= PROCESS_KEYS.length },
  ];
}

/** Reads everything back as the administrator. */
export async function verification(tools: DriftTools, site: Installed, next: Next): Promise<Verification> {
  const [seen, empty] = await Promise.all([observe(tools, site, 'person'), emptyRoles(tools, site)]);
  const { hash, by, at } = site.applied;
  return {
    state: 'ok',
    asOf: seen.reading.asOf,
    checks: checksOf(seen, site, empty),
    drifts: seen.deviations.length,
    next: nextOf(empty, next),
    proof: { hash, by: by.name, at },
  };
}
