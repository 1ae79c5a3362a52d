/** What an editor chooses from: records and agreements by words, the first few. */
import { isTrouble } from '../../shared/call';
import { findPeople } from '../../shared/find-people';
import { call } from '../agreements/call';
import { call as askCatalog } from '../catalog/call';

export interface Found {
  id: string;
  name: string;
  about: string;
}

const MOST = 8;

const asked = async <T extends { state: string }>(
  answer: Promise<T>,
): Promise<Exclude<T, { state: 'notSetUp' | 'notUsm' | 'forbidden' | 'error' }>> => {
  const found = await answer;
  if (isTrouble(found)) throw new Error(JSON.stringify(found));
  return found as Exclude<T, { state: 'notSetUp' | 'notUsm' | 'forbidden' | 'error' }>;
};

const PARTY_WORDS = { customer: 'customer', team: 'team', supplier: 'supplier', partner: 'partner' } as const;

export const findParties = async (search: string): Promise<Found[]> =>
  (await asked(call('records.parties', { search }))).rows
    .slice(0, MOST)
    .map(({ record: { id, name, kind, inside } }) => ({ id, name, about: `${PARTY_WORDS[kind]}, ${inside ? 'inside' : 'outside'}` }));

export const findServices = async (search: string): Promise<Found[]> =>
  (await asked(call('records.services', { search }))).rows.slice(0, MOST).map(({ record: { id, name } }) => ({ id, name, about: id }));

export const findBlocks = async (search: string): Promise<Found[]> =>
  (await asked(call('records.blocks', { search }))).rows.slice(0, MOST).map(({ record: { id, name, kind } }) => ({ id, name, about: kind }));

/** What may lie under another: an OLA or a UC. */
export const findLegs = async (search: string): Promise<Found[]> =>
  (await asked(call('agreements.list', { filters: { search, kinds: ['OLA', 'UC'] }, sort: { by: 'name' } }))).rows
    .slice(0, MOST)
    .map(({ id, name, provider }) => ({ id, name, about: `${id}, ${provider.name}` }));

/** What supports an item from outside. */
export const findSupplierAgreements = async (search: string): Promise<Found[]> =>
  (await asked(call('agreements.list', { filters: { search, kinds: ['UC'] }, sort: { by: 'name' } }))).rows
    .slice(0, MOST)
    .map(({ id, name, provider }) => ({ id, name, about: `${id}, ${provider.name}` }));

/** What an agreement may list, also before it is approved: people see it once it is. */
export const findItems = async (search: string): Promise<Found[]> =>
  (await asked(askCatalog('catalog.items', { search }))).rows
    .filter(({ status }) => status !== 'withdrawn')
    .slice(0, MOST)
    .map(({ id, title, service, status }) => ({ id, name: title, about: `${service.name}${status === 'draft' ? ', not approved yet' : ''}` }));

export const findPersons = async (search: string): Promise<Found[]> =>
  (await findPeople(search)).map(({ accountId, name }) => ({ id: accountId, name, about: '' }));
