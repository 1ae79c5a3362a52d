/** The story of one day at Noordhaven Shared Services, told by the people in it. */
import { AS_USUAL, create, fillIn, idle, move, takeOn } from './acts';
import type { Visitor } from './client';
import { makeWorld, PEOPLE, type World } from './world';

const HOUR = 3_600_000;
const inHours = (hours: number): Date => new Date(Date.now() + hours * HOUR);

const SINT_LUCAS = { Customer: 'Sint Lucas Ziekenhuis' };

/** Moves on, and lets what follows from it arrive. */
async function step(world: World, person: Visitor, key: string, name: string, given: Record<string, unknown> = {}): Promise<void> {
  await move(world, person, key, name, given);
  await idle(world);
}

async function childOf(world: World, key: string): Promise<string> {
  const { fields } = await world.people.karel.ask<{ fields: { issuelinks: { outwardIssue?: { key: string } }[] } }>(
    'GET',
    `/rest/api/3/issue/${key}?fields=issuelinks`,
  );
  const child = fields.issuelinks.find((link) => link.outwardIssue)?.outwardIssue?.key;
  if (child === undefined) throw new Error(`${key} was not handed over`);
  return child;
}

/** The incident of the pictures: recovered by a change, which operations have been asked to put in place. */
async function wardWithoutNetwork(world: World): Promise<string> {
  const { sofia, amira, joris, pieter, marit, daan } = world.people;
  const { key } = await create(
    world,
    sofia,
    'Incident',
    'No network on ward 3B, Sint Lucas',
    {
      ...SINT_LUCAS,
      Service: 'Ward network',
      Category: ['Network', 'no connection'],
      Impact: 'High',
      Urgency: 'Medium',
      Observed: 'None of the bedside screens connect; nurse calls arrive only by phone.',
      Agreed: 'Bedside screens and nurse calls work at every bed.',
      'Items concerned': ['SW-3B-02', 'CAB-3B'],
      'Items to change': ['SW-3B-02'],
      'Deliver or restore by': inHours(4),
    },
    'Since about 09:00 none of the bedside screens on ward 3B connect, and nurse calls arrive only by phone. As agreed, both should work at every bed. ' +
      'Cabinet 3B shows a red light on the upper switch.',
  );
  await step(world, amira, key, 'Accept');
  await step(world, amira, key, 'Analyse');
  await joris.ask('POST', `/rest/api/3/issue/${key}/comment`, {
    body: {
      type: 'doc',
      version: 1,
      content: [
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: 'The upper switch restarts every few minutes. A restart holds for an hour at most. It has to be another model.' },
          ],
        },
      ],
    },
  });
  await step(world, daan, key, 'Solution found', {
    Solution: 'Another model; a restart fails again.',
    'Recovery route': 'Change and operate',
    Workaround: 'No',
  });
  await step(world, amira, key, 'Recover', {
    'Hand over to': ['Request for Change'],
    'Solution team': 'Network',
    'What is asked':
      'Replace access switch SW-3B-02 by another model and move its 24 connections. Result: bedside screens and nurse calls work at every bed of ward 3B.',
    'Ready by': inHours(3),
  });
  const change = await childOf(world, key);
  await step(world, joris, change, 'Accept');
  await fillIn(world, joris, change, { 'Change category': 'Normal' });
  await step(world, joris, change, 'Plan');
  await fillIn(world, joris, change, {
    Plan: 'Mount the new switch below the old one, move the connections one by one, watch the screens come back.',
    'Back-out': 'Move the connections back.',
    'Window start': inHours(1),
    'Window end': inHours(2),
  });
  await step(world, marit, change, 'Agree plan');
  await fillIn(world, daan, change, {
    'Test plan': 'Two bedside screens and one nurse call on the new switch, on the bench.',
    'Deployment plan': 'Ward 3B, cabinet 3B, with the head nurse informed.',
  });
  await step(world, daan, change, 'Offer for test');
  await fillIn(world, pieter, change, {
    'Test result': 'All passed',
    'Hand over to': ['Service Request'],
    'Solution team': 'Workplace',
    'What is asked': 'Place the switch in cabinet 3B and move the 24 connections. Every screen shows a picture.',
    'Ready by': inHours(2),
  });
  await step(world, pieter, change, 'Release');
  return key;
}

