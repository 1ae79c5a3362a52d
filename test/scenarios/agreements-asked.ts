/** Scenarios in which something is asked for that an agreement does not cover: any more (A25), or as it is (A10). */
import { bringIn } from '../site/support/agreed';
import type { PersonKey } from '../../sandbox/demo/world';
import { CALL, FAILURE } from './acts';
import { accepts, dayFrom, type Drafted, KEEPER, OFFER, type Offered, PROVIDER, records, write } from './agreements-acts';
import { expectDraft, realised } from './agreements-agree';
import type { Play } from './play';
import type { Scenario } from './scenario';

const ASKER: PersonKey = 'bram';
const DAY = 86_400_000;

interface Given {
  id: string;
  name: string;
  /** Ids and names of the customer, for whom Bram speaks, and of the service. */
  customer: [id: string, name: string];
  service: [id: string, name: string];
  terms: object;
}

/** An agreement that was put in force two months ago, as its file says. */
async function agreed(play: Play, { id, name, customer, service, terms }: Given): Promise<void> {
  await records(play);
  const account = async (person: PersonKey): Promise<string> =>
    (await play.visitor(person).ask<{ accountId: string }>('GET', '/rest/api/3/myself')).accountId;
  const [by, asker] = [await account(KEEPER), await account(ASKER)];
  const done = { at: Date.now() - 59 * DAY, by };
  const deeds = [{ kind: 'offer' }, { kind: 'accept', side: 'customer' }, { kind: 'agree' }, { kind: 'confirm' }].map((one) => ({ ...one, ...done }));
  await bringIn(play.world, {
    parties: [{ id: customer[0], name: customer[1], kind: 'customer', inside: false, representatives: [asker] }],
    services: [{ id: service[0], name: service[1], state: 'inUse', owner: by }],
    agreements: [
      {
        id,
        kind: 'SA',
        name,
        provider: PROVIDER,
        customer: customer[0],
        owner: by,
        versions: [{ number: 1, terms: { timeZone: 'UTC', ...OFFER, services: [service[0]], validFrom: dayFrom(-60), ...terms }, deeds }],
      },
    ],
  });
}

export const A25: Scenario = {
  id: 'A25',
  title: 'An agreement that expired yesterday',
  async play(play) {
    const id = 'SA-9025';
    await agreed(play, {
      id,
      name: 'Telephones of the college',
      customer: ['haven', 'Havencollege'],
      service: ['telephony', 'Telephony'],
      terms: { validUntil: dayFrom(-1) },
    });
    const failure = { ...FAILURE, Customer: 'Havencollege', Service: 'Telephony', Category: ['Telephony', 'no sound'] };
    const { key } = await play.create(ASKER, 'Incident', 'Callers are not heard', failure);
    await play.refused(
      play.someone('coordinator'),
      key,
      'Accept',
      'V03',
      `Telephony has no agreement in force with Havencollege: ${id}, Telephones of the college, expired on`,
    );
    await play.expectSequence(key, 'Reg');
    const seen = await play.calls<Drafted>(KEEPER, `looks at ${id}`, 'agreements.get', { id });
    play.expect(`${id} has expired`, seen.status, 'expired');
    const deed = { kind: 'renew', until: dayFrom(300) };
    await play.calls(KEEPER, `extends ${id}`, 'agreements.deed', { id, version: 1, rowVersion: seen.rowVersion, deed });
    await play.move(play.someone('coordinator'), key, 'Accept');
    await play.expectSequence(key, 'Reg Acc');
  },
};

export const A10: Scenario = {
  id: 'A10',
  title: 'A change is asked for that alters the agreement',
  async play(play) {
    const id = 'SA-9010';
    const service: Given['service'] = ['rooms', 'Meeting rooms'];
    const item = 'room-key';
    await agreed(play, {
      id,
      name: 'Rooms of the town',
      customer: ['town', 'Gemeente Noordhaven'],
      service,
      terms: { standards: [item] },
    });
    const call = { ...CALL, Customer: 'Gemeente Noordhaven', Service: 'Meeting rooms', Category: ['Rooms', 'access'] };
    const rfc = await play.create(ASKER, 'Request for Change', 'Rooms open until 22:00', { ...call, 'Items to change': [id] });
    await play.refused(play.someone('coordinator'), rfc.key, 'Accept', 'V08', `This changes what was agreed in ${id}, Rooms of the town.`);
    await play.move(play.someone('coordinator'), rfc.key, 'Reclassify', {
      'Reclassify as': 'Wish',
      'Reason in words': 'It alters the agreement.',
    });
    await play.expectSequence(rfc.key, 'Reg Can', 'Reclassified');
    const key = await play.theOne(rfc.key, 'was reclassified as');
    await play.move(play.someone('coordinator'), key, 'Accept');
    await play.move(play.someone('coordinator'), key, 'Specify');
    const drafting = { how: 'version', agreement: id, times: [] };
    const asked = { request: crypto.randomUUID(), drafting };
    const { drafted } = await play.calls<Offered>(KEEPER, `drafts the next version for ${key}`, 'wish.draft', asked, key);
    if (!drafted) throw new Error(`${key} has no draft`);
    play.expect('it is the second version of the same agreement', [drafted.agreement.id, drafted.version], [id, 2]);
    await write(play, drafted, { scope: 'Every room, also in the evening until 22:00.' });
    await play.move('ines', key, 'Draft offer');
    await accepts(play, ASKER, await expectDraft(play, key, 'offered', 'Inês Costa'));
    await realised(play, key, ASKER, () => Promise.resolve());
    const now = await play.calls<Drafted>(KEEPER, `looks at ${id}`, 'agreements.get', { id });
    play.expect(`version 2 of ${id} is in force`, [now.version, now.status], [2, 'inForce']);
  },
};
