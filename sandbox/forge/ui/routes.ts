/** The site's own addresses under /_forge/, which the pages call for the frames they show. */
import { z } from 'zod';
import type { JiraSite, PlacedModule } from '../../contract';
import { displays, type Place } from './conditions';
import { contextOf, extensionOf, framePlaceSchema, ISSUE_MODULES, moduleAri, PROJECT_MODULES } from './context';
import { DASHBOARD_MODULES } from './dashboard';
import { dynamicStatus } from './dynamic';
import { frameAddress, iconAddress, type FrameResource } from './resources';
import { placedRule, RULE_MODULES } from './rules';
import {
  hasPermission,
  uiModuleSchema,
  viewedIssue,
  viewedProject,
  type Extension,
  type ForgeForUi,
  type UiModule,
  type ViewedProject,
} from './site';

export interface ForgeUiOptions {
  forge: ForgeForUi;
  jira: JiraSite;
  /** Origin the app's frames are served from. */
  frameOrigin: string;
  /** Origin of the site. */
  siteUrl: string;
  /** Told once about each display condition that the site cannot judge. */
  log?: (message: string) => void;
}

export type ForgeUiHandler = (request: Request, accountId: string | undefined) => Promise<Response | undefined>;

type Failure = 'NOT_FOUND' | 'BAD_REQUEST' | 'CROSS_ORIGIN';
const STATUS: Record<Failure, number> = { NOT_FOUND: 404, BAD_REQUEST: 400, CROSS_ORIGIN: 403 };

/** Types of module that show at a place of the site. */
const LOCATIONS: Record<string, string[]> = {
  issue: ISSUE_MODULES,
  admin: ['jira:adminPage'],
  global: ['jira:globalPage'],
  project: PROJECT_MODULES,
  dashboard: DASHBOARD_MODULES,
  workflow: RULE_MODULES,
};

/** Where only administrators come. */
const ADMINISTRATION = ['admin', 'workflow'];

const moduleBody = z.object({ moduleKey: z.string(), extension: framePlaceSchema.default({}) });
const invokeBody = moduleBody.extend({ functionKey: z.string(), payload: z.json().optional() });
const resourceSchema = z.looseObject({ key: z.string(), entry: z.record(z.string(), z.string()).optional() });

