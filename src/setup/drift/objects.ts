/** Objects that are known by id and name, and what is inside them: statuses, fields and their choices, screens and their fields. Pure. */
import { type FieldKey, FIELDS } from '../../method';
import { APP_ROLE, BLUEPRINT, type ScreenField } from '../blueprint';
import { nameFor, sameName } from '../site';
import {
  type Act,
  type Actual,
  type Deviation,
  type Expected,
  isLost,
  type LinkTypeText,
  type NamedPart,
  type NamedRow,
  type ScreenRow,
  type StatusText,
} from './model';
import { listed, plural } from './words';

interface Words {
  /** Jira's word for one. */
  one: string;
  /** What it means that it is gone. */
  gone: string;
}

const WORDS: Record<NamedPart, Words> = {
  linkTypes: {
    one: 'link type',
    gone: 'Hand-overs and their results are links of this type. They cannot be made any more, and those that were made are gone.',
  },
  roles: { one: 'role', gone: 'Nobody holds it any more, so the steps that the method leaves to it are open to fewer people, or to nobody.' },
  resolutions: { one: 'resolution', gone: 'The steps that set it cannot be taken any more.' },
  statuses: { one: 'status', gone: 'No workflow has this step any more.' },
  workTypes: { one: 'work type', gone: 'Work of this kind cannot be registered any more.' },
  fields: { one: 'field', gone: 'What stood in it is gone, and rules that ask for it can never be met.' },
  screens: { one: 'screen', gone: 'What it asked is not asked any more.' },
};

interface NamedItem {
  key: string;
  name: string;
}

const ITEMS: Record<NamedPart, readonly NamedItem[]> = {
  linkTypes: BLUEPRINT.linkTypes,
  roles: [...BLUEPRINT.roles, APP_ROLE],
  resolutions: BLUEPRINT.resolutions,
  statuses: BLUEPRINT.statuses,
  workTypes: BLUEPRINT.workTypes,
  fields: BLUEPRINT.fields,
  screens: BLUEPRINT.screens,
};

const CATEGORY: Record<StatusText['category'], string> = { TODO: 'To do', IN_PROGRESS: 'In progress', DONE: 'Done' };

const onSite = (act: Act): Pick<Deviation, 'fix'> => ({ fix: { on: 'site', act } });

interface Known {
  item: NamedItem;
  /** On this site. */
  name: string;
  row: NamedRow;
}

/** What is there, and a deviation for each that is not. */
function lookUp(part: NamedPart, rows: readonly NamedRow[], { ids, target }: Expected): { known: Known[]; gone: Deviation[] } {
  const known: Known[] = [];
  const gone: Deviation[] = [];
  for (const item of ITEMS[part]) {
    const id = ids[part][item.key];
    const name = nameFor(target, part, item);
    // A blueprint that is newer than what was set up: the upgrade brings it, it has not gone.
    if (id === undefined) continue;
    const row = rows.find((one) => one.id === id);
    if (row) known.push({ item, name, row });
    else {
      const makable = !(part === 'roles' && item.key === APP_ROLE.key);
      gone.push({
        id: `${part}.${item.key}.gone`,
        kind: 'object.gone',
        severity: 'broken',
        sentence: `The ${WORDS[part].one} ${name} is gone`,
        meaning: `${WORDS[part].gone}${makable ? '' : ' Jira itself gives this role to its apps: ask Atlassian’s support.'}`,
        says: [name],
        has: [],
        repair: makable
          ? [
              `makes the ${WORDS[part].one} ${name} anew, or takes one of this name that fits`,
              'puts the new one wherever the old one was used by USM',
            ]
          : [],
        about: { id, name },
        ...(makable && onSite({ do: 'make', part, key: item.key })),
      });
    }
  }
  return { known, gone };
}

const renamed = (part: NamedPart, { item, name, row }: Known, act: Act): Deviation => ({
  id: `${part}.${item.key}.name`,
  kind: 'object.renamed',
  severity: 'changed',
  sentence: `The ${WORDS[part].one} ${name} is now called ${row.name}`,
  meaning: 'It works as before. The method, the guide and every colleague elsewhere call it by its old name, and setup finds things by their names.',
  says: [name],
  has: [row.name],
  repair: [`calls it ${name} again`],
  about: { id: row.id, name: row.name },
  ...onSite(act),
});

