/** What looking and moving cost with all that follows: requests of the deployed bundle, counted where they reach Jira, beside the budgets of the design. */
import { z } from 'zod';
import { create, fillIn, type Given, idle, move, takeOn, tryMove } from '../../sandbox/demo/acts';
import type { Visitor } from '../../sandbox/demo/client';
import { makeWorld, type World } from '../../sandbox/demo/world';
import type { Intercept } from '../../sandbox/hosting/faults';
import type { Site } from '../../sandbox/site';
import { bringIn } from '../site/support/agreed';
import { accountOf, firstCalendar, inForce, partiesAndServices } from '../site/support/promises';
import { freshSite } from './site';

/**
 * Jira counts requests as points against an hourly quota that all customers share; every one of ours is a single point (Jira Cloud docs: rate limiting).
 * A budget is for one work item that moves: where a step brings another work item back, that is a step of its own, with a budget of its own.
 */
export const BUDGETS = { viewing: 4, transition: 8, writesOnItem: 4, gateJira: 1, gateSql: 1, kvsWrites: 1 } as const;
export type Budgets = Readonly<Record<keyof typeof BUDGETS, number>>;

interface Asked {
  method: string;
  path: string;
}

interface Invocation {
  function: string;
  jira: number;
  sql: number;
  kvs: number;
  ms: number;
}

export interface Cost {
  jira: Asked[];
  invocations: Invocation[];
  /** Values of the key-value store that are different afterwards. */
  kvsWrites: number;
}

export interface Line {
  name: string;
  budget: number;
  measured: number;
}

export const isOver = ({ budget, measured }: Line): boolean => measured > budget;

export const isWrite = ({ method, path }: Asked): boolean => method !== 'GET' && !/bulkfetch|search|jql|changelog/.test(path);

const isTransition = ({ method, path }: Asked): boolean => method === 'POST' && /\/issue\/[^/]+\/transitions$/.test(path);

const isOn = ({ path }: Asked, key: string): boolean => new RegExp(`/issue/${key}(/|$)`).test(path.split('?')[0] ?? '');

const kvsEntries = z.object({ kvs: z.record(z.string(), z.array(z.unknown())) });
const kvsOf = (site: Site): Set<string> =>
  new Set(
    Object.entries(kvsEntries.parse(site.forge.snapshot()).kvs).flatMap(([shelf, entries]) => entries.map((one) => shelf + JSON.stringify(one))),
  );

/** The person's own transition is a request too, and counts as one of the writes. */
export function stepLines(name: string, key: string, cost: Cost, budgets: Budgets = BUDGETS): Line[] {
  const broughtBack = new Set(cost.jira.filter(isTransition).map((one) => one.path)).size;
  return [
    { name: `${name}: requests in Jira`, budget: budgets.transition * (1 + broughtBack), measured: cost.jira.length + 1 },
    {
      name: `${name}: writes on the work item`,
      budget: budgets.writesOnItem,
      measured: cost.jira.filter((one) => isWrite(one) && isOn(one, key)).length + 1,
    },
    { name: `${name}: writes in the key-value store`, budget: budgets.kvsWrites, measured: cost.kvsWrites },
    ...gateLines(name, cost, budgets.gateSql, budgets),
  ];
}

function gateLines(name: string, { invocations }: Cost, gateSql: number, { gateJira }: Budgets): Line[] {
  const gates = invocations.filter((one) => one.function === 'gate');
  return gates.flatMap((gate) => [
    { name: `${name}: gate, reads in Jira`, budget: gateJira, measured: gate.jira },
    { name: `${name}: gate, requests in SQL`, budget: gateSql, measured: gate.sql },
  ]);
}

/** A refusal is written down. */
const refusedLines = (name: string, cost: Cost, budgets: Budgets = BUDGETS): Line[] => gateLines(name, cost, budgets.gateSql + 1, budgets);

const lookLines = (name: string, { jira, invocations }: Cost, budgets: Budgets = BUDGETS): Line[] => [
  { name: `${name}: requests in Jira`, budget: budgets.viewing, measured: jira.length },
  { name: `${name}: invocations`, budget: 1, measured: invocations.length },
];

export interface Measured {
  name: string;
  cost: Cost;
  /** What was measured beside these budgets, the design's own where none are given. */
  lines(budgets?: Budgets): Line[];
}

/** A failure from its registration to its end, with a change that is withdrawn and a request that comes back; on a site of its own. */
export async function measure(): Promise<Measured[]> {
  let asked: Asked[] = [];
  const intercept: Intercept = (request, next) => {
    asked.push(request);
    return next();
  };
  const { site, stop } = await freshSite({ intercept });
  try {
    const world = await makeWorld(site.url, site.administrator.email);
    await promise(world);
    const found: Measured[] = [];

    /** Lets what went before arrive, runs `act`, and lets everything that follows arrive. */
    const counted = async (act: () => Promise<unknown>): Promise<Cost> => {
      await idle(world);
      const [seen, before] = [site.forge.invocations().length, kvsOf(site)];
      asked = [];
      await act();
      await idle(world);
      const invocations = site.forge
        .invocations()
        .slice(seen)
        .map(({ functionKey, requests: { jira, sql, kvs }, ms }) => ({ function: functionKey, jira, sql, kvs, ms }));
      return { jira: [...asked], invocations, kvsWrites: [...kvsOf(site)].filter((one) => !before.has(one)).length };
    };
    await walk(world, {
      look: async (name, person, key) => {
        const cost = await counted(() => person.invoke('usm-process', 'work.process', {}, key));
        found.push({ name, cost, lines: (budgets) => lookLines(name, cost, budgets) });
      },
      step: async (name, person, key, transition, given = {}) => {
        const cost = await counted(() => move(world, person, key, transition, given));
        found.push({ name, cost, lines: (budgets) => stepLines(name, key, cost, budgets) });
      },
      refused: async (name, person, key, transition) => {
        const cost = await counted(() => tryMove(world, person, key, transition));
        found.push({ name, cost, lines: (budgets) => refusedLines(name, cost, budgets) });
      },
    });
    return found;
  } finally {
    await stop();
  }
}

