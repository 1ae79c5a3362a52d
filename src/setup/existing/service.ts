/** Use cases for the work items that are there already. As the administrator: Jira moves with the rights of whoever asks. */
import type { MoveOffer, MovePreview, MoveProgress, MoveTarget, Trouble } from '../../contract';
import { jira } from '../../jira/client';
import { Fault } from '../../platform/errors';
import { setting } from '../../platform/kvs';
import { lease } from '../../platform/lease';
import { type Installed, installed } from '../model';
import { batch, moveProgressOf, moveState, nextMove } from './move';
import { offerOf } from './offer';
import { previewOf } from './preview';
import { mappingOf, requireMover } from './read';

const site = setting('installed', installed);
const state = setting('existing', moveState);
const batchOf = (number: number) => setting(`existing-batch.${String(number)}`, batch);

async function installedSite(): Promise<Installed> {
  const found = await site.read();
  if (!found) throw new Fault('person.conflict', 'USM is not set up yet. Set it up first; then the work that is there can be moved.');
  return found;
}

/** What could be moved, out of `from` if it is given. */
export async function offer(from: string | undefined): Promise<MoveOffer | Trouble> {
  const found = await site.read();
  return found ? offerOf(jira('person'), from, found) : { state: 'notSetUp' };
}

/** What a move would do; only reads. */
export async function preview(target: MoveTarget): Promise<MovePreview> {
  const person = jira('person');
  const [usm, former] = await Promise.all([installedSite(), state.read()]);
  const mapping = await mappingOf(person, target, usm, former?.run ?? '');
  await requireMover(person, target);
  return previewOf(person, target, mapping, usm);
}

/** Moves the next batch, or looks how far the one under way is. */
export const step = async (target: MoveTarget, hash: string): Promise<MoveProgress | { state: 'changed'; text: string }> =>
  nextMove({ person: jira('person'), site: await installedSite(), lease: lease('existing'), state, batch: batchOf }, target, hash);

export const status = async (): Promise<MoveProgress> => moveProgressOf(await state.read());
