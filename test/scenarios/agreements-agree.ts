/** Scenarios in which a Wish drives an agreement from its draft to in force, or not. */
import { PEOPLE, type PersonKey } from '../../sandbox/demo/world';
import { asking, CALL, changed, REASON } from './acts';
import {
  accepts,
  CUSTOMER,
  draftFor,
  type Drafted,
  KEEPER,
  networkDraft,
  nextOfNetwork,
  OFFER,
  offerOf,
  PROVIDER,
  putInForce,
  records,
  write,
} from './agreements-acts';
import type { Play } from './play';
import type { Scenario } from './scenario';

/** A Wish that is being specified, with a draft that leans on the network. */
async function specified(play: Play, summary: string, network: string): Promise<{ key: string; draft: Drafted }> {
  const { key } = await play.create('sofia', 'Wish', summary, CALL);
  await play.move(play.someone('coordinator'), key, 'Accept');
  await play.move(play.someone('coordinator'), key, 'Specify');
  const begun = await draftFor(play, key);
  play.expect('the draft is called as the Wish', begun.agreement.name, summary);
  play.expect('it is between the team and the customer', [begun.agreement.provider, begun.agreement.customer], [PROVIDER, 'lucas']);
  await play.refused(play.someone('coordinator'), key, 'Draft offer', 'V17', 'The offer is not complete');
  return { key, draft: await write(play, begun, { ...OFFER, under: { leg: network } }) };
}

/** How the draft of a Wish stands, and who did what was done last. */
export async function expectDraft(play: Play, key: string, status: string, by?: string): Promise<Drafted> {
  const { drafted, owes } = await offerOf(play, KEEPER, key);
  if (!drafted) throw new Error(`${key} has no draft`);
  play.expect(`${drafted.agreement.id} is ${status}`, [drafted.status, owes], [status, undefined]);
  if (by !== undefined) play.expect(`that was ${by}`, drafted.history.at(-1)?.by.name, by);
  return drafted;
}

const handsOver = asking('Request for Change', 'Realise what was agreed. It can be used.');

/** From the customer's yes to in force: Change realises it, Operate puts it in place, whoever asked for it confirms. */
export async function realised(play: Play, key: string, customer: PersonKey, beforeConfirm: () => Promise<void>): Promise<void> {
  await play.move(KEEPER, key, 'Agree', handsOver);
  await expectDraft(play, key, 'agreed', 'Lotte Smit');
  const rfc = await play.theOne(key, 'hands over to');
  await play.fillIn(play.someone('coordinator'), rfc, { 'Items to add': ['WARD-9'] });
  const deploy = await changed(play, rfc, KEEPER);
  await play.expectSequence(key, 'Reg Acc Spe Neg Rea Rev');
  await beforeConfirm();
  await play.move(customer, key, 'Confirm');
  await expectDraft(play, key, 'inForce', PEOPLE[customer].name);
  await play.close(key);
  await play.expectSequence(key, 'Reg Acc Spe Neg Rea Rev Ful Clo', 'Delivered');
  await play.expectOrder([deploy, rfc, key], 'Fulfilled');
  await play.expectPath(key, 'W1');
}

export const A6: Scenario = {
  id: 'A6',
  title: 'A new service for a department, from the wish to what is in force',
  async play(play) {
    await records(play);
    const under = await networkDraft(play, 3);
    const { key } = await specified(play, 'A place to work for the new ward', under.agreement.id);
    await play.move('ines', key, 'Draft offer');
    const offer = await expectDraft(play, key, 'offered', 'Inês Costa');
    await play.refused(KEEPER, key, 'Agree', 'V19', 'The customer has not accepted version 1 yet', handsOver);
    await accepts(play, CUSTOMER, offer);
    await realised(play, key, 'sofia', async () => {
      await play.refused('sofia', key, 'Confirm', 'V45', `${under.agreement.id} under it is not in force yet`);
      await putInForce(play, under);
    });
  },
};

export const A7: Scenario = {
  id: 'A7',
  title: 'A wish on whose price nobody agrees',
  async play(play) {
    await records(play);
    const under = await networkDraft(play, 3);
    const { key } = await specified(play, 'A place to work in the attic', under.agreement.id);
    await play.move(play.someone('coordinator'), key, 'Draft offer');
    await expectDraft(play, key, 'offered');
    await play.move(KEEPER, key, 'No agreement', REASON);
    await expectDraft(play, key, 'ended', 'Lotte Smit');
    await play.expectSequence(key, 'Reg Acc Spe Neg Can', 'Not agreed');
    play.expect('it has no children', (await play.look(key)).links, []);
    await play.expectPath(key, 'W1');
  },
};

export const A8: Scenario = {
  id: 'A8',
  title: 'An offer that what lies under it cannot keep',
  async play(play) {
    await records(play);
    const under = await putInForce(play, await networkDraft(play, 6));
    const { id } = under.agreement;
    const { key } = await specified(play, 'A place to work by the water', id);
    const cannot = `P1 restore cannot be kept: with ${id} it comes to 6:00 h of 4:00 h.`;
    const { next } = await play.calls<{ state: string; next: { transition: string; rules: { rule: string; state: string; text: string }[] }[] }>(
      'amira',
      `looks at ${key}`,
      'work.process',
      {},
      key,
    );
    const line = next.find((one) => one.transition === 'draftOffer')?.rules.find((one) => one.rule === 'V18');
    play.expect('the panel warns of it', [line?.state, line?.text.startsWith(cannot)], ['warning', true]);
    await play.move(play.someone('coordinator'), key, 'Draft offer');
    await accepts(play, CUSTOMER, await expectDraft(play, key, 'offered'));
    await play.refused(KEEPER, key, 'Agree', 'V18', cannot, handsOver);
    await putInForce(play, await nextOfNetwork(play, id, 3));
    await play.move(KEEPER, key, 'Agree', handsOver);
    await expectDraft(play, key, 'agreed', 'Lotte Smit');
    await play.expectSequence(key, 'Reg Acc Spe Neg Rea');
    await play.expectPath(key, 'W1');
  },
};