/** A request from the catalog, delivered and waiting for its confirmation. */
async function passwordReset(world: World): Promise<void> {
  const { bram, ines, fatima } = world.people;
  const { key } = await create(world, bram, 'Service Request', 'Reset my password', {
    Customer: 'Gemeente Noordhaven',
    Service: 'Workplace',
    Category: ['Workplace', 'account'],
    Impact: 'Low',
    Urgency: 'High',
  });
  await step(world, ines, key, 'Accept');
  await takeOn(world, fatima, key, inHours(1));
  await step(world, fatima, key, 'Start now');
  await fillIn(world, fatima, key, { 'What was done': 'Password reset; the new one was handed over in person.' });
  await step(world, fatima, key, 'Deliver');
}

/** An incident that was fixed during the call, and closed. */
async function printerFixed(world: World): Promise<void> {
  const { bram, ines, daan } = world.people;
  const { key } = await create(world, bram, 'Incident', 'Printer at the town hall desk prints blank pages', {
    Customer: 'Gemeente Noordhaven',
    Service: 'Workplace',
    Category: ['Workplace', 'printing'],
    Impact: 'Medium',
    Urgency: 'Medium',
    Observed: 'Every page is blank.',
    Agreed: 'The desk can print permits at any time.',
  });
  await step(world, ines, key, 'Accept');
  await step(world, daan, key, 'Fix on the spot', { 'What was done': 'The cartridge was seated again by phone.' });
  await step(world, bram, key, 'Confirm');
  await fillIn(world, ines, key, AS_USUAL);
  await step(world, ines, key, 'Close');
}

/** Work that has just come in, one of each kind. */
async function inbox(world: World): Promise<void> {
  const { sofia, bram, amira } = world.people;
  await create(world, sofia, 'Wish', 'Network also in the new wing', { ...SINT_LUCAS, Service: 'Ward network', Impact: 'Medium', Urgency: 'Low' });
  await create(world, bram, 'Request for Change', 'Two more desks with network in the reading room', {
    Customer: 'Gemeente Noordhaven',
    Service: 'Workplace',
    Category: ['Workplace', 'device'],
    Impact: 'Low',
    Urgency: 'Medium',
    'Items to add': ['AP-RR-07'],
  });
  await create(world, sofia, 'Complaint', 'Three times late last month', {
    ...SINT_LUCAS,
    Service: 'Telephony',
    Category: ['Telephony', 'new number'],
    Impact: 'Medium',
    Urgency: 'Medium',
    'When it happened': 'In the past',
  });
  await create(world, amira, 'Preventive Action', 'SW-3B-02 failed three times in 30 days', {
    ...SINT_LUCAS,
    Service: 'Ward network',
    Category: ['Network', 'no connection'],
    Effect: 'High',
    Likelihood: 'Medium',
    Source: 'Trend',
    'What it touches': ['Technology'],
    'Items concerned': ['SW-3B-02'],
  });
  await create(world, sofia, 'Incident', 'Meeting room 2.14 has no picture', {
    ...SINT_LUCAS,
    Service: 'Meeting rooms',
    Category: ['Rooms', 'equipment'],
    Impact: 'Low',
    Urgency: 'Medium',
    Observed: 'The screen stays dark.',
    Agreed: 'Every room shows what is presented.',
  });
}

export interface Demo {
  /** Where to look first, and as whom. */
  look: { path: string; what: string }[];
  people: { name: string; profile: string }[];
}

/** Sets the app up and tells the story. `url`: origin of the site; `adminEmail`: its administrator. */
export async function loadDemo(url: string, adminEmail: string, onStep: (line: string) => void = () => undefined): Promise<Demo> {
  const world = await makeWorld(url, adminEmail, (line) => onStep(`setup ${line}`));
  const incident = await wardWithoutNetwork(world);
  onStep('an incident handed over to a change');
  await printerFixed(world);
  await passwordReset(world);
  await inbox(world);
  onStep('work of every kind');
  await idle(world);
  return {
    look: [
      { path: `/browse/${incident}`, what: 'an incident handed over to a change' },
      { path: '/jira/projects/NSS/list', what: 'all work items' },
      { path: '/people', what: 'be somebody else' },
    ],
    people: Object.values(PEOPLE).map(({ name, profile }) => ({ name, profile })),
  };
}