/** Whatever moves is promised to somebody, so that its clocks are kept as well. */
async function promise(world: World): Promise<void> {
  const sa = { id: 'SA-1', name: 'Ward network', customer: 'lucas', from: '2026-01-01', calendar: await firstCalendar(world) };
  await bringIn(world, await partiesAndServices(world));
  await bringIn(world, { agreements: [inForce(sa, await accountOf(world.people.lotte))] });
}

interface Acts {
  look(name: string, person: Visitor, key: string): Promise<void>;
  step(name: string, person: Visitor, key: string, transition: string, given?: Given): Promise<void>;
  refused(name: string, person: Visitor, key: string, transition: string): Promise<void>;
}

async function newestChild(person: Visitor, key: string): Promise<string> {
  const { fields } = await person.ask<{ fields: { issuelinks: { outwardIssue?: { key: string } }[] } }>(
    'GET',
    `/rest/api/3/issue/${key}?fields=issuelinks`,
  );
  return fields.issuelinks.flatMap((one) => one.outwardIssue?.key ?? []).at(-1) ?? '';
}

const handedTo = (type: string, team: string): Given => ({
  'Hand over to': [type],
  'Solution team': team,
  'What is asked': 'Replace it. Every bed has a connection.',
});

async function walk(world: World, { look, step, refused }: Acts): Promise<void> {
  const { sofia, amira, daan, joris, henk, fatima } = world.people;
  const { key } = await create(world, sofia, 'Incident', 'No network on ward 3B', {
    Customer: 'Sint Lucas Ziekenhuis',
    Service: 'Ward network',
    Category: ['Network', 'no connection'],
    Impact: 'High',
    Urgency: 'Medium',
    Observed: 'Nothing connects.',
    Agreed: 'Every bed has a connection.',
    'Items to change': ['SW-3B-02'],
  });
  await look('panel, registered', amira, key);
  await step('Accept', amira, key, 'Accept');
  await step('Analyse', amira, key, 'Analyse');
  const solved = { Solution: 'Another model.', 'Recovery route': 'Change', Workaround: 'No' };
  await step('Solution found', daan, key, 'Solution found', solved);
  await refused('Recover, refused', amira, key, 'Recover');
  await step('Recover, handing over', amira, key, 'Recover', handedTo('Request for Change', 'Network'));
  await look('panel, handed over', amira, key);
  const rfc = await newestChild(amira, key);
  await look('panel of the child', joris, rfc);
  await step('Accept of the child', joris, rfc, 'Accept');
  await fillIn(world, joris, rfc, { 'Change category': 'Normal', Plan: 'Swap it.', 'Back-out': 'Swap back.' });
  await step('Plan', joris, rfc, 'Plan');
  await fillIn(world, joris, rfc, { 'Window start': new Date('2030-01-07T12:00Z'), 'Window end': new Date('2030-01-07T13:00Z') });
  await step('Agree plan', henk, rfc, 'Agree plan');
  await fillIn(world, joris, rfc, { 'Test plan': 'Every bed connects.', 'Deployment plan': 'At night.' });
  await step('Offer for test', daan, rfc, 'Offer for test');
  await fillIn(world, amira, rfc, { 'Test result': 'All passed', ...handedTo('Service Request', 'Workplace') });
  await step('Release of the child, handing over', amira, rfc, 'Release');
  const deployment = await newestChild(amira, rfc);
  await step('Withdraw of its child, back to the child', amira, deployment, 'Withdraw', { Reason: 'Other', 'Reason in words': 'Not tonight.' });
  await step('Withdraw of the child, parent back', joris, rfc, 'Withdraw', { Reason: 'Other', 'Reason in words': 'Not this way.' });
  await move(world, daan, key, 'Solution found', { ...solved, 'Recovery route': 'Operate' });
  await fillIn(world, amira, key, { 'Items to change': [] });
  await step('Recover, handing over anew', amira, key, 'Recover', handedTo('Service Request', 'Workplace'));
  const request = await newestChild(amira, key);
  await move(world, joris, request, 'Accept');
  await takeOn(world, fatima, request, new Date('2030-01-07T12:00Z'));
  await step('Start now', fatima, request, 'Start now');
  await step('Pause', fatima, request, 'Pause', { 'Waiting for': 'Customer', 'Waiting until': new Date('2030-01-07T12:00Z') });
  await step('Resume', fatima, request, 'Resume to Realising');
  await fillIn(world, fatima, request, { 'What was done': 'Reset.' });
  await step('Deliver', fatima, request, 'Deliver');
  await step('Confirm of the child, parent back', amira, request, 'Confirm');
  await look('panel, returned', amira, key);
}
