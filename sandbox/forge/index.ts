/** The Forge runtime of the local site: runs one app's real bundle and gives it what the platform gives. */
import { z } from 'zod';
import { systemClock, type Clock } from '../clock';
import type { ActionValidator, ForgeRule, JiraEvent, JiraSite, PostFunctionEvent, RuleHost, ValidatorEvent } from '../contract';
import type { Json } from '../jira/store';
import { InvokeError } from './errors';
import { Dispatch } from './events/dispatch';
import { actionValidatorsOf, readVerdict, rulesOf, unjudged, type Rule } from './events/rules';
import { reach } from './events/triggers';
import { siteIds, type SiteIds } from './ids';
import { answerKvs } from './kvs/service';
import { KvsRates } from './kvs/rates';
import { KvsStore } from './kvs/store';
import { EVENTS, INVOCATION, KVS } from './limits';
import { logLines, type Log, type LogEntry } from './log';
import { readManifest, type Manifest, type ManifestModule } from './manifest';
import { seeded, type Delivery } from './queue/agenda';
import { QueueService } from './queue/service';
import { nestedDepth } from './runtime/depth';
import { Invoker, type Ending, type InvocationRecord } from './runtime/invoker';
import { answerRequest } from './runtime/proxy';
import { RateLimits } from './runtime/rates';
import { Schedule, type Scheduled } from './schedule/schedule';
import type { SqlServer } from './sql/server';
import { answerSql } from './sql/service';
import { licenceJson, pageLicence, UNCHANGED, type Standing } from './standing';

export { AppInvalid, InvokeError, PlatformMissing, type InvokeErrorCode } from './errors';
export type { SiteIds } from './ids';
export type { LogEntry } from './log';
export { readManifest, type Manifest, type ManifestModule } from './manifest';
export { REQUEST_KINDS, type RequestKind } from './runtime/invocation';
export type { Ending, InvocationRecord } from './runtime/invoker';
export { sqlTablesSchema, type SqlTables } from './sql/dump';
export { startSqlServer, type SqlServer } from './sql/server';
export { SQL_ERROR_CODES, SqlError } from './sql/statement';
export type { Licence, Standing } from './standing';

export interface DeliveryOptions {
  /** Delay of product events; the platform's own bound is EVENTS.delayMs, three minutes. */
  minMs: number;
  maxMs: number;
  /** Share of deliveries that come twice, 0..1. */
  doubled: number;
  seed: number;
}

/** Late and sometimes twice, as on the platform, but shorter than its worst case, so that people can work. */
export const PLATFORM_DELIVERY: DeliveryOptions = { minMs: 300, maxMs: 20_000, doubled: 0.15, seed: 1 };

export interface ForgeOptions {
  manifestFile: string;
  /** CommonJS bundle that exports every handler of the manifest, as `{name}` or as `{file: {name}}`. */
  functionsFile: string;
  clock?: Clock;
  sql: SqlServer;
  delivery?: DeliveryOptions | 'instant';
  /** false lifts the limits on rates, for much work at once; sizes and times stay limited. */
  limitRates?: boolean;
  siteUrl: string;
  /** How often the app was installed before. */
  installation?: number;
  log?: Log;
  environment?: 'DEVELOPMENT' | 'STAGING' | 'PRODUCTION';
  /** Environment variables of the app. */
  variables?: Record<string, string>;
  /** Who installs the app, named in the installation event. */
  installerAccountId?: string;
  /** false skips the platform's own validator of manifests, which takes some seconds. */
  checkManifest?: boolean;
  /** What `snapshot()` gave; then the app counts as installed already. */
  snapshot?: Json;
  /** Version, licence and consent; without it the first version, no licence, and everybody has agreed. */
  standing?: Standing;
  /** Ends functions before they answer, on demand. */
  ending?: Ending;
}

