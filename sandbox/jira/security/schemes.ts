/** /issuesecurityschemes, /securitylevel: schemes, their levels and who is in them. */
import { z } from 'zod';
import { securityLevelBean } from '../beans';
import { administratorsOnly, chosenBy, nameSchema, nameTaken, namedLike, personsOnly, rowOr404, sameName } from '../configure';
import { isAdministrator } from '../lookups';
import { holderBean, holderOf } from '../permissions/holders';
import { mayAdminister } from '../projects/find';
import { badRequest, created, forbidden, noContent, notFound, ok, operation, page, type Jira, type Operation } from '../rest';
import type { SecurityHolder, SecurityLevel, SecurityScheme, Store } from '../store';

/** OpenAPI: CreateIssueSecuritySchemeDetails, SecuritySchemeLevelBean. */
const NAME_LENGTH = 60;
const DESCRIPTION_LENGTH = 255;
const LEVEL_NAME_LENGTH = 255;
const LEVEL_DESCRIPTION_LENGTH = 4000;
const AT_ONCE = 100;

export const path = '/rest/api/3/issuesecurityschemes';
export const REFUSED = 'You are not authorized to perform this action. Administrator privileges are required.';

const member = z.object({ type: z.string().min(1), parameter: z.string().nullish() });
const members = z.array(member).max(AT_ONCE);
const level = z.object({
  name: nameSchema(LEVEL_NAME_LENGTH),
  description: z.string().max(LEVEL_DESCRIPTION_LENGTH).optional(),
  isDefault: z.boolean().optional(),
  members: members.optional(),
});
const levels = z.array(level).max(AT_ONCE);
const details = z.object({ name: nameSchema(NAME_LENGTH), description: z.string().max(DESCRIPTION_LENGTH).optional() });

export const schemeBean = (jira: Jira, scheme: SecurityScheme, withLevels: boolean) => ({
  self: `${jira.baseUrl}${path}/${scheme.id}`,
  id: Number(scheme.id),
  name: scheme.name,
  description: scheme.description,
  ...(scheme.defaultLevelId !== undefined && { defaultSecurityLevelId: Number(scheme.defaultLevelId) }),
  ...(withLevels && { levels: scheme.levels.map((one) => securityLevelBean(jira, one)) }),
});

const levelBean = (jira: Jira, scheme: SecurityScheme, one: SecurityLevel) => ({
  ...securityLevelBean(jira, one),
  isDefault: scheme.defaultLevelId === one.id,
  issueSecuritySchemeId: scheme.id,
});

export const schemeOr404 = (store: Store, id: string | undefined): SecurityScheme =>
  rowOr404(store.securitySchemes, id, `Issue security scheme with ID ${id ?? ''} not found.`);

export function levelOr404(scheme: SecurityScheme, id: string | undefined): SecurityLevel {
  const found = scheme.levels.find((one) => one.id === id);
  if (!found) throw notFound(`Issue security level with ID ${id ?? ''} not found.`);
  return found;
}

/** The document writes projectrole, permission schemes projectRole. */
const TYPES: Record<string, string> = { projectrole: 'projectRole', lead: 'projectLead' };

function memberOf(store: Store, { type, parameter }: z.infer<typeof member>): SecurityLevel['members'][number] {
  const holder = holderOf(store, { type: TYPES[type] ?? type, parameter });
  if (holder.type === 'anyone') throw badRequest('The member type anyone is not supported.');
  return { id: store.nextId('securityMember'), holder: holder satisfies SecurityHolder };
}

/** The levels of a request, read and found good; nothing is stored yet. */
function newLevels(store: Store, given: z.infer<typeof levels>, present: SecurityLevel[]): { rows: SecurityLevel[]; defaultId: string | undefined } {
  const names = [...present.map((one) => one.name), ...given.map((one) => one.name)];
  if (names.some((name, index) => names.findIndex((other) => sameName(other, name)) !== index)) {
    throw badRequest('The names of the security levels have to be unique.');
  }
  if (given.filter((one) => one.isDefault).length > 1) throw badRequest('Only one security level can be the default.');
  const rows = given.map((one) => ({
    id: store.nextId('securityLevel'),
    name: one.name,
    description: one.description ?? '',
    members: (one.members ?? []).map((who) => memberOf(store, who)),
  }));
  return { rows, defaultId: rows[given.findIndex((one) => one.isDefault)]?.id };
}

const allLevels = (store: Store) => store.securitySchemes.all().flatMap((scheme) => scheme.levels.map((one) => ({ scheme, level: one })));

