import { z } from 'zod';
import { linkTypeBean } from '../beans';
import { administratorsOnly, merged, nameSchema, nameTaken, personsOnly, rowOr404 } from '../configure';
import { created, noContent, notFound, ok, operation, type Operation } from '../rest';

const name = nameSchema(255);
const details = z.object({ name, inward: name, outward: name });

const unknown = 'No issue link type with this id was found.';
const taken = () => notFound('A link type with this name already exists.');

export const operations: Operation[] = [
  ...personsOnly([
    operation('getIssueLinkTypes', 'GET', '/rest/api/3/issueLinkType', ({ jira }) =>
      ok({ issueLinkTypes: jira.store.linkTypes.all().map((one) => linkTypeBean(jira, one)) }),
    ),
    operation('getIssueLinkType', 'GET', '/rest/api/3/issueLinkType/{issueLinkTypeId}', ({ jira, params }) =>
      ok(linkTypeBean(jira, rowOr404(jira.store.linkTypes, params.issueLinkTypeId, unknown))),
    ),
  ]),
  // The document answers 404, not 403 or 409, both to people without the right and to a name that is in use.
  ...administratorsOnly(
    () => notFound('You must be an administrator to manage link types.'),
    [
      operation('createIssueLinkType', 'POST', '/rest/api/3/issueLinkType', details, ({ jira, body }) => {
        if (nameTaken(jira.store.linkTypes, body.name)) throw taken();
        return created(linkTypeBean(jira, jira.store.linkTypes.put({ id: jira.store.nextId('linkType'), ...body })));
      }),
      operation('updateIssueLinkType', 'PUT', '/rest/api/3/issueLinkType/{issueLinkTypeId}', details.partial(), ({ jira, params, body }) => {
        const type = rowOr404(jira.store.linkTypes, params.issueLinkTypeId, unknown);
        if (body.name && nameTaken(jira.store.linkTypes, body.name, type.id)) throw taken();
        return ok(linkTypeBean(jira, jira.store.linkTypes.put(merged(type, body))));
      }),
      operation('deleteIssueLinkType', 'DELETE', '/rest/api/3/issueLinkType/{issueLinkTypeId}', ({ jira, params }) => {
        const type = rowOr404(jira.store.linkTypes, params.issueLinkTypeId, unknown);
        for (const link of jira.store.links.filter((one) => one.typeId === type.id)) jira.store.links.delete(link.id);
        jira.store.linkTypes.delete(type.id);
        return noContent();
      }),
    ],
  ),
];