export interface InvokeRequest {
  moduleKey: string;
  /** Key that the front end calls, not that of the manifest's function. */
  functionKey: string;
  payload?: Json;
  accountId: string | undefined;
  extension: Json;
}

export interface CallRequest {
  moduleKey: string;
  /** Key of the manifest's function. */
  functionKey: string;
  argument: Json;
  accountId: string | undefined;
}

export interface Forge extends RuleHost {
  readonly manifest: Manifest;
  readonly ids: SiteIds;
  /** The app's own user, once connected. */
  readonly appAccountId: string | undefined;
  /** Installs the app on a site. Called once. */
  connect(jira: JiraSite): void;
  /** Takes a product event of the site; the app gets it later. */
  deliver(event: JiraEvent): void;
  /** Calls the resolver of a module, as the module's frame does. Throws InvokeError. */
  invoke(request: InvokeRequest): Promise<unknown>;
  /** Calls a function that a module names outside of its resolver, with this one argument. Throws InvokeError. */
  call(request: CallRequest): Promise<unknown>;
  /** Runs scheduled triggers now: the one with this key, or all. Throws InvokeError. */
  runSchedule(key?: string): Promise<void>;
  /** Resolves when no event, post function, job or scheduled trigger is waiting or running. */
  idle(): Promise<void>;
  modulesOf(type: string): ManifestModule[];
  /** The licence as pages get it in their context. */
  license(): Json | undefined;
  /** Tells the app that a new major version of it was installed; `standing` says which. */
  announceUpgrade(upgraderAccountId: string): void;
  /** The last invocations, oldest first. */
  invocations(): InvocationRecord[];
  /** Id of the last one; undefined before the first. */
  lastInvocation(): string | undefined;
  /** Storage, undelivered work and schedules. */
  snapshot(): Json;
  /** Forgets undelivered work and schedules, and waits for what is running; until `resume` nothing is delivered. */
  pause(): Promise<void>;
  /** Goes on from what `snapshot()` gave, after a pause and with the site as it was then. */
  resume(snapshot: Json): void;
  /** Calls the app's preUninstall functions and stops it; what they answer or throw holds nothing up. */
  uninstall(): Promise<void>;
  stop(): Promise<void>;
}

const preUninstallSchema = z.object({ key: z.string(), function: z.string().optional() });

/** What `snapshot()` gives. */
export const forgeSnapshotSchema = z.object({ kvs: z.json(), work: z.json(), schedule: z.record(z.string(), z.number()) });

/** Reads and checks the app, starts a first process with its bundle. Throws AppInvalid. */
export async function createForge(options: ForgeOptions): Promise<Forge> {
  const manifest = await readManifest(options.manifestFile, { check: options.checkManifest ?? true });
  const forge = new LocalForge(manifest, options);
  await forge.start();
  return forge;
}

class LocalForge implements Forge {
  readonly ids: SiteIds;
  private readonly clock: Clock;
  private readonly standing: Standing;
  private readonly rates: RateLimits | undefined;
  private readonly ruleList: Rule[];
  private readonly kvs: KvsStore;
  private readonly invoker: Invoker;
  private readonly dispatch: Dispatch;
  private readonly schedule: Schedule;
  private readonly scheduled = new Set<Promise<unknown>>();
  private site: { site: JiraSite; appAccountId: string } | undefined;

