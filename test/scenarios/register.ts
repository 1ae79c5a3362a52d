/** Scenarios on a register that holds items: what is fixed on the spot, replaced, added as a standard, and what fails again and again. */
import type { Given } from '../../sandbox/demo/acts';
import type { PersonKey } from '../../sandbox/demo/world';
import type { TrendProposal, WorkRegister } from '../../src/contract';
import { bringIn } from '../site/support/agreed';
import { ask, DESK, ok } from '../site/support/catalog-world';
import { accountOf, firstCalendar, inForce, partiesAndServices } from '../site/support/promises';
import { asking, CALL, causeFound, FAILURE, MEASURE, operate, planned, prepared, RATED, releasedTo, WINDOW } from './acts';
import type { Play } from './play';
import type { Scenario } from './scenario';

type Changing = Pick<WorkRegister['changing'][number], 'key' | 'role'>;

const beside = (play: Play, key: string): Promise<WorkRegister> =>
  play.calls('karel', `looks at the items of ${key}`, 'register.forWorkItem', {}, key);

const names = (play: Play, person: PersonKey, key: string, role: string, item: string): Promise<WorkRegister> =>
  play.calls(person, `names ${item} on ${key}`, 'register.name', { role, key: item, named: true }, key);

const plans = (play: Play, person: PersonKey, key: string, item: Changing, plan: object): Promise<WorkRegister> =>
  play.calls(person, `plans what changes of ${item.key} on ${key}`, 'register.plan', { ...item, plan }, key);

/** Says of each item that it is updated, as it is seen then. */
async function updates(play: Play, person: PersonKey, key: string): Promise<void> {
  const { changing } = await beside(play, key);
  for (const { key: item, role, version } of changing) {
    const seen = { key: item, role, outcome: 'updated', ...(version !== undefined && { version }) };
    await play.calls(person, `says that ${item} is updated`, 'register.confirm', seen, key);
  }
  const after = await beside(play, key);
  play.expect('nothing of it is left to update', after.open, 0);
}

const A3: Scenario = {
  id: 'A3',
  title: 'Fixed during the call, which changes nothing registered',
  async play(play) {
    const incident = await play.create('sofia', 'Incident', 'Printer on floor 3 is dead', { ...FAILURE, 'Items to change': ['PR-3-01'] });
    await play.move(play.someone('coordinator'), incident.key, 'Accept');
    const result = { 'What was done': 'Toner sensor reset by phone.' };
    await play.refused(play.someone('operator'), incident.key, 'Fix on the spot', 'V06', 'This would change PR-3-01', result);
    await play.fillIn(play.someone('operator'), incident.key, { 'Items to change': ['PR-3-1'] });
    await play.refused(play.someone('operator'), incident.key, 'Fix on the spot', 'V06', 'PR-3-1 is not in the register.', result);
    await play.fillIn(play.someone('operator'), incident.key, { 'Items to change': [], 'Items concerned': ['PR-3-01'] });
    await play.move(play.someone('operator'), incident.key, 'Fix on the spot', result);
    await play.move('sofia', incident.key, 'Confirm');
    await play.close(incident.key);
    await play.expectSequence(incident.key, 'Reg Acc Rev Ful Clo', 'Delivered');
    await play.expectPath(incident.key, 'W4');
  },
};

