/** Addresses of the site that are neither Jira's API nor a page: who is signed in, pictures, and the knobs a test turns. */
import { z } from 'zod';
import type { AdvancingClock } from './clock';
import { tokensCss } from './forge/ui';
import type { HostedApp } from './hosting/apps';
import { faultsSchema, type Faults } from './hosting/faults';
import { CONSENTS, LICENCE_STATES } from './hosting/standing';
import { TransferRefused } from './hosting/transfer';
import type { Store } from './jira/store';
import { priorityIcon, userAvatar } from './web/avatars';

const COOKIE = 'site_person';
const chosen = z.object({ accountId: z.string() });

const svg = (picture: string): Response =>
  new Response(picture, { headers: { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=3600' } });

interface Options {
  url: string;
  store: Store;
  apps: readonly HostedApp[];
  clock: AdvancingClock;
  faults: Faults;
  idle(): Promise<void>;
  exportFile(): Promise<string>;
  importFile(text: string): Promise<void>;
}

const setForward = z.union([z.strictObject({ advanceMs: z.number().nonnegative() }), z.strictObject({ to: z.iso.datetime({ offset: true }) })]);

const licenceBody = z.strictObject({ state: z.enum(LICENCE_STATES) });
/** How people are asked, or one person's answer; without an account it is that of who is signed in. */
const consentBody = z.union([
  z.strictObject({ mode: z.enum(CONSENTS) }),
  z.strictObject({ agreed: z.boolean().default(true), accountId: z.string().optional() }),
]);

const refusal = (status: number, message: string): Response => Response.json({ errorMessages: [message], errors: {} }, { status });
const done = (): Response => new Response(null, { status: 204 });
const inWords = (error: z.ZodError): string => error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; ');

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

/** Jira's API serves the pictures of everything else. */
const PICTURE = /^\/rest\/api\/3\/universal_avatar\/view\/type\/user\/avatar\/([\w-]+)$/;
const APP = /^\/_sandbox\/apps\/([\w-]+)\/([\w-]+)$/;
const PRIORITY = /^\/images\/icons\/priorities\/([\w-]+)\.svg$/;

function picture(store: Store, url: URL): Response | undefined {
  const id = PICTURE.exec(url.pathname)?.[1];
  if (id !== undefined) return svg(userAvatar(store.users.get(id)?.displayName ?? id));
  const priority = PRIORITY.exec(url.pathname)?.[1];
  return priority === undefined ? undefined : svg(priorityIcon(priority));
}

export function siteRoutes({
  url: siteUrl,
  store,
  apps,
  clock,
  faults,
  ...site
}: Options): (request: Request, accountId: string | undefined) => Promise<Response | undefined> {
  const handlers: Record<string, (request: Request, accountId: string | undefined) => Response | Promise<Response>> = {
    'GET /_sandbox/session': (_request, accountId) => {
      const person = accountId === undefined ? undefined : store.users.get(accountId);
      return person
        ? Response.json({ accountId: person.id, displayName: person.displayName, emailAddress: person.emailAddress })
        : refusal(401, 'Nobody is signed in.');
    },
    'POST /_sandbox/session': async (request) => {
      const body = chosen.safeParse(await request.json().catch(() => undefined));
      const person = body.success ? store.users.get(body.data.accountId) : undefined;
      if (!person?.active) return refusal(404, 'There is no such person.');
      const cookie = `${COOKIE}=${encodeURIComponent(person.id)}; Path=/; HttpOnly; SameSite=Lax`;
      return new Response(null, { status: 204, headers: { 'set-cookie': cookie } });
    },
    'GET /_sandbox/people': () => Response.json(people(store)),
    'GET /_sandbox/tokens.css': () => new Response(tokensCss(), { headers: { 'content-type': 'text/css; charset=utf-8' } }),
    'GET /_sandbox/apps': () =>
      Response.json(
        apps.map(({ appId, appName, url, installed, left, forge, standing }) => ({
          appId,
          appName,
          url,
          installed,
          accountId: forge.appAccountId,
          ids: forge.ids,
          ...standing.told(),
          left: left.map(({ installationId, until }) => ({ installationId, until })),
        })),
      ),
    'GET /_sandbox/invocations': () =>
      Response.json(
        apps
          .flatMap(({ appId, forge }) => forge.invocations().map((one) => ({ ...one, appId })))
          // Of equal moments the order within an app stays.
          .sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at))),
      ),
    'POST /_sandbox/idle': async () => {
      await site.idle();
      return done();
    },
    'POST /_sandbox/schedule': async () => {
      for (const { installed, forge } of apps) if (installed && forge.modulesOf('scheduledTrigger').length > 0) await forge.runSchedule();
      return done();
    },
    'GET /_sandbox/faults': () => Response.json(faults.pending()),
    'POST /_sandbox/faults': async (request) => {
      const asked = faultsSchema.safeParse(await request.json().catch(() => undefined));
      if (!asked.success) return refusal(400, inWords(asked.error));
      faults.set(asked.data);
      return Response.json(faults.pending());
    },
    'GET /_sandbox/clock': () => Response.json({ now: clock.now().toISOString(), aheadMs: clock.aheadMs }),
    'POST /_sandbox/clock': async (request) => {
      const asked = setForward.safeParse(await request.json().catch(() => undefined));
      if (!asked.success) return refusal(400, `The body is {advanceMs} or {to}. ${inWords(asked.error)}`);
      const ms = 'to' in asked.data ? Date.parse(asked.data.to) - clock.now().getTime() : asked.data.advanceMs;
      if (ms < 0) return refusal(400, "The site's time goes forward only.");
      clock.advance(ms);
      return Response.json({ now: clock.now().toISOString(), aheadMs: clock.aheadMs });
    },
    'GET /_sandbox/export': async () =>
      new Response(await site.exportFile(), {
        headers: { 'content-type': 'application/json', 'content-disposition': 'attachment; filename="site.json"' },
      }),
    'POST /_sandbox/import': async (request) => {
      try {
        await site.importFile(await request.text());
        return done();
      } catch (error) {
        if (error instanceof TransferRefused) return refusal(409, error.message);
        throw error;
      }
    },
  };
  /** What can be done to one app, `POST /_sandbox/apps/{appId}/...`; answers a refusal, or nothing. */
  const acts: Record<string, (app: HostedApp, body: unknown, accountId: string | undefined) => Promise<Response | undefined> | Response | undefined> =
    {
      install: async (app) => void (await app.install()),
      uninstall: async (app) => void (await app.uninstall()),
      upgrade: (app, _body, accountId) => void app.upgrade(accountId ?? ''),
      licence: (app, body) => {
        const asked = licenceBody.safeParse(body);
        return asked.success ? void app.standing.setLicence(asked.data.state) : refusal(400, inWords(asked.error));
      },
      consent: (app, body, accountId) => {
        const asked = consentBody.safeParse(body);
        if (!asked.success) return refusal(400, inWords(asked.error));
        if ('mode' in asked.data) return void app.standing.setConsent(asked.data.mode);
        const person = asked.data.accountId ?? accountId;
        if (person === undefined || !store.users.get(person)) return refusal(404, 'There is no such person.');
        return void (asked.data.agreed ? app.standing.agree(person) : app.standing.withdraw(person));
      },
    };
  const changeApp = (method: string, pathname: string) => {
    const [, appId, act = ''] = (method === 'POST' && APP.exec(pathname)) || [];
    const perform = acts[act];
    if (appId === undefined || !perform) return undefined;
    return async (request: Request, accountId: string | undefined): Promise<Response> => {
      const app = apps.find((one) => one.appId === appId);
      if (!app) return refusal(404, 'There is no such app.');
      return (await perform(app, await request.json().catch(() => ({})), accountId)) ?? done();
    };
  };
  return async (request, accountId) => {
    const url = new URL(request.url);
    const handler = handlers[`${request.method} ${url.pathname}`] ?? changeApp(request.method, url.pathname);
    // Apps' frames are on the same host: only pages of the site, and whoever is no page, turn its knobs.
    const origin = request.headers.get('origin');
    if (handler && origin !== null && origin !== siteUrl && origin !== url.origin) return refusal(403, 'Only pages of the site may ask this.');
    return handler ? handler(request, accountId) : picture(store, url);
  };
}
