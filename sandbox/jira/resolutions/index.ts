import { z } from 'zod';
import { resolutionBean } from '../beans';
import { administratorsOnly, chosenBy, idSchema, nameSchema, nameTaken, personsOnly, placeSchema, reordered, rowOr404 } from '../configure';
import { badRequest, created, noContent, notFound, ok, operation, page, requirePerson, type Jira, type Operation } from '../rest';
import type { Resolution } from '../store';
import { finishedTask, seeTask } from '../tasks';

/** OpenAPI: CreateResolutionDetails. */
const NAME_LENGTH = 60;
const DESCRIPTION_LENGTH = 255;

const order = z.looseObject({ ids: z.array(idSchema).min(1), ...placeSchema });
const details = z.object({ name: nameSchema(NAME_LENGTH), description: z.string().max(DESCRIPTION_LENGTH).optional() });

const resolutionOr404 = ({ store }: Jira, id: string | undefined): Resolution => rowOr404(store.resolutions, id, 'The resolution was not found.');

export const operations: Operation[] = [
  ...personsOnly([
    operation('getResolutions', 'GET', '/rest/api/3/resolution', ({ jira }) =>
      ok(jira.store.resolutions.all().map((one) => resolutionBean(jira, one))),
    ),
    operation('searchResolutions', 'GET', '/rest/api/3/resolution/search', ({ jira, query }) =>
      ok(
        page(
          query,
          chosenBy(query, 'id', jira.store.resolutions.all(), ({ id }) => id).map((one) => ({
            ...resolutionBean(jira, one),
            default: one.isDefault === true,
          })),
        ),
      ),
    ),
    operation('getResolution', 'GET', '/rest/api/3/resolution/{id}', ({ jira, params }) =>
      ok(resolutionBean(jira, resolutionOr404(jira, params.id))),
    ),
  ]),
  ...administratorsOnly('You are not authorized to perform this action. Administrator privileges are required.', [
    operation('createResolution', 'POST', '/rest/api/3/resolution', details, ({ jira, body }) => {
      if (nameTaken(jira.store.resolutions, body.name)) throw badRequest('A resolution with this name already exists.');
      const { id } = jira.store.resolutions.put({ id: jira.store.nextId('resolution'), name: body.name, description: body.description ?? '' });
      return created({ id });
    }),
    operation('setDefaultResolution', 'PUT', '/rest/api/3/resolution/default', z.object({ id: idSchema.nullable() }), ({ jira, body }) => {
      const chosen = body.id === null ? undefined : resolutionOr404(jira, body.id);
      for (const one of jira.store.resolutions.all()) delete one.isDefault;
      if (chosen) chosen.isDefault = true;
      return noContent();
    }),
    operation('moveResolutions', 'PUT', '/rest/api/3/resolution/move', order, ({ jira, body }) => {
      const moved = body.ids.map((id) => resolutionOr404(jira, id));
      const after = body.after ? resolutionOr404(jira, body.after) : undefined;
      const { resolutions } = jira.store;
      resolutions.load(reordered(resolutions.all(), moved, { after, position: body.position }));
      return noContent();
    }),
    operation('updateResolution', 'PUT', '/rest/api/3/resolution/{id}', details, ({ jira, params, body }) => {
      const resolution = resolutionOr404(jira, params.id);
      if (nameTaken(jira.store.resolutions, body.name, resolution.id)) throw badRequest('A resolution with this name already exists.');
      jira.store.resolutions.put({ ...resolution, name: body.name, description: body.description ?? resolution.description });
      return noContent();
    }),
    operation('deleteResolution', 'DELETE', '/rest/api/3/resolution/{id}', (call) => {
      const { store } = call.jira;
      const resolution = resolutionOr404(call.jira, call.params.id);
      const replacement = call.query.get('replaceWith');
      if (!replacement) throw badRequest('The resolution to replace it with has to be provided.');
      if (!store.resolutions.get(replacement) || replacement === resolution.id) throw notFound('The replacement resolution was not found.');
      for (const issue of store.issues.filter((one) => one.fields.resolution === resolution.id)) {
        issue.fields.resolution = replacement;
        store.putIssue(issue);
      }
      store.resolutions.delete(resolution.id);
      return seeTask(call.jira, finishedTask(call.jira, requirePerson(call).id, `Delete resolution ${resolution.name}`));
    }),
  ]),
];
