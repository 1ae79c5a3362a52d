/** Pictures of the register beside work items: a switch that failed three times, and the change that replaces it. */
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { create, idle, move } from '../sandbox/demo/acts';
import type { World } from '../sandbox/demo/world';

const FAILURE = {
  Customer: 'Sint Lucas Ziekenhuis',
  Service: 'Ward network',
  Category: ['Network', 'no connection'],
  Impact: 'High',
  Urgency: 'Medium',
  Observed: 'Nothing connects.',
  Agreed: 'Every bed has a connection.',
};

const ITEMS = [
  { key: 'SW-3B-02', class: 'network', name: 'Access switch', life: 'inUse', location: 'Ward 3B', attributes: { model: 'M-24', firmware: '4.1' } },
  { key: 'CAB-3B', class: 'network', name: 'Patch cabinet, ward 3B', life: 'inUse', location: 'Ward 3B', attributes: {} },
];

export interface Beside {
  incident: string;
  change: string;
}

export async function failing(world: World): Promise<Beside> {
  const { lotte, sofia, amira, daan, joris, admin } = { ...world.people, admin: world.admin };
  for (const item of ITEMS) await lotte.invoke('usm', 'register.new', { request: randomUUID(), item });
  const service = { id: 'wardnet', name: 'Ward network', state: 'inUse', blocks: [], value: '', readiness: '' };
  await lotte.invoke('usm', 'records.saveService', { record: service, rowVersion: 0 });
  const relation = { from: 'SW-3B-02', kind: 'supports', to: 'wardnet' };
  await lotte.invoke('usm', 'register.relate', { key: 'SW-3B-02', add: [relation] });
  let incident = '';
  for (const summary of ['Bedside screens are slow', 'No connection for an hour', 'No network on ward 3B, Sint Lucas'])
    incident = (await create(world, sofia, 'Incident', summary, { ...FAILURE, 'Items concerned': ['SW-3B-02'] })).key;
  await joris.invoke('usm-process', 'register.name', { role: 'concerned', key: 'CAB-3B', named: true }, incident);
  await move(world, amira, incident, 'Accept');
  await move(world, amira, incident, 'Analyse');
  await move(world, daan, incident, 'Solution found', { Solution: 'Another model.', 'Recovery route': 'Change', Workaround: 'No' });
  await move(world, amira, incident, 'Recover', {
    'Hand over to': ['Request for Change'],
    'Solution team': 'Network',
    'What is asked': 'Replace access switch SW-3B-02. Every bed connects.',
  });
  await idle(world);
  const { fields } = await admin.ask<{ fields: { issuelinks: { outwardIssue?: { key: string } }[] } }>('GET', `/rest/api/3/issue/${incident}`);
  const change = fields.issuelinks.flatMap((one) => one.outwardIssue?.key ?? [])[0] ?? '';
  const act = (name: string, payload: object) => joris.invoke('usm-process', name, payload, change);
  await act('register.name', { role: 'toChange', key: 'SW-3B-02', named: true });
  await act('register.name', { role: 'toAdd', key: 'SW-3B-03', named: true });
  const changes = [
    { attribute: 'life', to: 'retired' },
    { attribute: 'location', to: 'Store' },
  ];
  await act('register.plan', { role: 'toChange', key: 'SW-3B-02', plan: { changes } });
  await act('register.plan', { role: 'toAdd', key: 'SW-3B-03', plan: { item: { name: 'Access switch, newer model', class: 'network' } } });
  await move(world, joris, change, 'Accept');
  await idle(world);
  return { incident, change };
}

async function beside(page: Page): Promise<void> {
  const panel = page.frameLocator('iframe[title="Register"]');
  await panel.getByRole('heading', { name: /^To be changed/ }).waitFor();
  await panel.getByText('2 updates open').scrollIntoViewIfNeeded();
}

export const besideWork = ({ incident, change }: Beside) => [
  { name: 'register-panel', person: 'amira', path: `/browse/${incident}`, height: 1900, act: beside } as const,
  { name: 'register-panel-dark', person: 'joris', path: `/browse/${change}`, height: 1900, dark: true, act: beside } as const,
];
