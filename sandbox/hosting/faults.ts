/** Faults that a test or a person asks for: between an app and Jira, between an app and its database, and in its functions. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Clock } from '../clock';
import type { JiraSite } from '../contract';
import { REQUEST_KINDS, SQL_ERROR_CODES, SqlError, type Ending, type RequestKind, type SqlServer } from '../forge';

/** Jira Cloud docs: rate limiting. What each of the limits allows, as its header tells. */
const LIMITS = {
  'jira-quota-global-based': 65_000,
  'jira-quota-tenant-based': 100_000,
  'jira-burst-based': 100,
  'jira-per-issue-on-write': 20,
} as const;
type Reason = keyof typeof LIMITS;

const LOST_STATUS = 504;

const pattern = z.string().refine((text) => {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}, 'is no regular expression');
const times = z.number().int().positive().default(1);
/** An app by its id or its name; absent = every app. */
const app = z.string().optional();
const delayed = z.strictObject({ delayMs: z.number().int().nonnegative() });
const lost = z.strictObject({ lostAfter: z.literal(true) });

const jiraRule = z.strictObject({
  match: z.strictObject({ method: z.string().optional(), path: pattern.optional(), app }).default({}),
  answer: z.union([
    z.strictObject({ rateLimit: z.enum(Object.keys(LIMITS) as [Reason, ...Reason[]]), retryAfter: z.number().int().nonnegative().default(1) }),
    z.strictObject({ status: z.number().int().min(500).max(599) }),
    delayed,
    lost,
    // The first use of an app as a person who has not agreed yet; requests of the app itself pass.
    z.strictObject({ needsAuthentication: z.literal(true) }),
  ]),
  times,
});
const sqlRule = z.strictObject({
  match: z.strictObject({ statement: pattern.optional(), app }).default({}),
  /** errno: the server's own number, told in the error's debug. */
  answer: z.union([z.strictObject({ code: z.enum(SQL_ERROR_CODES), errno: z.number().int().optional() }), delayed, lost]),
  times,
});
const functionMatch = z
  .strictObject({
    function: z.string().optional(),
    /** Key of the module that calls the function. */
    module: z.string().optional(),
    app,
  })
  .default({});
/** Whether the request at which the function ends is still performed; its answer is lost then. */
const performed = z.boolean().default(false);
const endRule = z.strictObject({
  match: functionMatch,
  /** `kill`: the process dies; `timeout`: the function runs into its limit. */
  end: z.enum(['kill', 'timeout']),
  /** At which request of the invocation; 0 = before it does anything. */
  atRequest: z.number().int().nonnegative().default(0),
  performed,
  times,
});
/** Kills at the n-th request, counted over all invocations that fit, since a task may take several of them. */
const killRule = z.strictObject({
  match: functionMatch,
  killAfterRequests: z.number().int().positive(),
  performed,
  /** Only requests of these kinds count. */
  kinds: z.array(z.enum(REQUEST_KINDS)).default([...REQUEST_KINDS]),
  /** How many were counted so far. */
  counted: z.number().int().nonnegative().default(0),
  times,
});
const functionRule = z.union([killRule, endRule]);

export const faultsSchema = z.strictObject({
  rules: z.array(jiraRule).default([]),
  sql: z.array(sqlRule).default([]),
  functions: z.array(functionRule).default([]),
});
export type FaultsInput = z.input<typeof faultsSchema>;
type FaultsNow = z.output<typeof faultsSchema>;
type FunctionRule = z.output<typeof functionRule>;
type KillRule = z.output<typeof killRule>;

const isKill = (rule: FunctionRule): rule is KillRule => 'killAfterRequests' in rule;

/** Stands between an app and Jira. */
export type Intercept = (request: { method: string; path: string }, next: () => Promise<Response>) => Promise<Response>;

interface Asked {
  method: string;
  path: string;
  /** Not as the app itself. */
  asPerson: boolean;
}

interface Named {
  appId: string;
  appName: string;
}

export class Faults {
  private now: FaultsNow = faultsSchema.parse({});

  constructor(private readonly clock: Clock) {}

  /** Takes these in the place of all there were; an empty object ends them. Throws ZodError. */
  set(input: FaultsInput): void {
    this.now = faultsSchema.parse(input);
  }

  /** Those that are still to come. */
  pending(): FaultsNow {
    return structuredClone(this.now);
  }

  /** Jira as this app meets it. */
  jira(site: JiraSite, who: Named): JiraSite {
    let appUser: string | undefined;
    return {
      userExists: (accountId) => site.userExists(accountId),
      installAppUser: (appName) => (appUser = site.installAppUser(appName)),
      request: (identity, path, init) =>
        this.answer(who, { method: init.method, path, asPerson: identity.accountId !== appUser }, () => site.request(identity, path, init)),
    };
  }

