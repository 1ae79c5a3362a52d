/** Addresses of the site that are neither Jira's API nor a page: who is signed in, pictures, and the knobs a test turns. */
import { z } from 'zod';
import type { Forge } from './forge';
import { tokensCss } from './forge/ui';
import type { Store } from './jira/store';
import { priorityIcon, projectAvatar, userAvatar, workTypeIcon } from './web/avatars';

const COOKIE = 'site_person';
const chosen = z.object({ accountId: z.string() });

const svg = (picture: string): Response =>
  new Response(picture, { headers: { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=3600' } });

interface Options {
  store: Store;
  forge: Forge;
}

/** People with the roles they hold in the site's projects, for choosing whom to be. */
function people(store: Store) {
  const roleName = (id: string): string => store.roles.get(id)?.name ?? id;
  const rolesOf = (accountId: string): string[] => [
    ...new Set(
      store.projects
        .all()
        .flatMap((project) =>
          Object.entries(project.roleActors).flatMap(([roleId, actors]) => (actors.users.includes(accountId) ? [roleName(roleId)] : [])),
        ),
    ),
  ];
  return store.users
    .filter((user) => user.active && user.accountType !== 'app')
    .map(({ id, displayName, emailAddress }) => ({ accountId: id, displayName, emailAddress, roles: rolesOf(id) }));
}

const PICTURE = /^\/rest\/api\/3\/universal_avatar\/view\/type\/(issuetype|user|project)\/avatar\/([\w-]+)$/;
const PRIORITY = /^\/images\/icons\/priorities\/([\w-]+)\.svg$/;

function picture(store: Store, url: URL): Response | undefined {
  const [, type, id] = PICTURE.exec(url.pathname) ?? [];
  if (type !== undefined && id !== undefined) {
    if (type === 'issuetype') return svg(workTypeIcon(id, store.workTypes.find((one) => one.avatarId === id)?.name ?? id));
    if (type === 'project') return svg(projectAvatar(store.project(id)?.name ?? id));
    return svg(userAvatar(store.users.get(id)?.displayName ?? id));
  }
  const priority = PRIORITY.exec(url.pathname)?.[1];
  return priority === undefined ? undefined : svg(priorityIcon(priority));
}

export function siteRoutes({ store, forge }: Options): (request: Request, accountId: string | undefined) => Promise<Response | undefined> {
  const handlers: Record<string, (request: Request, accountId: string | undefined) => Response | Promise<Response>> = {
    'GET /_sandbox/session': (_request, accountId) => {
      const person = accountId === undefined ? undefined : store.users.get(accountId);
      return person
        ? Response.json({ accountId: person.id, displayName: person.displayName, emailAddress: person.emailAddress })
        : Response.json({ errorMessages: ['Nobody is signed in.'], errors: {} }, { status: 401 });
    },
    'POST /_sandbox/session': async (request) => {
      const body = chosen.safeParse(await request.json().catch(() => undefined));
      const person = body.success ? store.users.get(body.data.accountId) : undefined;
      if (!person?.active) return Response.json({ errorMessages: ['There is no such person.'], errors: {} }, { status: 404 });
      const cookie = `${COOKIE}=${encodeURIComponent(person.id)}; Path=/; HttpOnly; SameSite=Lax`;
      return new Response(null, { status: 204, headers: { 'set-cookie': cookie } });
    },
    'GET /_sandbox/people': () => Response.json(people(store)),
    'GET /_sandbox/tokens.css': () => new Response(tokensCss(), { headers: { 'content-type': 'text/css; charset=utf-8' } }),
    'GET /_sandbox/invocations': () => Response.json(forge.invocations()),
    'POST /_sandbox/idle': async () => {
      await forge.idle();
      return new Response(null, { status: 204 });
    },
    'POST /_sandbox/schedule': async () => {
      await forge.runSchedule();
      return new Response(null, { status: 204 });
    },
  };
  return async (request, accountId) => {
    const url = new URL(request.url);
    const handler = handlers[`${request.method} ${url.pathname}`];
    return handler ? handler(request, accountId) : picture(store, url);
  };
}
