/** The two workflow rules: the gate before a step, and what follows it. */
import { InvocationError, InvocationErrorCode } from '@forge/events';
import { asFault, newReference } from '../platform/errors';
import { log } from '../platform/log';
import { installedSite } from '../setup/service';
import { conduct } from '../setup/rules/service';
import { manners, priorities, terms } from '../setup/settings/service';
import * as work from '../work/service';

/** Jira asks before the step. A question we cannot read is refused: fail closed, with a reference. */
export async function gate(event: unknown): Promise<{ result: boolean; errorMessage?: string }> {
  const parsed = work.gateEvent.safeParse(event);
  if (parsed.success) return work.gate(parsed.data, terms);
  const reference = newReference();
  log.error('gate.unreadable', parsed.error, { reference });
  return { result: false, errorMessage: `USM could not read Jira's question about this step. Tell an administrator: reference ${reference}.` };
}

const RETRY_AFTER_SECONDS = 30;
const again = (): InvocationError =>
  new InvocationError({ retryAfter: RETRY_AFTER_SECONDS, retryReason: InvocationErrorCode.FUNCTION_RETRY_REQUEST });

/** Runs `act`; a fault is logged and asked for again, which the platform grants a few times. What only a person can mend is not asked for again. */
export async function orAgain(name: string, act: () => Promise<void>): Promise<InvocationError | undefined> {
  try {
    await act();
    return undefined;
  } catch (thrown) {
    log.error(name, thrown, { reference: newReference() });
    return asFault(thrown).code.startsWith('person.') ? undefined : again();
  }
}

/** Jira tells after the step, later and perhaps twice. */
export async function after(event: unknown): Promise<InvocationError | undefined> {
  return orAgain('after.failed', async () => {
    const parsed = work.afterEvent.parse(event);
    const site = await installedSite();
    if (site) await work.afterStep(parsed, site, priorities, manners, conduct);
  });
}