  /** The database as this app meets it. */
  sql(server: SqlServer, who: Named): SqlServer {
    return {
      ...server,
      execute: async (installation, query, params, kind) => {
        const next = () => server.execute(installation, query, params, kind);
        const rule = take(this.now.sql, ({ match }) => isOf(match.app, who) && fits(match.statement, query));
        if (!rule) return next();
        if ('delayMs' in rule.answer) return sleep(rule.answer.delayMs).then(next);
        if ('lostAfter' in rule.answer) await next();
        const { code, errno } = 'code' in rule.answer ? rule.answer : { code: 'UNKNOWN_ERROR' as const, errno: undefined };
        throw new SqlError(code, 'A fault that was asked for.', 500, errno === undefined ? {} : { errno });
      },
    };
  }

  /** What ends invocations of this app's functions. */
  ending(who: Named): Ending {
    return ({ functionKey, moduleKey }) => {
      const wanted = ({ match }: FunctionRule): boolean =>
        isOf(match.app, who) && (match.function ?? functionKey) === functionKey && (match.module ?? moduleKey) === moduleKey;
      const rule = take(this.now.functions, (one) => !isKill(one) && wanted(one));
      let asked = -1;
      return (request) => {
        asked += 1;
        if (rule && !isKill(rule) && asked === rule.atRequest) return { how: rule.end, performed: rule.performed };
        return request && this.killed(wanted, request);
      };
    };
  }

  private killed(wanted: (rule: FunctionRule) => boolean, request: RequestKind): ReturnType<ReturnType<Ending>> {
    const counting = this.now.functions.filter((one): one is KillRule => isKill(one) && wanted(one) && one.kinds.includes(request));
    for (const one of counting) one.counted += 1;
    const rule = counting.find((one) => one.counted >= one.killAfterRequests);
    if (!rule || !take(this.now.functions, (one) => one === rule)) return undefined;
    rule.counted = 0;
    return { how: 'kill', performed: rule.performed };
  }

  private async answer(who: Named, { method, path, asPerson }: Asked, next: () => Promise<Response>): Promise<Response> {
    const wanted = ({ match, answer: kind }: FaultsNow['rules'][number]): boolean =>
      (asPerson || !('needsAuthentication' in kind)) &&
      isOf(match.app, who) &&
      (match.method ?? method).toUpperCase() === method.toUpperCase() &&
      fits(match.path, path);
    const answer = take(this.now.rules, wanted)?.answer;
    if (!answer) return next();
    if ('rateLimit' in answer) return this.tooMany(answer.rateLimit, answer.retryAfter);
    if ('needsAuthentication' in answer) return needsAuthentication();
    if ('status' in answer) return new Response('', { status: answer.status });
    // A function's time runs on the machine's clock, so this delay does too.
    if ('delayMs' in answer) return sleep(answer.delayMs).then(next);
    await next();
    return new Response('', { status: LOST_STATUS });
  }

  private tooMany(reason: Reason, retryAfter: number): Response {
    return Response.json(
      { errorMessages: ['Rate limit exceeded.'], errors: {} },
      {
        status: 429,
        headers: {
          'Retry-After': String(retryAfter),
          'RateLimit-Reason': reason,
          'X-RateLimit-Limit': String(LIMITS[reason]),
          'X-RateLimit-Remaining': '0',
          'X-RateLimit-Reset': new Date(this.clock.now().getTime() + retryAfter * 1000).toISOString(),
          'X-RateLimit-NearLimit': 'true',
        },
      },
    );
  }
}

/** @forge/api 8.3.0 source: the header makes an error of its own of it, in the function. */
const needsAuthentication = (): Response =>
  Response.json(
    { code: 'UNAUTHORIZED', message: 'The person has not agreed yet.' },
    { status: 401, headers: { 'forge-proxy-error': 'NEEDS_AUTHENTICATION_ERR' } },
  );

export const intercepted = (jira: JiraSite, intercept: Intercept): JiraSite => ({
  userExists: (accountId) => jira.userExists(accountId),
  installAppUser: (appName) => jira.installAppUser(appName),
  request: (identity, path, init) => intercept({ method: init.method, path }, () => jira.request(identity, path, init)),
});

const isOf = (wanted: string | undefined, { appId, appName }: Named): boolean => wanted === undefined || wanted === appId || wanted === appName;
const fits = (wanted: string | undefined, text: string): boolean => wanted === undefined || new RegExp(wanted).test(text);

/** The first rule that fits, one time less; one that is used up is gone. */
function take<Rule extends { times: number }>(rules: Rule[], fit: (rule: Rule) => boolean): Rule | undefined {
  const found = rules.find(fit);
  if (!found) return undefined;
  found.times -= 1;
  if (found.times === 0) rules.splice(rules.indexOf(found), 1);
  return found;
}
