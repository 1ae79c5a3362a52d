/** Automatic acceptance: the app takes Accept by itself, and the rules judge it as they judge anybody. */
import { transitionOf } from '../method';
import { log } from '../platform/log';
import * as work from '../work/service';
import { ordersToAccept, recordAccepted } from './orders';

/** What the rules refuse waits for a person, and is tried again by nobody. Where Jira does not answer, the round tries again. */
export async function accepted(made: { id: string; key: string }): Promise<boolean> {
  return accept(made).catch((thrown: unknown) => {
    log.warn('catalog.acceptLater', { key: made.key, why: String(thrown) });
    return false;
  });
}

async function accept({ id, key }: { id: string; key: string }): Promise<boolean> {
  const answer = await work.move('app', key, transitionOf('serviceRequest', 'accept').id);
  if (!answer.moved && answer.busy) return false;
  if (!answer.moved) log.info('catalog.notAccepted', { key, answer: answer.text.slice(0, 400) });
  await recordAccepted(id);
  return answer.moved;
}

const A_ROUND = 20;

/** Whoever died before Accept left it to the round. */
export async function round(): Promise<void> {
  for (const { made } of await ordersToAccept(A_ROUND)) if (made) await accepted(made);
}
