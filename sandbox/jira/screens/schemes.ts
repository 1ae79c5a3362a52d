import { z } from 'zod';
import { administratorsOnly, chosenBy, idSchema, merged, nameSchema, nameTaken, namedLike, rowOr404 } from '../configure';
import { DEFAULTS } from '../lookups';
import { badRequest, created, noContent, notFound, ok, operation, page, type Operation } from '../rest';
import type { ScreenScheme, Store } from '../store';

const NAME_LENGTH = 255;
const path = '/rest/api/3/screenscheme';
const unknown = 'The screen scheme was not found.';

const screensSchema = z.object({ default: idSchema, create: idSchema.optional(), edit: idSchema.optional(), view: idSchema.optional() });
const details = z.object({ name: nameSchema(NAME_LENGTH), description: z.string().optional(), screens: screensSchema });
/** In a change, null takes a screen out again. */
const changedScreens = z.object({
  default: idSchema.optional(),
  create: idSchema.nullish(),
  edit: idSchema.nullish(),
  view: idSchema.nullish(),
});

const schemeBean = ({ id, name, description, screens }: ScreenScheme) => ({
  id: Number(id),
  name,
  description,
  screens: Object.fromEntries(Object.entries(screens).map(([operationName, screenId]) => [operationName, Number(screenId)])),
});

function checkScreens(store: Store, ids: (string | null | undefined)[]): void {
  if (ids.some((id) => id && !store.screens.get(id))) throw notFound('One or more screens assigned to screen types was not found.');
}

const nameInUse = () => badRequest('The name is used by another scheme.');

export const screenSchemeOperations: Operation[] = administratorsOnly('Only Jira administrators can access screen schemes.', [
  operation('getScreenSchemes', 'GET', path, ({ jira, query }) => {
    const rows = namedLike(
      query,
      'queryString',
      chosenBy(query, 'id', jira.store.screenSchemes.all(), ({ id }) => id),
    );
    return ok(page(query, rows.map(schemeBean), 25));
  }),
  operation('createScreenScheme', 'POST', path, details, ({ jira, body }) => {
    const { store } = jira;
    if (nameTaken(store.screenSchemes, body.name)) throw nameInUse();
    checkScreens(store, Object.values(body.screens));
    const { id } = store.screenSchemes.put({
      id: store.nextId('screenScheme'),
      name: body.name,
      description: body.description ?? '',
      screens: merged({ default: body.screens.default }, body.screens),
    });
    return created({ id: Number(id) });
  }),
  operation(
    'updateScreenScheme',
    'PUT',
    `${path}/{screenSchemeId}`,
    details.extend({ screens: changedScreens }).partial(),
    ({ jira, params, body }) => {
      const { store } = jira;
      const scheme = rowOr404(store.screenSchemes, params.screenSchemeId, unknown);
      const { screens: changed, ...rest } = body;
      if (rest.name && nameTaken(store.screenSchemes, rest.name, scheme.id)) throw nameInUse();
      checkScreens(store, Object.values(changed ?? {}));
      const screens: ScreenScheme['screens'] = { ...scheme.screens, ...(changed?.default && { default: changed.default }) };
      for (const key of ['create', 'edit', 'view'] as const) {
        const id = changed?.[key];
        if (id === null) delete screens[key];
        else if (id !== undefined) screens[key] = id;
      }
      store.screenSchemes.put({ ...merged(scheme, rest), screens });
      return noContent();
    },
  ),
  operation('deleteScreenScheme', 'DELETE', `${path}/{screenSchemeId}`, ({ jira, params }) => {
    const { store } = jira;
    const scheme = rowOr404(store.screenSchemes, params.screenSchemeId, unknown);
    const used = store.workTypeScreenSchemes.find((one) => [one.defaultScreenSchemeId, ...Object.values(one.mappings)].includes(scheme.id));
    if (used || scheme.id === DEFAULTS.screenScheme) {
      throw badRequest('The screen scheme cannot be deleted as it is in use in an issue type screen scheme.');
    }
    store.screenSchemes.delete(scheme.id);
    return noContent();
  }),
]);
