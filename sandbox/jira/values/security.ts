/** Security levels: a work item bears one of those of its project's scheme. */
import { securityLevelBean } from '../beans';
import { existing } from '../lookups';
import type { Json, Project, SecurityScheme, Store } from '../store';
import { FieldError, isObject, type Codec, type Setting } from './codec';

const schemeOf = (store: Store, project: Project): SecurityScheme | undefined =>
  project.securitySchemeId === undefined ? undefined : existing(store.securitySchemes, project.securitySchemeId);

/** The level of work items that are created without one. */
export const defaultLevel = (store: Store, project: Project): string | undefined => schemeOf(store, project)?.defaultLevelId;

const levelsOf = ({ jira, projectId }: Setting) => schemeOf(jira.store, existing(jira.store.projects, projectId))?.levels ?? [];

/** Ids of levels are the site's own, so that a changelog can name a level of a scheme that the project no longer uses. */
const nameOf = (stored: Json, { jira }: Setting): string =>
  jira.store.securitySchemes
    .all()
    .flatMap((one) => one.levels)
    .find((one) => one.id === stored)?.name ?? String(stored);

export const security: Codec = {
  type: 'securitylevel',
  parse(input, setting) {
    if (!isObject(input)) throw new FieldError("Specify a valid 'id' or 'name' in an object");
    const { id, name } = input;
    const level = levelsOf(setting).find((one) => (id !== undefined && id !== null ? one.id === String(id) : one.name === name));
    if (!level) throw new FieldError('The security level selected is invalid.');
    return level.id;
  },
  render(stored, setting) {
    const level = levelsOf(setting).find((one) => one.id === stored);
    return level ? securityLevelBean(setting.jira, level) : null;
  },
  id: (stored) => String(stored),
  text: nameOf,
  words: (stored, setting) => [String(stored), nameOf(stored, setting)],
  choices: (setting) => levelsOf(setting).map((one) => securityLevelBean(setting.jira, one)),
};
