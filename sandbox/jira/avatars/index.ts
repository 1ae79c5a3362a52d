/** /avatar, /universal_avatar and /issuetype/{id}/avatar2 */
import { administratorsOnly } from '../configure';
import {
  badRequest,
  created,
  forbidden,
  noContent,
  notFound,
  ok,
  operation,
  RestError,
  type Answer,
  type Call,
  type File,
  type Operation,
} from '../rest';
import type { Avatar } from '../store';
import { avatarBean, fallbackAvatar, FIRST_OWN_AVATAR, isAvatarType, pictureOf, shownAvatar, systemAvatarIds, type AvatarType } from './avatars';
import { readPicture } from './image';

const path = '/rest/api/3/universal_avatar';
const owned = `${path}/type/{type}/owner/{entityId}`;
/** Pictures of an id never change. */
const KEPT = { 'cache-control': 'public, max-age=3600' };

function typeOf(call: Call): AvatarType {
  const type = call.params.type ?? '';
  if (!isAvatarType(type)) throw notFound(`The avatar type '${type}' is not valid.`);
  return type;
}

/** The thing that an avatar belongs to, and what it shows now. */
function ownerOf(call: Call, type: AvatarType, id: string | undefined): { id: string; shown: string } {
  const shown = id === undefined ? undefined : shownAvatar(call.jira.store, type, id);
  if (id === undefined || shown === undefined) throw notFound('The item that the avatar belongs to was not found.');
  return { id, shown };
}

const wholeNumber = (call: Call, name: string): number | undefined => {
  const text = call.query.get(name);
  if (text === null) return undefined;
  if (!/^\d+$/.test(text)) throw badRequest(`The parameter ${name} has to be a whole number.`);
  return Number(text);
};

/** The picture of a request, or 400: not one, not of a kind that Jira takes, or a crop beyond its edge. */
function picture(call: Call): File {
  const file = call.file;
  if (!file || file.bytes.length === 0) throw badRequest('An image has to be provided.');
  const image = readPicture(file.bytes);
  if (!image) throw badRequest('The image type is not supported. Provide a JPEG, a GIF or a PNG.');
  const size = wholeNumber(call, 'size');
  if (size === undefined) throw badRequest('The size of the crop region has to be provided.');
  const [x, y] = [wholeNumber(call, 'x') ?? 0, wholeNumber(call, 'y') ?? 0];
  if (x + size > image.width || y + size > image.height) throw badRequest('The crop region extends beyond the edge of the image.');
  return { type: image.type, bytes: file.bytes };
}

function store(call: Call, type: AvatarType, entityId: string | undefined): Answer {
  const { jira } = call;
  const owner = ownerOf(call, type, entityId);
  const { type: contentType, bytes } = picture(call);
  const row: Avatar = {
    id: jira.store.nextId('avatar', FIRST_OWN_AVATAR),
    type,
    ownerId: owner.id,
    contentType,
    content: Buffer.from(bytes).toString('base64'),
  };
  return created(avatarBean(jira, type, jira.store.avatars.put(row).id));
}

function view(call: Call, id: string): Answer {
  const file = pictureOf(call.jira.store, typeOf(call), id);
  if (!file) throw notFound('The avatar was not found.');
  if (call.query.get('format') === 'png' && file.type === 'image/svg+xml') {
    throw new RestError(501, ["This site draws Jira's own avatars as SVG only."]);
  }
  return { status: 200, file, headers: KEPT };
}

function remove(call: Call): Answer {
  const { jira, params } = call;
  const type = typeOf(call);
  const owner = ownerOf(call, type, params.owningObjectId);
  const id = params.id ?? '';
  const row = jira.store.avatars.get(id);
  if (!row && systemAvatarIds(type).includes(id)) throw forbidden('A system avatar cannot be deleted.');
  if (row?.type !== type || row.ownerId !== owner.id) throw notFound('The avatar was not found.');
  jira.store.avatars.delete(id);
  // what showed it goes back to the picture of a new one
  if (owner.shown === id) showFallback(call, type, owner.id);
  return noContent();
}

function showFallback({ jira: { store } }: Call, type: AvatarType, ownerId: string): void {
  const row = { issuetype: store.workTypes, project: store.projects, priority: store.priorities }[type].get(ownerId);
  if (row) row.avatarId = fallbackAvatar(type);
}

export const operations: Operation[] = [
  operation('getAllSystemAvatars', 'GET', '/rest/api/3/avatar/{type}/system', (call) => {
    const type = call.params.type === 'user' ? 'user' : typeOf(call);
    return ok({ system: systemAvatarIds(type).map((id) => avatarBean(call.jira, type, id)) });
  }),
  operation('getAvatars', 'GET', owned, (call) => {
    const { jira } = call;
    const type = typeOf(call);
    const owner = ownerOf(call, type, call.params.entityId);
    const custom = jira.store.avatars.filter((one) => one.type === type && one.ownerId === owner.id).map(({ id }) => id);
    const bean = (id: string) => avatarBean(jira, type, id, id === owner.shown);
    return ok({ system: systemAvatarIds(type).map(bean), custom: custom.map(bean) });
  }),
  operation('getAvatarImageByType', 'GET', `${path}/view/type/{type}`, (call) => view(call, fallbackAvatar(typeOf(call)))),
  operation('getAvatarImageByID', 'GET', `${path}/view/type/{type}/avatar/{id}`, (call) => view(call, call.params.id ?? '')),
  operation('getAvatarImageByOwner', 'GET', `${path}/view/type/{type}/owner/{entityId}`, (call) =>
    view(call, ownerOf(call, typeOf(call), call.params.entityId).shown),
  ),
  ...administratorsOnly('Only Jira administrators can manage avatars.', [
    operation('storeAvatar', 'POST', owned, (call) => store(call, typeOf(call), call.params.entityId)),
    operation('createIssueTypeAvatar', 'POST', '/rest/api/3/issuetype/{id}/avatar2', (call) => store(call, 'issuetype', call.params.id)),
    operation('deleteAvatar', 'DELETE', `${path}/type/{type}/owner/{owningObjectId}/avatar/{id}`, remove),
  ]),
];