function simple(part: Exclude<NamedPart, 'statuses' | 'linkTypes'>, rows: readonly NamedRow[], site: Expected): Deviation[] {
  const { known, gone } = lookUp(part, rows, site);
  const others = known
    .filter(({ name, row, item }) => !sameName(row.name, name) && item.key !== APP_ROLE.key)
    .map((one) => renamed(part, one, { do: 'rename', part, id: one.row.id, key: one.item.key, name: one.name }));
  return [...gone, ...others];
}

function statuses(rows: NonNullable<Actual['statuses']>, site: Expected): Deviation[] {
  const { known, gone } = lookUp('statuses', rows, site);
  const found = known.flatMap((one): Deviation[] => {
    const wanted = BLUEPRINT.statuses.find((row) => row.key === one.item.key)?.category;
    const has = rows.find((row) => row.id === one.row.id);
    if (wanted === undefined || has === undefined) return [];
    const act = (change: Partial<StatusText>): Act => ({ do: 'status', id: has.id, now: { name: has.name, category: has.category }, change });
    const categories = [wanted, has.category].map((category) => CATEGORY[category]);
    return [
      ...(sameName(one.row.name, one.name) ? [] : [renamed('statuses', one, act({ name: one.name }))]),
      ...(wanted === has.category
        ? []
        : [
            {
              id: `statuses.${one.item.key}.category`,
              kind: 'status.category' as const,
              severity: 'broken' as const,
              sentence: `The status ${one.name} is counted as ${categories[1] ?? ''}`,
              meaning: `The method counts it as ${categories[0] ?? ''}. Boards, reports and clocks go by the category of a status.`,
              says: categories.slice(0, 1),
              has: categories.slice(1),
              repair: [`counts it as ${categories[0] ?? ''} again`],
              about: { id: one.row.id, name: one.row.name },
              ...onSite(act({ category: wanted })),
            },
          ]),
    ];
  });
  return [...gone, ...found];
}

function linkTypes(rows: NonNullable<Actual['linkTypes']>, site: Expected): Deviation[] {
  const { known, gone } = lookUp('linkTypes', rows, site);
  const found = known.flatMap((one): Deviation[] => {
    const wanted = BLUEPRINT.linkTypes.find((row) => row.key === one.item.key);
    const has = rows.find((row) => row.id === one.row.id);
    if (!wanted || !has) return [];
    const same = sameName(has.inward, wanted.inward) && sameName(has.outward, wanted.outward);
    const now = { name: has.name, inward: has.inward, outward: has.outward };
    const act = (change: Partial<LinkTypeText>): Act => ({ do: 'linkType', id: has.id, now, change });
    return [
      ...(sameName(has.name, one.name) ? [] : [renamed('linkTypes', one, act({ name: one.name }))]),
      ...(same
        ? []
        : [
            {
              id: `linkTypes.${one.item.key}.words`,
              kind: 'linkType.words' as const,
              severity: 'changed' as const,
              sentence: `Links of the type ${one.name} read differently`,
              meaning: 'People read these words between two work items, and filters name them.',
              says: [wanted.outward, wanted.inward],
              has: [has.outward, has.inward],
              repair: [`lets them read “${wanted.outward}” and “${wanted.inward}” again`],
              about: { id: has.id, name: has.name },
              ...onSite(act({ inward: wanted.inward, outward: wanted.outward })),
            },
          ]),
    ];
  });
  return [...gone, ...found];
}

function fields(rows: NonNullable<Actual['fields']>, site: Expected): Deviation[] {
  const choices = BLUEPRINT.fields.flatMap((item): Deviation[] => {
    const row = rows.find((one) => one.id === site.ids.fields[item.key]);
    if (!row || item.options.length === 0) return [];
    const has = row.choices?.rows ?? [];
    const add = item.options.filter((value) => !has.some((one) => one.value === value));
    const enable = item.options.filter(
      (value) => has.some((one) => one.value === value && one.disabled) && !has.some((one) => one.value === value && !one.disabled),
    );
    const missing = [...add, ...enable];
    if (missing.length === 0) return [];
    const name = nameFor(site.target, 'fields', item);
    return [
      {
        id: `fields.${item.key}.choices`,
        kind: 'field.choices',
        severity: 'missing',
        sentence: `${listed(missing)} can no longer be chosen in ${name}`,
        meaning: `The method and the app know ${missing.length === 1 ? 'this choice' : 'these choices'} by ${missing.length === 1 ? 'its name' : 'their names'}. Choices that you added stay as they are.`,
        says: [...item.options],
        has: has.filter((one) => !one.disabled).map((one) => one.value),
        repair: [`adds ${listed(missing)} to ${name}`],
        about: { id: row.id, name: row.name },
        ...onSite(
          row.choices
            ? { do: 'choices', fieldId: row.id, contextId: row.choices.contextId, add, enable }
            : { do: 'make', part: 'fields', key: item.key },
        ),
      },
    ];
  });
  return [...simple('fields', rows, site), ...choices];
}