  constructor(
    readonly manifest: Manifest,
    private readonly options: ForgeOptions,
  ) {
    this.clock = options.clock ?? systemClock;
    this.standing = options.standing ?? UNCHANGED;
    this.ids = siteIds(options.siteUrl, manifest.appId, options.installation);
    this.ruleList = rulesOf(manifest, this.ids.environmentId);
    const delivery = deliveryOf(options.delivery ?? PLATFORM_DELIVERY);
    this.kvs = new KvsStore(this.clock, delivery.instant ? 0 : KVS.queryLagMs);
    const limited = options.limitRates ?? true;
    this.rates = limited ? new RateLimits(this.clock) : undefined;
    const kvs = { store: this.kvs, entities: manifest.entities, rates: limited ? new KvsRates(this.clock) : undefined };
    const sqlEnabled = manifest.modulesOf('sql').length > 0;
    this.invoker = new Invoker({
      bundleFile: options.functionsFile,
      variables: options.variables ?? {},
      manifest,
      ids: this.ids,
      clock: this.clock,
      log: options.log ?? logLines,
      environmentType: options.environment ?? 'DEVELOPMENT',
      standing: this.standing,
      ending: options.ending,
      answer: (invocation, message) =>
        answerRequest(
          {
            manifest,
            jira: () => this.site,
            kvs: (path, body) => answerKvs(kvs, path, body),
            sql: (path, body) => answerSql(options.sql, this.ids.installationId, sqlEnabled, path, body),
            queue: (path, body, from) => queue.answer(path, body, from),
            agreed: (accountId) => this.standing.agreed(accountId),
          },
          invocation,
          message,
        ),
    });
    this.dispatch = new Dispatch({ clock: this.clock, delivery, invoker: this.invoker, log: (level, message) => this.say(level, message) });
    const queue = new QueueService(manifest, this.dispatch, this.clock, limited);
    const chance = { spread: () => (delivery.instant ? 1 : delivery.random()), doubled: () => delivery.random() < delivery.doubled };
    this.schedule = new Schedule(manifest, this.clock, chance, (module) => {
      this.fire(module).catch((error: unknown) => this.say('error', `Scheduled trigger ${module.key} failed: ${describe(error)}`));
    });
  }

  get appAccountId(): string | undefined {
    return this.site?.appAccountId;
  }

  start(): Promise<void> {
    return this.invoker.start();
  }

  connect(site: JiraSite): void {
    if (this.site) throw new Error('The app is installed already.');
    this.site = { site, appAccountId: site.installAppUser(this.manifest.appName) };
    if (this.options.snapshot === undefined) {
      this.schedule.start();
      return this.announce('avi:forge:installed:app', { installerAccountId: this.options.installerAccountId ?? '' });
    }
    this.load(this.options.snapshot);
  }

  deliver(event: JiraEvent): void {
    if (event.eventType === 'avi:jira:failed:expression') this.say('warn', `An expression of the app failed: ${JSON.stringify(event.payload)}`);
    const { tasks, faults } = reach(this.manifest, event, {
      appAccountId: this.appAccountId,
      cloudId: this.ids.cloudId,
      now: this.clock.now().getTime(),
      licensed: this.licensed,
    });
    for (const { moduleKey, reason } of faults) this.say('warn', `The filter of ${moduleKey} failed for ${event.eventType}: ${reason}`);
    for (const task of tasks) this.dispatch.put('event', task);
  }

  async invoke({ moduleKey, functionKey, payload, accountId, extension }: InvokeRequest): Promise<unknown> {
    this.rates?.take(accountId);
    const licence = this.standing.licence();
    const resolver = this.manifest.resolverOf(moduleKey);
    const module = this.manifest.moduleByKey(moduleKey);
    if (!module || !resolver) throw new InvokeError('MODULE_NOT_FOUND', `The manifest has no module ${moduleKey} with a resolver.`);
    if (payload !== undefined && Buffer.byteLength(JSON.stringify(payload)) > INVOCATION.frontEndRequestBytes) {
      throw new InvokeError('PAYLOAD_TOO_LARGE', 'The payload is larger than 500 KB.');
    }
    const call = { functionKey, ...(payload === undefined ? {} : { payload }) };
    const context = {
      cloudId: this.ids.cloudId,
      siteUrl: this.options.siteUrl,
      environmentId: this.ids.environmentId,
      environmentType: this.options.environment ?? 'DEVELOPMENT',
      localId: `ari:cloud:ecosystem::extension/${this.manifest.appId}/${this.ids.environmentId}/static/${moduleKey}`,
      moduleKey,
      extension,
      ...(accountId ? { accountId } : {}),
      ...(licence ? { license: licenceJson(licence) } : {}),
    };
    return this.invoker.run({
      functionKey: resolver,
      moduleType: module.type,
      moduleKey,
      accountId,
      args: (backend) => [{ call, context }, backend],
    });
  }