/** Answers the requests under /_forge/; undefined for every other address. The caller says who the session's person is. */
export function forgeUiRoutes(options: ForgeUiOptions): ForgeUiHandler {
  const { forge, jira, frameOrigin, siteUrl, log = console.warn } = options;
  const resources: Pick<FrameResource, 'key' | 'entry'>[] = forge.manifest.resources.map((one) => resourceSchema.parse(one));
  const unknownConditions = new Set<string>();

  const noteUnknown = (condition: string): void => {
    if (unknownConditions.has(condition)) return;
    unknownConditions.add(condition);
    log(`The site cannot judge the display condition "${condition}"; modules show as if it were not there.`);
  };

  async function modulesAt(url: URL, accountId: string | undefined): Promise<Response> {
    const location = url.searchParams.get('location') ?? '';
    const types = LOCATIONS[location];
    if (!types) return fail('BAD_REQUEST', `location is one of ${Object.keys(LOCATIONS).join(', ')}.`);
    const place: Place = { jira, accountId };
    if (location === 'issue') {
      place.issue = await viewedIssue(jira, accountId, url.searchParams.get('issueKey') ?? '');
      if (!place.issue) return fail('NOT_FOUND', 'Issue does not exist or you do not have permission to see it.');
      place.project = place.issue.fields.project;
    }
    if (location === 'project') {
      place.project = await viewedProject(jira, accountId, url.searchParams.get('projectKey') ?? '');
      if (!place.project) return fail('NOT_FOUND', 'Project does not exist or you do not have permission to see it.');
    }
    if (ADMINISTRATION.includes(location) && !(await hasPermission(jira, accountId, 'ADMINISTER'))) return Response.json([]);
    if (location === 'workflow') return Response.json(types.flatMap(rulesOf));
    const modules: PlacedModule[] = [];
    for (const type of types) {
      for (const module of uiModules(forge.manifest.modulesOf(type))) {
        if (await displays(module.displayConditions, place, noteUnknown)) modules.push(placed(type, module, place.project));
      }
    }
    return Response.json(modules);
  }

  const rulesOf = (type: string): PlacedModule[] =>
    forge.manifest
      .modulesOf(type)
      .flatMap(
        (module) => placedRule(type, module, moduleAri(forge, module.key), (resource) => frameAddress(resources, resource, frameOrigin)) ?? [],
      );

  function placed(type: string, module: UiModule, project?: ViewedProject): PlacedModule {
    return {
      moduleKey: module.key,
      type,
      title: textOf(module.title) ?? module.key,
      label: textOf(module.label),
      icon: module.icon === undefined ? undefined : iconAddress(module.icon, frameOrigin),
      status: module.status,
      frameUrl: frameAddress(resources, module.resource, frameOrigin),
      viewportSize: module.viewportSize,
      address: pageAddress(type, module, `${forge.manifest.appId}/${forge.ids.environmentId}`, project),
      ...(module.dynamicProperties && { hasDynamicStatus: true }),
      ...(DASHBOARD_MODULES.includes(type) && {
        extensionId: moduleAri(forge, module.key),
        description: textOf(module.description),
        thumbnail: module.thumbnail === undefined ? undefined : iconAddress(module.thumbnail, frameOrigin),
        refreshable: module.refreshable ?? true,
        editFrameUrl: module.edit?.resource === undefined ? undefined : frameAddress(resources, module.edit.resource, frameOrigin),
      }),
    };
  }

  async function placeOf(moduleKey: string, accountId: string | undefined, place: z.infer<typeof framePlaceSchema>): Promise<Extension | undefined> {
    const found = forge.manifest.moduleByKey(moduleKey);
    return found && extensionOf(jira, accountId, found.type, place);
  }

  async function context(body: z.infer<typeof moduleBody>, accountId: string | undefined): Promise<Response> {
    const extension = await placeOf(body.moduleKey, accountId, body.extension);
    if (!extension) return fail('NOT_FOUND', 'There is no such module at this place.');
    return Response.json(await contextOf({ forge, jira, siteUrl }, accountId, body.moduleKey, extension));
  }

  async function invoke(body: z.infer<typeof invokeBody>, accountId: string | undefined): Promise<Response> {
    const extension = await placeOf(body.moduleKey, accountId, body.extension);
    if (!extension) return fail('NOT_FOUND', 'There is no such module at this place.');
    try {
      const value = await forge.invoke({ moduleKey: body.moduleKey, functionKey: body.functionKey, payload: body.payload, accountId, extension });
      return Response.json({ ok: true, value });
    } catch (error) {
      return Response.json({ ok: false, error: { message: error instanceof Error ? error.message : String(error) } });
    }
  }

  async function status(body: z.infer<typeof moduleBody>, accountId: string | undefined): Promise<Response> {
    const extension = await placeOf(body.moduleKey, accountId, body.extension);
    const module = uiModuleSchema.safeParse(forge.manifest.moduleByKey(body.moduleKey)?.module).data;
    if (!extension || !module) return fail('NOT_FOUND', 'There is no such module at this place.');
    return Response.json({ status: await dynamicStatus(forge, module, { extension, accountId, frameOrigin }) });
  }

  function frame(url: URL): Response {
    try {
      return Response.json({ frameUrl: frameAddress(resources, url.searchParams.get('resource') ?? '', frameOrigin) });
    } catch (error) {
      return fail('NOT_FOUND', (error as Error).message);
    }
  }

  return async (request, accountId) => {
    const url = new URL(request.url);
    const route = `${request.method} ${url.pathname}`;
    if (!url.pathname.startsWith('/_forge/')) return undefined;
    // The app's frames are on the same host, so a browser sends them the site's cookie along: only pages of the site itself may ask.
    const origin = request.headers.get('origin');
    if (origin !== null && origin !== new URL(siteUrl).origin) return fail('CROSS_ORIGIN', 'Only pages of the site may ask this.');
    if (route === 'GET /_forge/modules') return modulesAt(url, accountId);
    if (route === 'GET /_forge/frame') return frame(url);
    if (route === 'POST /_forge/context') return withBody(request, moduleBody, (body) => context(body, accountId));
    if (route === 'POST /_forge/status') return withBody(request, moduleBody, (body) => status(body, accountId));
    if (route === 'POST /_forge/invoke') return withBody(request, invokeBody, (body) => invoke(body, accountId));
    return undefined;
  };
}

/** Address of the page that shows a module, where the module has one of its own. */
export function pageAddress(
  type: string,
  module: Pick<UiModule, 'useAsConfig' | 'useAsGetStarted'>,
  /** App id and environment id, with a slash between. */
  app: string,
  project?: Pick<ViewedProject, 'key' | 'projectTypeKey'>,
): string | undefined {
  if (type === 'jira:globalPage') return `/jira/apps/${app}`;
  if (PROJECT_MODULES.includes(type) && project) return `/jira/${project.projectTypeKey}/projects/${project.key}/apps/${app}`;
  if (type !== 'jira:adminPage') return undefined;
  const part = module.useAsConfig ? 'configure/' : module.useAsGetStarted ? 'get-started/' : '';
  return `/jira/settings/apps/${part}${app}`;
}

/** Modules without a resource are UI Kit or no UI at all: the site has no frame for them. */
function uiModules(modules: { key: string }[]): UiModule[] {
  return modules.flatMap((module) => uiModuleSchema.safeParse(module).data ?? []);
}

function textOf(text: UiModule['title']): string | undefined {
  if (typeof text !== 'object') return text;
  return 'i18n' in text ? text.i18n : text.text;
}

async function withBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  answer: (body: z.infer<Schema>) => Promise<Response>,
): Promise<Response> {
  const parsed = schema.safeParse(await request.json().catch(() => undefined));
  if (!parsed.success) return fail('BAD_REQUEST', parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
  return answer(parsed.data);
}

const fail = (code: Failure, message: string): Response => Response.json({ ok: false, error: { code, message } }, { status: STATUS[code] });