const A4: Scenario = {
  id: 'A4',
  title: 'A printer is replaced by another model, and the register says so',
  async play(play) {
    const incident = await prepared(play, 'Printer on floor 4 is broken', 'Change', { 'Items to change': ['PR-4-01'] });
    const asker = play.someone('coordinator');
    await play.refused(asker, incident.key, 'Recover', 'V52', 'PR-4-01 changes', asking('Service Request', 'Replace it.'));
    await play.move(asker, incident.key, 'Recover', asking('Request for Change', 'Replace PR-4-01 by another model. Everybody can print.'));
    const rfc = await play.theOne(incident.key, 'hands over to');
    play.expect('the change inherits the item', play.field(await play.look(rfc), 'Items to change'), ['PR-4-01']);
    const planner = play.someone('coordinator');
    await names(play, planner, rfc, 'toAdd', 'PR-4-02');
    play.expect('Jira says so', play.field(await play.look(rfc), 'Items to add'), ['PR-4-02']);
    await plans(play, planner, rfc, { role: 'toChange', key: 'PR-4-01' }, { changes: [{ attribute: 'life', to: 'retired' }] });
    await plans(play, planner, rfc, { role: 'toAdd', key: 'PR-4-02' }, { item: { name: 'Printer, floor 4', class: 'hardware' } });
    await planned(play, rfc);
    const acceptor = await releasedTo(play, rfc);
    await operate(play, await play.theOne(rfc, 'hands over to'), acceptor);
    await play.expectSequence(rfc, 'Reg Acc Pla Pre Tes Rea Rev');
    await play.refused(asker, rfc, 'Confirm', 'V12', 'Update the register for PR-4-01 and PR-4-02');
    const waits = await beside(play, incident.key);
    play.expect('the incident shows what its change is to change', [waits.of?.key, waits.open], [rfc, 2]);
    await updates(play, play.someone('operator'), rfc);
    await play.move(asker, rfc, 'Confirm');
    const done = await beside(play, incident.key);
    const lives = Object.fromEntries(done.changing.map(({ key, item }) => [key, item?.lifeName]));
    play.expect('the register says what changed', lives, { 'PR-4-01': 'Retired', 'PR-4-02': 'In use' });
    await play.move('sofia', incident.key, 'Confirm');
    await play.close(incident.key);
    await play.expectSequence(incident.key, 'Reg Acc Ana Pre Rea Rev Ful Clo', 'Delivered');
    await play.expectSequence(rfc, 'Reg Acc Pla Pre Tes Rea Rev Ful', 'Delivered');
    await play.expectPath(incident.key, 'W3');
    const again = await play.create('bram', 'Request for Change', 'Move the old printer', { ...CALL, 'Items to change': ['PR-4-01'] });
    await play.refused(play.someone('coordinator'), again.key, 'Accept', 'V07', 'PR-4-01 is retired and cannot be chosen.');
  },
};

const SWITCH = 'SW-3B-02';
const CONCERNED: Given = { ...FAILURE, 'Items concerned': [SWITCH] };

const A14: Scenario = {
  id: 'A14',
  title: 'A switch fails three times, and its cause is dealt with',
  async play(play) {
    const keys: string[] = [];
    for (const time of ['once', 'twice', 'three times']) {
      if (keys.length > 0) {
        const { proposal } = await beside(play, keys.at(-1) ?? '');
        play.expect('it is no trend yet', proposal, undefined);
      }
      const { key } = await play.create('sofia', 'Incident', `Ward 3B has no network, ${time}`, CONCERNED);
      await play.move(play.someone('coordinator'), key, 'Accept');
      keys.push(key);
    }
    const last = keys.at(-1) ?? '';
    const { proposal } = await beside(play, last);
    const { item, times, incidents, made }: Partial<TrendProposal> = proposal ?? {};
    play.expect('a Preventive Action is proposed', { item, times, incidents, made }, { item: SWITCH, times: 3, incidents: keys, made: undefined });
    await play.move(play.someone('operator'), last, 'Fix on the spot', { 'What was done': 'Started again.' });
    await play.refused('sofia', last, 'Confirm', 'V36', `${SWITCH} failed 3 times in 30 days`);
    const owner = play.someone('coordinator');
    const { key } = await play.calls<{ state: string; key: string }>(owner, 'creates the Preventive Action', 'register.prevent', { key: SWITCH });
    const twice = await play.calls<{ state: string; key: string }>(play.someone('coordinator'), 'tries it again', 'register.prevent', {
      key: SWITCH,
    });
    play.expect('it is made once', twice.key, key);
    play.expect('it follows from each of them', (await play.linked(key, 'follows from')).sort(), [...keys].sort());
    play.expect('it names the switch', play.field(await play.look(key), 'Items concerned'), [SWITCH]);
    await play.move('sofia', last, 'Confirm');

    await play.fillIn(owner, key, { Effect: 'High', Likelihood: 'Medium', 'What it touches': ['Technology'] });
    await causeFound(play, key);
    await play.fillIn(owner, key, { ...MEASURE, 'Items to change': [SWITCH], 'Remaining effect': 'Low', 'Remaining likelihood': 'Low' });
    await play.refused(owner, key, 'Deploy measure', 'V32', `${SWITCH} changes`, asking('Service Request', 'Another model. It lasts.'));
    await play.move(owner, key, 'Deploy measure', asking('Request for Change', 'Another model. It lasts.'));
    const rfc = await play.theOne(key, 'hands over to');
    await plans(play, play.someone('coordinator'), rfc, { role: 'toChange', key: SWITCH }, { changes: [{ attribute: 'model', to: 'M-48' }] });
    await planned(play, rfc, RATED);
    const acceptor = await releasedTo(play, rfc);
    const deploy = await play.theOne(rfc, 'hands over to');
    await operate(play, deploy, acceptor);
    await updates(play, play.someone('operator'), rfc);
    await play.move(owner, rfc, 'Confirm');
    await play.fillIn(owner, key, { 'Value today': 3, 'Value achieved': 0 });
    await play.confirmAsRequester(key);
    await play.close(key);
    await play.expectSequence(key, 'Reg Acc Ana Pre Rea Rev Ful Clo', 'Delivered');
    for (const child of [rfc, deploy]) await play.expectFulfilment(child, 'process');
    await play.expectPath(key, 'W7');
    const after = await beside(play, last);
    play.expect('the incident shows who deals with the cause', after.proposal?.made?.key, key);
  },
};