  async call({ moduleKey, functionKey, argument, accountId }: CallRequest): Promise<unknown> {
    this.rates?.take(accountId);
    const module = this.manifest.moduleByKey(moduleKey);
    if (!module) throw new InvokeError('MODULE_NOT_FOUND', `The manifest has no module ${moduleKey}.`);
    return this.invoker.run({ functionKey, moduleType: module.type, moduleKey, accountId, args: (backend) => [argument, backend] });
  }

  rules(): ForgeRule[] {
    return this.ruleList.map(({ functionKey: _function, moduleKey: _key, moduleType: _type, ...rule }) => rule);
  }

  actionValidators(): ActionValidator[] {
    return actionValidatorsOf(this.manifest, this.ids.environmentId);
  }

  async validate(ruleId: string, event: ValidatorEvent): Promise<{ result: boolean; errorMessage?: string }> {
    const rule = this.ruleList.find((one) => one.id === ruleId && one.ruleType === 'Validator');
    if (!rule) return this.refuse(ruleId, 'no installed app has this rule');
    if (!rule.functionKey) return this.refuse(rule.name, 'it is an expression, which Jira judges, not a function of the app');
    try {
      const answer = await this.invoker.run({
        functionKey: rule.functionKey,
        moduleType: rule.moduleType,
        moduleKey: rule.moduleKey,
        depth: nestedDepth.getStore() ?? 0,
        args: (backend) => [{ ...event, context: this.contextOf(rule.moduleKey) }, backend],
      });
      const verdict = readVerdict(answer);
      if (!verdict) return this.refuse(rule.name, `its answer is not {result, errorMessage?}: ${JSON.stringify(answer)}`);
      if (verdict.result || verdict.errorMessage !== undefined || rule.errorMessage === undefined) return verdict;
      return typeof rule.errorMessage === 'string' ? { result: false, errorMessage: rule.errorMessage } : verdict;
    } catch (error) {
      return this.refuse(rule.name, describe(error));
    }
  }

  runPostFunction(ruleId: string, event: PostFunctionEvent): void {
    const rule = this.ruleList.find((one) => one.id === ruleId && one.ruleType === 'PostFunction');
    if (!rule?.functionKey) return this.say('error', `No installed app has the post function ${ruleId}.`);
    const argument = { ...event, context: this.contextOf(rule.moduleKey) } as unknown as Record<string, Json>;
    this.dispatch.put('postFunction', { moduleType: rule.moduleType, moduleKey: rule.moduleKey, functionKey: rule.functionKey, argument });
  }

  async runSchedule(key?: string): Promise<void> {
    const modules = this.schedule.modules.filter((one) => key === undefined || one.key === key);
    if (modules.length === 0) throw new InvokeError('MODULE_NOT_FOUND', `The manifest has no scheduled trigger ${key ?? ''}.`);
    for (const module of modules) await this.fire(module);
  }

  async idle(): Promise<void> {
    for (;;) {
      await this.dispatch.agenda.idle();
      if (this.scheduled.size === 0) return;
      await Promise.allSettled(this.scheduled);
    }
  }

  modulesOf(type: string): ManifestModule[] {
    return this.manifest.modulesOf(type);
  }

  license(): Json | undefined {
    const licence = this.standing.licence();
    return licence && pageLicence(licence);
  }

  announceUpgrade(upgraderAccountId: string): void {
    this.announce('avi:forge:upgraded:app', { upgraderAccountId });
  }

  invocations(): InvocationRecord[] {
    return this.invoker.invocations();
  }