/** Jira's own fields by the names Jira gives them. */
const SYSTEM: Record<string, string> = {
  summary: 'Summary',
  description: 'Description',
  reporter: 'Reporter',
  priority: 'Priority',
  labels: 'Labels',
  issuelinks: 'Linked work items',
  assignee: 'Assignee',
  duedate: 'Due date',
};

const fieldName = (one: ScreenField): string => ('system' in one ? (SYSTEM[one.system] ?? one.system) : FIELDS[one.field].name);

function screens(rows: readonly ScreenRow[], site: Expected, actual: Actual): Deviation[] {
  const inside = BLUEPRINT.screens.flatMap((item): Deviation[] => {
    const row = rows.find((one) => one.id === site.ids.screens[item.key]);
    if (!row) return [];
    const idOf = (one: ScreenField): string | undefined => ('system' in one ? one.system : site.ids.fields[one.field]);
    const on = new Set(row.tabs.flatMap((tab) => tab.fieldIds));
    const missing = item.fields.flatMap((one) => {
      const id = 'field' in one && isLost(site, actual, 'fields', one.field) ? undefined : idOf(one);
      return id !== undefined && !on.has(id) ? [{ id, name: fieldName(one) }] : [];
    });
    const wanted = new Set(item.fields.map(idOf));
    const extra = [...on].filter((id) => !wanted.has(id));
    const nameOfExtra = (id: string): string => {
      const key = Object.entries(site.ids.fields).find(([, one]) => one === id)?.[0];
      return key && key in FIELDS ? FIELDS[key as FieldKey].name : (SYSTEM[id] ?? id);
    };
    const about = { id: row.id, name: row.name };
    return [
      ...(missing.length === 0
        ? []
        : [
            {
              id: `screens.${item.key}.fields`,
              kind: 'screen.field' as const,
              severity: 'missing' as const,
              sentence: `${listed(missing.map((one) => one.name))} ${missing.length === 1 ? 'is' : 'are'} off the screen ${row.name}`,
              meaning: `Nobody can fill ${missing.length === 1 ? 'it' : 'them'} in there, and Jira lets the app write only what is on the screen.`,
              says: item.fields.map(fieldName),
              has: item.fields.filter((one) => on.has(idOf(one) ?? '')).map(fieldName),
              repair: [`puts ${listed(missing.map((one) => one.name))} on the screen again`],
              about,
              ...onSite({ do: 'screenFields', screenId: row.id, tabId: row.tabs[0]?.id, fieldIds: missing.map((one) => one.id) }),
            },
          ]),
      ...(extra.length === 0
        ? []
        : [
            {
              id: `screens.${item.key}.added`,
              kind: 'screen.fieldAdded' as const,
              severity: 'added' as const,
              sentence: `${plural(extra.length, 'field')} more on the screen ${row.name}`,
              meaning: `${listed(extra.map(nameOfExtra))}: the method does not ask for ${extra.length === 1 ? 'it' : 'them'} there. Repair leaves ${extra.length === 1 ? 'it' : 'them'} alone.`,
              says: [],
              has: extra.map(nameOfExtra),
              repair: [],
              about,
            },
          ]),
    ];
  });
  return [...simple('screens', rows, site), ...inside];
}

/** Where objects of the site differ from the method's, as far as they were read. */
export function compareObjects(actual: Actual, site: Expected): Deviation[] {
  const when = <Rows>(rows: Rows | undefined, compare: (rows: Rows, site: Expected) => Deviation[]): Deviation[] => (rows ? compare(rows, site) : []);
  return [
    ...when(actual.statuses, statuses),
    ...when(actual.workTypes, (rows) => simple('workTypes', rows, site)),
    ...when(actual.linkTypes, linkTypes),
    ...when(actual.roles, (rows) => simple('roles', rows, site)),
    ...when(actual.resolutions, (rows) => simple('resolutions', rows, site)),
    ...when(actual.fields, fields),
    ...when(actual.screens, (rows) => screens(rows, site, actual)),
  ];
}