const administratorOperations = administratorsOnly(REFUSED, [
  operation('getIssueSecuritySchemes', 'GET', path, ({ jira }) =>
    ok({ issueSecuritySchemes: jira.store.securitySchemes.all().map((one) => schemeBean(jira, one, false)) }),
  ),
  operation('createIssueSecurityScheme', 'POST', path, details.extend({ levels: levels.optional() }), ({ jira, body }) => {
    const { store } = jira;
    if (nameTaken(store.securitySchemes, body.name)) throw badRequest('An issue security scheme with this name already exists.');
    const { rows, defaultId } = newLevels(store, body.levels ?? [], []);
    const scheme = store.securitySchemes.put({
      id: store.nextId('securityScheme'),
      name: body.name,
      description: body.description ?? '',
      ...(defaultId !== undefined && { defaultLevelId: defaultId }),
      levels: rows,
    });
    return created({ id: scheme.id });
  }),
  operation('searchSecuritySchemes', 'GET', `${path}/search`, ({ jira, query }) => {
    const { store } = jira;
    const projectIds = query.getAll('projectId');
    const usedBy = (scheme: SecurityScheme) => store.projects.filter((one) => one.securitySchemeId === scheme.id).map(({ id }) => id);
    const rows = chosenBy(query, 'id', namedLike(query, 'queryString', store.securitySchemes.all()), ({ id }) => id)
      .map((one) => ({ ...schemeBean(jira, one, false), projectIds: usedBy(one).map(Number) }))
      .filter((one) => projectIds.length === 0 || one.projectIds.some((id) => projectIds.includes(String(id))));
    return ok(page(query, rows));
  }),
  operation('updateIssueSecurityScheme', 'PUT', `${path}/{id}`, details.partial(), ({ jira, params, body }) => {
    const scheme = schemeOr404(jira.store, params.id);
    if (body.name && nameTaken(jira.store.securitySchemes, body.name, scheme.id)) throw badRequest('The name is used by another scheme.');
    scheme.name = body.name ?? scheme.name;
    scheme.description = body.description ?? scheme.description;
    return noContent();
  }),
  operation('deleteSecurityScheme', 'DELETE', `${path}/{schemeId}`, ({ jira, params }) => {
    const scheme = schemeOr404(jira.store, params.schemeId);
    if (jira.store.projects.find((one) => one.securitySchemeId === scheme.id)) {
      throw badRequest('An issue security scheme that is associated with a project cannot be deleted.');
    }
    jira.store.securitySchemes.delete(scheme.id);
    return noContent();
  }),
  operation('getSecurityLevels', 'GET', `${path}/level`, ({ jira, query }) => {
    const [ids, schemeIds] = [query.getAll('id'), query.getAll('schemeId')];
    const rows = allLevels(jira.store)
      .filter(({ scheme, level: one }) => (ids.length === 0 && schemeIds.length === 0) || ids.includes(one.id) || schemeIds.includes(scheme.id))
      .map(({ scheme, level: one }) => levelBean(jira, scheme, one))
      .filter((one) => query.get('onlyDefault') !== 'true' || one.isDefault);
    return ok(page(query, rows));
  }),
  operation('getSecurityLevelMembers', 'GET', `${path}/level/member`, ({ jira, query }) => {
    const [ids, schemeIds, levelIds] = [query.getAll('id'), query.getAll('schemeId'), query.getAll('levelId')];
    const rows = allLevels(jira.store).flatMap(({ scheme, level: one }) =>
      one.members
        .filter(
          ({ id }) =>
            ids.length + schemeIds.length + levelIds.length === 0 || ids.includes(id) || schemeIds.includes(scheme.id) || levelIds.includes(one.id),
        )
        .map(({ id, holder }) => ({
          id,
          issueSecurityLevelId: one.id,
          issueSecuritySchemeId: scheme.id,
          holder: holderBean(jira.store, holder),
        })),
    );
    return ok(page(query, rows));
  }),
  operation('addSecurityLevel', 'PUT', `${path}/{schemeId}/level`, z.object({ levels }), ({ jira, params, body }) => {
    const scheme = schemeOr404(jira.store, params.schemeId);
    const { rows, defaultId } = newLevels(jira.store, body.levels, scheme.levels);
    scheme.levels.push(...rows);
    if (defaultId !== undefined) scheme.defaultLevelId = defaultId;
    return noContent();
  }),
  operation('addSecurityLevelMembers', 'PUT', `${path}/{schemeId}/level/{levelId}/member`, z.object({ members }), ({ jira, params, body }) => {
    const found = levelOr404(schemeOr404(jira.store, params.schemeId), params.levelId);
    found.members.push(...body.members.map((one) => memberOf(jira.store, one)));
    return noContent();
  }),
  operation('removeMemberFromSecurityLevel', 'DELETE', `${path}/{schemeId}/level/{levelId}/member/{memberId}`, ({ jira, params }) => {
    const found = levelOr404(schemeOr404(jira.store, params.schemeId), params.levelId);
    if (!found.members.some(({ id }) => id === params.memberId)) throw notFound('The member of the security level was not found.');
    found.members = found.members.filter(({ id }) => id !== params.memberId);
    return noContent();
  }),
]);

export const schemeOperations: Operation[] = [
  ...administratorOperations,
  ...personsOnly([
    operation('getIssueSecurityScheme', 'GET', `${path}/{id}`, (call) => {
      const { store } = call.jira;
      const scheme = store.securitySchemes.get(call.params.id ?? '');
      const uses = store.projects.filter((one) => one.securitySchemeId === scheme?.id && mayAdminister(call, one));
      // without a scheme the document has no answer but this one
      if (!scheme || (uses.length === 0 && !isAdministrator(store, call.person))) throw forbidden(REFUSED);
      return ok(schemeBean(call.jira, scheme, true));
    }),
  ]),
  operation('getIssueSecurityLevel', 'GET', '/rest/api/3/securitylevel/{id}', ({ jira, params }) => {
    const found = allLevels(jira.store).find(({ level: one }) => one.id === params.id);
    if (!found) throw notFound('The security level was not found.');
    return ok(securityLevelBean(jira, found.level));
  }),
];