  lastInvocation(): string | undefined {
    return this.invoker.lastInvocation();
  }

  snapshot(): Json {
    return { kvs: this.kvs.toJSON(), work: this.dispatch.agenda.toJSON(), schedule: this.schedule.nextStarts() };
  }

  async pause(): Promise<void> {
    this.schedule.stop();
    this.dispatch.agenda.stop();
    await this.dispatch.agenda.idle();
    await Promise.allSettled(this.scheduled);
  }

  resume(snapshot: Json): void {
    if (!this.site) throw new Error('The app is not installed.');
    const { site } = this.site;
    this.site = { site, appAccountId: site.installAppUser(this.manifest.appName) };
    this.load(snapshot);
  }

  async uninstall(): Promise<void> {
    for (const module of this.manifest.modulesOf('preUninstall')) {
      const { key, function: functionKey } = preUninstallSchema.parse(module);
      if (functionKey === undefined) continue;
      const args = (backend: Json): Json[] => [{ context: this.contextOf(key) }, backend];
      await this.invoker
        .run({ functionKey, moduleType: 'preUninstall', moduleKey: key, args })
        .catch((error: unknown) => this.say('error', `preUninstall ${key} failed: ${describe(error)}`));
    }
    await this.pause();
    await this.stop();
  }

  async stop(): Promise<void> {
    this.schedule.stop();
    this.dispatch.agenda.stop();
    await this.invoker.stop();
  }

  private load(snapshot: Json): void {
    const saved = forgeSnapshotSchema.parse(snapshot);
    this.kvs.load(saved.kvs);
    this.schedule.start(saved.schedule);
    this.dispatch.agenda.load(saved.work);
  }

  private async fire({ key, functionKey, whenLicensed }: Scheduled): Promise<void> {
    if (whenLicensed && !this.licensed) return;
    const run = this.invoker.run({
      functionKey,
      moduleType: 'scheduledTrigger',
      moduleKey: key,
      args: (backend) => [{ context: this.contextOf(key) }, backend],
    });
    this.scheduled.add(run);
    try {
      await run;
    } finally {
      this.scheduled.delete(run);
    }
  }

  private announce(eventType: string, who: { [key: string]: Json }): void {
    this.deliver({
      eventType,
      atlassianId: undefined,
      payload: {
        id: `ari:cloud:ecosystem::installation/${this.ids.installationId}`,
        ...who,
        app: { id: this.manifest.appId, version: this.standing.version(), name: this.manifest.appName },
        environment: { id: this.ids.environmentId },
        permissions: { scopes: [...this.manifest.scopes], external: {} },
      },
    });
  }

  /** Without a licence to tell of, an app counts as licensed outside of production only. */
  private get licensed(): boolean {
    return this.standing.licence()?.active ?? this.options.environment !== 'PRODUCTION';
  }

  private contextOf(moduleKey: string): { [key: string]: Json } {
    return { cloudId: this.ids.cloudId, moduleKey };
  }

  private refuse(name: string, reason: string): { result: false; errorMessage: string } {
    this.say('error', `Validator ${name} refuses: ${reason}`);
    return { result: false, errorMessage: unjudged(name) };
  }

  private say(level: LogEntry['level'], message: string): void {
    (this.options.log ?? logLines)({ at: this.clock.now().toISOString(), level, source: 'platform', message });
  }
}

function deliveryOf(options: DeliveryOptions | 'instant'): Delivery {
  if (options === 'instant') return { instant: true, minMs: 0, maxMs: 0, doubled: 0, random: seeded(1) };
  const maxMs = Math.min(options.maxMs, EVENTS.delayMs);
  return { instant: false, minMs: Math.min(options.minMs, maxMs), maxMs, doubled: options.doubled, random: seeded(options.seed) };
}

const describe = (error: unknown): string => (error instanceof InvokeError ? `${error.code} ${error.appStack ?? error.message}` : String(error));
