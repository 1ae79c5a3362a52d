/** What the site and its child processes say to each other. */
import { z } from 'zod';
import type { Json } from '../../jira/store';

/** What a function finds as the platform's description of its invocation (fields that @forge/api 8.3.0 reads). */
export interface RuntimeDescription {
  contextAri: string;
  appContext: {
    appId: string;
    appVersion: string;
    environmentId: string;
    environmentType: string;
    invocationId: string;
    installationId: string;
    functionKey: string;
    moduleType: string;
    moduleKey: string;
    license?: Json;
    installation: Json;
    permissions: Json;
  };
  aaid?: string;
}

export interface InvokeMessage {
  type: 'invoke';
  id: string;
  /** `file.name` as in the manifest. */
  handler: string;
  args: Json[];
  runtime: RuntimeDescription;
  limitMs: number;
  /** The site's time minus the machine's: functions live in the site's time. */
  timeOffsetMs: number;
}

export interface ResponseMessage {
  type: 'response';
  request: number;
  status: number;
  statusText: string;
  headers: [string, string][];
  body: Uint8Array | null;
}

export type HostMessage = InvokeMessage | ResponseMessage;

const failureSchema = z.object({ name: z.string(), message: z.string(), stack: z.string().optional() });

const descriptorSchema = z.looseObject({
  type: z.string(),
  provider: z.string().optional(),
  remote: z.string().optional(),
  accountId: z.string().optional(),
});
export type Descriptor = z.infer<typeof descriptorSchema>;

const requestSchema = z.object({
  type: z.literal('request'),
  id: z.string(),
  request: z.number(),
  descriptor: descriptorSchema,
  path: z.string(),
  method: z.string(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  body: z.union([z.string(), z.instanceof(Uint8Array)]).optional(),
});
export type RequestMessage = z.infer<typeof requestSchema>;

/** Messages of a child. Its sender is the app's own process, so they are checked like any other input. */
export const childMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), handlers: z.array(z.string()) }),
  z.object({ type: z.literal('unloadable'), failure: failureSchema }),
  requestSchema,
  z.object({ type: z.literal('answer'), id: z.string(), json: z.string().optional(), memoryMB: z.number() }),
  z.object({ type: z.literal('failure'), id: z.string(), failure: failureSchema, memoryMB: z.number() }),
  z.object({ type: z.literal('log'), id: z.string().optional(), level: z.enum(['debug', 'info', 'warn', 'error']), message: z.string() }),
  /** Work that went on after its invocation had answered, or an error that nobody caught. */
  z.object({ type: z.literal('stray'), id: z.string().optional(), what: z.enum(['request', 'exception', 'rejection']), failure: failureSchema }),
]);
export type ChildMessage = z.infer<typeof childMessageSchema>;
