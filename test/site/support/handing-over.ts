/** Incidents that were handed over, by the app's own calls and as the people who do it. */
import { create, idle, type Item, move } from '../../../sandbox/demo/acts';
import type { World } from '../../../sandbox/demo/world';
import { handOverAnswer, handOverFormAnswer } from '../../../src/contract';

const FAILURE = {
  Customer: 'Sint Lucas Ziekenhuis',
  Service: 'Ward network',
  Category: ['Network', 'no connection'],
  Impact: 'High',
  Urgency: 'Medium',
  Observed: 'Nothing connects.',
  Agreed: 'Every bed has a connection.',
};

export interface Asking {
  team: string;
  what: string;
  readyBy?: number;
}

/** An incident of the service desk that may be handed over to Operate now. */
export async function preparedIncident(world: World, summary: string): Promise<Item> {
  const { sofia, amira, daan } = world.people;
  const item = await create(world, sofia, 'Incident', summary, { ...FAILURE, 'Solution team': 'Service desk' });
  await move(world, amira, item.key, 'Accept');
  await move(world, amira, item.key, 'Analyse');
  await move(world, daan, item.key, 'Solution found', { Solution: 'Known.', 'Recovery route': 'Operate', Workaround: 'No' });
  await idle(world);
  return item;
}

/** Amira asks Operate; answers the keys of what was made. */
export async function handOver(world: World, key: string, askings: readonly Asking[]): Promise<string[]> {
  const { amira } = world.people;
  const form = handOverFormAnswer.parse(await amira.invoke('usm-process', 'work.handOverForm', {}, key));
  if (form.state !== 'ok') throw new Error(`no form: ${JSON.stringify(form)}`);
  const asks = askings.map(({ team, ...rest }) => ({ type: 'serviceRequest', team: form.teams.find((one) => one.name === team)?.id, ...rest }));
  const answer = handOverAnswer.parse(await amira.invoke('usm-process', 'work.handOver', { asks, version: form.version }, key));
  if (answer.state !== 'done') throw new Error(`not handed over: ${JSON.stringify(answer)}`);
  await idle(world);
  return answer.made.map((one) => one.key);
}
