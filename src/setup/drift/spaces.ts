/** The spaces USM works in: which schemes they run on, what the schemes say, what the app may do there. Pure. */
import { WORK_TYPE_KEYS } from '../../method';
import { BLUEPRINT } from '../blueprint';
import { type Act, type Actual, type Deviation, type Expected, isLost, SPACE_SCHEMES, type SpaceScheme } from './model';
import { listed, typeName } from './words';

/** Schemes of an existing space are copies of its own, kept by the space's key. */
const schemeKey = ({ existing, key }: Expected['projects'][number]): string => (existing ? key : BLUEPRINT.workflowScheme.key);

const SCHEME_WORDS: Record<SpaceScheme, { sentence: string; meaning: string }> = {
  workflowScheme: {
    sentence: 'runs on other workflows',
    meaning: 'Its work items follow workflows without USM’s steps and rules, so nothing of the method is asked there.',
  },
  workTypeScheme: { sentence: 'has other work types', meaning: 'USM’s work types may be missing when work is registered there.' },
  workTypeScreenScheme: {
    sentence: 'shows other screens',
    meaning: 'USM’s fields may be missing there, and Jira lets the app write only what is on the screen.',
  },
};

const SCHEME_NAMES: Record<SpaceScheme, string> = {
  workflowScheme: 'workflow scheme',
  workTypeScheme: 'work type scheme',
  workTypeScreenScheme: 'work type screen scheme',
};

const onSite = (act: Act): Pick<Deviation, 'fix'> => ({ fix: { on: 'site', act } });

function ofSpaces({ rows }: NonNullable<Actual['spaces']>, site: Expected): Deviation[] {
  return site.projects.flatMap((project): Deviation[] => {
    const row = rows.find((one) => one.id === project.id);
    if (!row) {
      return [
        {
          id: `spaces.${project.id}.gone`,
          kind: 'space.gone',
          severity: 'broken',
          sentence: `The space ${project.name} (${project.key}) is gone`,
          meaning:
            'It was deleted or archived, or may no longer be seen. Restore it in Jira’s administration, under Spaces, or accept that USM no longer works there.',
          says: [project.name],
          has: [],
          repair: [],
          about: { id: project.id, name: project.name },
        },
      ];
    }
    return SPACE_SCHEMES.flatMap((scheme): Deviation[] => {
      const wanted = site.ids[scheme][schemeKey(project)];
      const has = row.schemes[scheme];
      if (wanted === undefined || has === wanted) return [];
      const { sentence, meaning } = SCHEME_WORDS[scheme];
      return [
        {
          id: `spaces.${project.id}.${scheme}`,
          kind: 'space.scheme',
          severity: 'broken',
          sentence: `The space ${row.name} (${row.key}) ${sentence}`,
          meaning,
          says: [],
          has: [],
          repair: [
            `gives the space USM’s ${SCHEME_NAMES[scheme]} again`,
            ...(scheme === 'workflowScheme' ? ['moves work items whose status USM’s workflows do not have to the nearest one they have'] : []),
          ],
          about: { id: row.id, name: row.name },
          ...onSite({ do: 'switch', scheme, projectId: row.id, schemeId: wanted }),
        },
      ];
    });
  });
}

