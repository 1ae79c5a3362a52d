/** Changing and taking away levels that work items may bear. */
import { z } from 'zod';
import { administratorsOnly, idSchema, nameSchema, sameName } from '../configure';
import { change } from '../issues/change';
import { badRequest, noContent, operation, requirePerson, type Answer, type Call, type Operation } from '../rest';
import { refuseWhileRunning, seeTask, startTask } from '../tasks';
import { levelOr404, path, REFUSED, schemeOr404 } from './schemes';

/** OpenAPI: UpdateIssueSecurityLevelDetails. */
const NAME_LENGTH = 60;
const DESCRIPTION_LENGTH = 255;

const one = `${path}/{schemeId}/level/{levelId}`;

const details = z.looseObject({ name: nameSchema(NAME_LENGTH).optional(), description: z.string().max(DESCRIPTION_LENGTH).optional() });
const defaults = z.looseObject({ defaultValues: z.array(z.object({ issueSecuritySchemeId: idSchema, defaultLevelId: idSchema.nullable() })).min(1) });

/** Takes a level away; work items that bear it get the one that replaces it, or none. */
function remove(call: Call): Answer {
  const { jira, params, query } = call;
  const { store } = jira;
  const { id: submittedBy } = requirePerson(call);
  const replacement = query.get('replaceWith');
  const read = () => {
    const scheme = schemeOr404(store, params.schemeId);
    const level = levelOr404(scheme, params.levelId);
    return { scheme, level, next: replacement === null ? undefined : levelOr404(scheme, replacement) };
  };
  const { level, next } = read();
  if (level === next) throw badRequest('A security level cannot be replaced with itself.');
  refuseWhileRunning(store, 'security');
  const task = startTask(jira, {
    submittedBy,
    kind: 'security',
    description: `Remove issue security level ${level.name}`,
    work: () => {
      const found = read();
      for (const issue of store.issues.filter(({ fields }) => fields.security === found.level.id)) {
        change(jira, submittedBy, issue, () => {
          if (found.next) issue.fields.security = found.next.id;
          else delete issue.fields.security;
        });
      }
      found.scheme.levels = found.scheme.levels.filter((each) => each !== found.level);
      if (found.scheme.defaultLevelId === found.level.id) delete found.scheme.defaultLevelId;
      return undefined;
    },
  });
  return seeTask(jira, task);
}

export const levelOperations: Operation[] = administratorsOnly(REFUSED, [
  operation('updateSecurityLevel', 'PUT', one, details, ({ jira, params, body }) => {
    const scheme = schemeOr404(jira.store, params.schemeId);
    const level = levelOr404(scheme, params.levelId);
    const { name } = body;
    if (name !== undefined && scheme.levels.some((each) => each !== level && sameName(each.name, name))) {
      throw badRequest('The names of the security levels have to be unique.');
    }
    level.name = name ?? level.name;
    level.description = body.description ?? level.description;
    return noContent();
  }),
  operation('removeLevel', 'DELETE', one, remove),
  operation('setDefaultLevels', 'PUT', `${path}/level/default`, defaults, ({ jira, body }) => {
    const wanted = body.defaultValues.map(({ issueSecuritySchemeId, defaultLevelId }) => {
      const scheme = schemeOr404(jira.store, issueSecuritySchemeId);
      return { scheme, level: defaultLevelId === null ? undefined : levelOr404(scheme, defaultLevelId) };
    });
    for (const { scheme, level } of wanted) {
      if (level) scheme.defaultLevelId = level.id;
      else delete scheme.defaultLevelId;
    }
    return noContent();
  }),
]);
