/** /projectvalidate: whether a key or a name is free, and one that is. */
import { nameTaken, personsOnly } from '../configure';
import { notFound, ok, operation, type Operation } from '../rest';
import { faults, KEY_LENGTH } from './projects';

/** Enough numbers to try. */
const TRIES = 1_000;

function firstFree(base: string, isFree: (candidate: string) => boolean, withNumber: (base: string, number: number) => string): string | undefined {
  if (isFree(base)) return base;
  for (let number = 2; number < TRIES; number += 1) if (isFree(withNumber(base, number))) return withNumber(base, number);
  return undefined;
}

export const nameOperations: Operation[] = personsOnly([
  operation('validateProjectKey', 'GET', '/rest/api/3/projectvalidate/key', ({ jira, query }) => {
    const key = query.get('key');
    return ok({
      errorMessages: [],
      errors: key ? faults(jira.store, { key }) : { projectKey: 'You must specify a unique project key, at least 2 characters long.' },
    });
  }),
  operation('getValidProjectKey', 'GET', '/rest/api/3/projectvalidate/validProjectKey', ({ jira, query }) => {
    const base = (query.get('key') ?? '').toUpperCase().replace(/^[^A-Z]+|[^A-Z0-9]/g, '');
    const isFree = (key: string): boolean => Object.keys(faults(jira.store, { key })).length === 0;
    return ok(firstFree(base || 'KEY', isFree, (text, number) => `${text.slice(0, KEY_LENGTH - String(number).length)}${number}`) ?? '');
  }),
  operation('getValidProjectName', 'GET', '/rest/api/3/projectvalidate/validProjectName', ({ jira, query }) => {
    const free = firstFree(
      query.get('name') ?? '',
      (name) => !nameTaken(jira.store.projects, name),
      (name, number) => `${name} ${number}`,
    );
    if (!free) throw notFound('A valid project name could not be generated.');
    return ok(free);
  }),
]);
