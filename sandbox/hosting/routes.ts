/** The addresses under /_forge/ of several apps as one: modules of all, and each call to the app whose module asks. */
import { z } from 'zod';
import type { ForgeUiHandler } from '../forge/ui';

export interface HostedUi {
  appId: string;
  hasModule(moduleKey: string): boolean;
  ui: ForgeUiHandler;
}

/** Module keys are one app's own, so two apps may have the same; then a request has to name the app. */
const asking = z.object({ moduleKey: z.string(), appId: z.string().optional() });

export function routesOfAll(apps: () => readonly HostedUi[]): ForgeUiHandler {
  return async (request, accountId) => {
    const [first] = apps();
    if (!first) return undefined;
    const url = new URL(request.url);
    if (url.pathname === '/_forge/modules') return modulesOfAll(apps(), request, accountId);
    const asked = asking.safeParse(
      request.method === 'POST'
        ? await request
            .clone()
            .json()
            .catch(() => undefined)
        : Object.fromEntries(url.searchParams),
    ).data;
    const owners = apps().filter((app) => asked && app.hasModule(asked.moduleKey) && (asked.appId ?? app.appId) === app.appId);
    if (owners.length > 1) return refusal(`Several apps have the module ${asked?.moduleKey ?? ''}: the request has to name one by its appId.`);
    return (owners[0] ?? first).ui(request, accountId);
  };
}

const refusal = (message: string): Response => Response.json({ ok: false, error: { code: 'BAD_REQUEST', message } }, { status: 400 });

/** A refusal of one is a refusal: they all judge the same place and person. */
async function modulesOfAll(apps: readonly HostedUi[], request: Request, accountId: string | undefined): Promise<Response | undefined> {
  const modules: unknown[] = [];
  for (const { appId, ui } of apps) {
    const answer = await ui(request.clone(), accountId);
    if (!answer?.ok) return answer;
    modules.push(
      ...z
        .array(z.looseObject({}))
        .parse(await answer.json())
        .map((module) => ({ ...module, appId })),
    );
  }
  return Response.json(modules);
}
