/** The queue endpoints as @forge/events calls them; the braces in the paths are literal, the platform fills them in. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../clock';
import type { Json } from '../../jira/store';
import type { Dispatch } from '../events/dispatch';
import { INVOCATION, QUEUE } from '../limits';
import { consumerSchema, type Manifest } from '../manifest';
import { RateLimit } from '../rate';
import type { Invocation } from '../runtime/invocation';
import { parseJson, serviceError, type ServiceAnswer } from '../service';

const SUFFIX = '{contextAri}/{environmentId}/{appId}/{appVersion}';

const pushSchema = z.object({
  queueName: z.string(),
  jobId: z.string(),
  type: z.literal('avi:forge:app:event'),
  schema: z.literal('ari:cloud:ecosystem::forge/app-event-2'),
  payload: z.array(
    z.object({
      body: z.record(z.string(), z.json()),
      delayInSeconds: z.number().min(0).max(QUEUE.delaySeconds).optional(),
      concurrency: z.object({ key: z.string(), limit: z.number().int().positive() }).optional(),
    }),
  ),
});
const jobSchema = z.object({ queueName: z.string(), jobId: z.string() });

export class QueueService {
  private readonly rate: RateLimit | undefined;

  constructor(
    private readonly manifest: Manifest,
    private readonly dispatch: Dispatch,
    clock: Clock,
    limitRates: boolean,
  ) {
    this.rate = limitRates ? new RateLimit(clock, QUEUE.eventsPerMinute, 60_000) : undefined;
  }

  answer(path: string, text: string, invocation: Invocation): ServiceAnswer {
    const body = parseJson(text);
    switch (path) {
      case `/webhook/queue/publish/${SUFFIX}`:
        return this.publish(body, invocation);
      case `/webhook/queue/stats/${SUFFIX}`:
        return withJob(body, (jobId) => {
          const stats = this.dispatch.stats(jobId);
          return stats ? { status: 200, body: stats } : unknownJob;
        });
      case `/webhook/queue/cancel/${SUFFIX}`:
        return withJob(body, (jobId) => (this.dispatch.cancel(jobId) ? { status: 204 } : unknownJob));
      default:
        return serviceError(501, 'NOT_IMPLEMENTED', `The local site has no ${path}.`);
    }
  }

  private publish(body: Json | undefined, invocation: Invocation): ServiceAnswer {
    const push = pushSchema.safeParse(body);
    if (!push.success) return refusal(400, push.error.issues.map((one) => `${one.path.join('.')}: ${one.message}`).join('; '));
    const { queueName, jobId, payload } = push.data;
    if (payload.length === 0 || payload.length > QUEUE.eventsPerPush) return refusal(400, `A push has 1 to ${QUEUE.eventsPerPush} events.`);
    if (Buffer.byteLength(JSON.stringify(payload)) > QUEUE.pushBytes)
      return { status: 413, body: { errorMessage: 'The push is larger than 200 KB.' } };
    if (invocation.cycle >= QUEUE.cyclicPushes) return refusal(405, `More than ${QUEUE.cyclicPushes} pushes in a row.`);
    const consumer = this.manifest
      .modulesOf('consumer')
      .map((module) => consumerSchema.safeParse(module).data)
      .find((one) => one?.queue === queueName);
    if (!consumer) return refusal(400, `The manifest has no consumer of the queue ${queueName}.`);
    const { timeoutSeconds = 0 } = this.manifest.functions.get(consumer.function) ?? {};
    const long = timeoutSeconds * 1000 > INVOCATION.longMs;
    if (long && payload.some((one) => Buffer.byteLength(JSON.stringify(one)) > QUEUE.longEventBytes))
      return { status: 413, body: { errorMessage: 'An event for a long-running function is larger than 100 KB.' } };
    if (this.rate && !this.rate.take(payload.length)) return refusal(429, `More than ${QUEUE.eventsPerMinute} events in a minute.`);
    for (const { body: content, delayInSeconds, concurrency } of payload) {
      const event = {
        body: content,
        queueName,
        jobId,
        eventId: randomUUID(),
        ...(delayInSeconds === undefined ? {} : { delayInSeconds }),
        ...(concurrency ? { concurrency } : {}),
      };
      this.dispatch.put(
        'job',
        {
          moduleType: 'consumer',
          moduleKey: consumer.key,
          functionKey: consumer.function,
          argument: event,
          cycle: invocation.cycle + 1,
        },
        { delayMs: (delayInSeconds ?? 0) * 1000, concurrency },
      );
    }
    return { status: 201, body: {} };
  }
}

const refusal = (status: number, message: string): ServiceAnswer => ({ status, body: { code: status, message, errors: [] } });
const unknownJob = refusal(404, 'There is no such job.');

function withJob(body: Json | undefined, handle: (jobId: string) => ServiceAnswer): ServiceAnswer {
  const job = jobSchema.safeParse(body);
  return job.success ? handle(job.data.jobId) : refusal(400, 'The body is not {queueName, jobId}.');
}
