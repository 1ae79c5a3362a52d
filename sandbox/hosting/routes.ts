/** The addresses under /_forge/ of several apps as one: modules of all, and each call to the app whose module asks. */
import { z } from 'zod';
import type { ForgeUiHandler } from '../forge/ui';

export interface HostedUi {
  hasModule(moduleKey: string): boolean;
  ui: ForgeUiHandler;
}

const asking = z.object({ moduleKey: z.string() });

export function routesOfAll(apps: () => readonly HostedUi[]): ForgeUiHandler {
  return async (request, accountId) => {
    const [first, ...others] = apps();
    if (!first) return undefined;
    if (others.length === 0) return first.ui(request, accountId);
    const url = new URL(request.url);
    if (url.pathname === '/_forge/modules') return modulesOfAll(apps(), request, accountId);
    const body =
      request.method === 'POST'
        ? asking.safeParse(
            await request
              .clone()
              .json()
              .catch(() => undefined),
          )
        : undefined;
    const moduleKey = body ? body.data?.moduleKey : (url.searchParams.get('moduleKey') ?? undefined);
    const owner = moduleKey === undefined ? undefined : apps().find((app) => app.hasModule(moduleKey));
    return (owner ?? first).ui(request, accountId);
  };
}

/** A refusal of one is a refusal: they all judge the same place and person. */
async function modulesOfAll(apps: readonly HostedUi[], request: Request, accountId: string | undefined): Promise<Response | undefined> {
  const modules: unknown[] = [];
  for (const { ui } of apps) {
    const answer = await ui(request.clone(), accountId);
    if (!answer?.ok) return answer;
    modules.push(...z.array(z.unknown()).parse(await answer.json()));
  }
  return Response.json(modules);
}