function ofSchemes({ rows, schemes }: NonNullable<Actual['spaces']>, site: Expected, actual: Actual): Deviation[] {
  const { ids } = site;
  const keys = [...new Set(site.projects.filter((one) => rows.some((row) => row.id === one.id)).map(schemeKey))];
  const typeKeys = WORK_TYPE_KEYS.filter((key) => ids.workTypes[key] !== undefined && !isLost(site, actual, 'workTypes', key));
  const typeId = (key: (typeof typeKeys)[number]): string => ids.workTypes[key] ?? '';
  const about = (id: string, name: string) => ({ about: { id, name } });
  return keys.flatMap((key): Deviation[] => {
    const where = key === BLUEPRINT.workflowScheme.key ? '' : ` in ${key}`;
    const found: Deviation[] = [];
    const types = ids.workTypeScheme[key];
    const offered = types === undefined ? undefined : schemes.types[types];
    const missing = offered ? typeKeys.filter((one) => !offered.includes(typeId(one))) : [];
    if (types !== undefined && missing.length > 0) {
      found.push({
        id: `schemes.${key}.types`,
        kind: 'scheme.types',
        severity: 'broken',
        sentence: `${listed(missing.map(typeName))} can no longer be registered${where}`,
        meaning: 'The work type scheme does not offer it. Work that should be handed over to it cannot be made.',
        says: typeKeys.map(typeName),
        has: typeKeys.filter((one) => !missing.includes(one)).map(typeName),
        repair: [`offers ${listed(missing.map(typeName))} again`],
        ...about(types, BLUEPRINT.workTypeScheme.name),
        ...onSite({ do: 'schemeTypes', schemeId: types, typeIds: missing.map(typeId) }),
      });
    }
    const screenScheme = ids.workTypeScreenScheme[key];
    const shown = screenScheme === undefined ? undefined : schemes.screens[screenScheme];
    for (const type of shown ? typeKeys : []) {
      const wanted = ids.screenSchemes[type];
      const has = shown?.[typeId(type)];
      if (screenScheme === undefined || wanted === undefined || has === wanted) continue;
      found.push({
        id: `schemes.${key}.screens.${type}`,
        kind: 'scheme.screens',
        severity: 'broken',
        sentence: `${typeName(type)} shows other screens${where}`,
        meaning: 'USM’s fields may be missing on it, and Jira lets the app write only what is on the screen.',
        says: [],
        has: [],
        repair: [`lets ${typeName(type)} show USM’s screens again`],
        ...about(screenScheme, BLUEPRINT.workTypeScreenScheme.name),
        ...onSite({ do: 'schemeScreens', schemeId: screenScheme, typeId: typeId(type), screenSchemeId: wanted, mapped: has !== undefined }),
      });
    }
    const workflowScheme = ids.workflowScheme[key];
    const run = workflowScheme === undefined ? undefined : schemes.workflows[workflowScheme];
    const runs = (one: (typeof typeKeys)[number]): boolean => isLost(site, actual, 'workflows', one) || run?.[typeId(one)] === ids.workflows[one];
    const strays = run ? typeKeys.filter((one) => ids.workflows[one] !== undefined && !runs(one)) : [];
    if (workflowScheme !== undefined && strays.length > 0) {
      found.push({
        id: `schemes.${key}.workflows`,
        kind: 'scheme.workflows',
        severity: 'broken',
        sentence: `${listed(strays.map(typeName))} ${strays.length === 1 ? 'runs' : 'run'} on another workflow${where}`,
        meaning: SCHEME_WORDS.workflowScheme.meaning,
        says: [],
        has: [],
        repair: [
          `lets ${listed(strays.map(typeName))} run on USM’s workflow again`,
          'moves work items whose status it does not have to the nearest one it has',
        ],
        ...about(workflowScheme, BLUEPRINT.workflowScheme.name),
        ...onSite({
          do: 'schemeWorkflows',
          schemeId: workflowScheme,
          workflows: Object.fromEntries(strays.map((one) => [typeId(one), ids.workflows[one] ?? ''])),
        }),
      });
    }
    return found;
  });
}

/** Shared by all spaces: which screens a work type shows. */
const ofScreenSchemes = ({ schemes }: NonNullable<Actual['spaces']>, { ids }: Expected): Deviation[] =>
  BLUEPRINT.screenSchemes.flatMap((item): Deviation[] => {
    const id = ids.screenSchemes[item.key];
    const row = schemes.screenSchemes.find((one) => one.id === id);
    const [view, create] = [ids.screens[item.view], ids.screens[item.create]];
    if (!row || view === undefined || create === undefined || (row.view === view && row.create === create)) return [];
    return [
      {
        id: `screenSchemes.${item.key}.screens`,
        kind: 'scheme.screens',
        severity: 'broken',
        sentence: `${typeName(item.key)} shows other screens`,
        meaning: 'USM’s fields may be missing on it, and Jira lets the app write only what is on the screen.',
        says: [],
        has: [],
        repair: [`lets ${typeName(item.key)} show USM’s screens again`],
        about: { id: row.id, name: item.name },
        ...onSite({ do: 'screenScheme', id: row.id, view, create }),
      },
    ];
  });

const RIGHTS: Record<string, string> = {
  BROWSE_PROJECTS: 'see work items',
  CREATE_ISSUES: 'make work items',
  EDIT_ISSUES: 'change work items',
  TRANSITION_ISSUES: 'move work items on',
  LINK_ISSUES: 'link work items',
  MODIFY_REPORTER: 'name the reporter',
};

const ofAccess = (rows: NonNullable<Actual['access']>, { projects }: Expected): Deviation[] =>
  rows
    .filter((one) => one.lacks.length > 0)
    .map(({ id, lacks }): Deviation => {
      const project = projects.find((one) => one.id === id);
      return {
        id: `access.${id}`,
        kind: 'app.permission',
        severity: 'broken',
        sentence: `USM may no longer ${listed(lacks.map((one) => RIGHTS[one] ?? one))} in ${project?.name ?? 'a space'}`,
        meaning: `Work is not handed over or brought back by itself there. Give ${listed([...lacks])} to the role atlassian-addons-project-access in the permission scheme of the space.`,
        says: [],
        has: [],
        repair: [],
        about: { id, name: project?.name ?? '' },
      };
    });

export function compareSpaces(actual: Actual, site: Expected): Deviation[] {
  const { spaces, access = [] } = actual;
  const there = access.filter(({ id }) => spaces === undefined || spaces.rows.some((one) => one.id === id));
  return [
    ...(spaces ? [...ofSpaces(spaces, site), ...ofSchemes(spaces, site, actual), ...ofScreenSchemes(spaces, site)] : []),
    ...ofAccess(there, site),
  ];
}