const A9: Scenario = {
  id: 'A9',
  title: 'A desk with a network point, listed as a standard change, comes into the register',
  async play(play) {
    const { world } = play;
    const { lotte } = world.people;
    const { parties = [], services = [] } = await partiesAndServices(world);
    await bringIn(world, { parties, services: [...services, { id: 'workplace', name: 'Workplace', state: 'inUse' }] });
    const saved = ok(await ask(lotte, 'catalog.save', { item: DESK, rowVersion: 0 }));
    ok(await ask(lotte, 'catalog.deed', { id: DESK.id, rowVersion: saved.rowVersion, kind: 'approve' }));
    const terms = { services: ['workplace'], standards: [DESK.id] };
    const from = new Date(Date.now() - 86_400_000).toISOString().slice(0, 'yyyy-mm-dd'.length);
    const sa = { id: 'SA-1', name: 'Workplaces', customer: 'lucas', from, calendar: await firstCalendar(world), terms };
    await bringIn(world, { agreements: [inForce(sa, await accountOf(lotte))] });

    const given = { ...CALL, 'Catalog item': DESK.title, 'Items to change': ['DESK-12'], 'Items to add': ['DESK-13'] };
    const { key } = await play.create('sofia', 'Request for Change', 'A desk with a network point', given);
    await play.move(play.someone('coordinator'), key, 'Accept');
    await play.move(play.someone('coordinator'), key, 'Start standard change');
    const planner = play.someone('coordinator');
    await plans(play, planner, key, { role: 'toAdd', key: 'DESK-13' }, { item: { name: 'Desk 13, ward 2A', class: 'facility' } });
    await play.move(play.someone('operator'), key, 'Offer for test');
    const acceptor = play.someone('coordinator');
    await play.fillIn(acceptor, key, { 'Test result': 'All passed', ...WINDOW, ...asking('Service Request', 'Fit it on ward 2A. It answers.') });
    await play.move(acceptor, key, 'Release');
    const deploy = await play.theOne(key, 'hands over to');
    await operate(play, deploy, acceptor);
    await play.refused('sofia', key, 'Confirm', 'V12', 'Update the register for DESK-12 and DESK-13');
    const why = { role: 'toChange', key: 'DESK-12', outcome: 'noChange', why: 'The other desk stays where it is.' };
    await play.calls(planner, 'says that DESK-12 did not change', 'register.confirm', why, key);
    await play.refused('sofia', key, 'Confirm', 'V12', 'Update the register for DESK-13');
    await updatesOne(play, planner, key, 'DESK-13');
    await play.move('sofia', key, 'Confirm');
    await play.close(key);
    await play.expectSequence(key, 'Reg Acc Pre Tes Rea Rev Ful Clo', 'Delivered');
    await play.expectSequence(deploy, 'Reg Acc Pla Rea Rev Ful', 'Delivered');
    await play.expectPath(key, 'W2');
  },
};

async function updatesOne(play: Play, person: PersonKey, key: string, item: string): Promise<void> {
  await play.calls(person, `says that ${item} came`, 'register.confirm', { role: 'toAdd', key: item, outcome: 'updated' }, key);
  const { changing } = await beside(play, key);
  play.expect(`${item} is in the register`, changing.find((one) => one.key === item)?.item?.name, 'Desk 13, ward 2A');
}

/** From A9 on an agreement is in force, which binds everybody on the site. */
export const REGISTER_SCENARIOS: readonly Scenario[] = [A3, A4, A14, A9];
