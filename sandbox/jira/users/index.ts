import type { Operation } from '../rest';
import { groupOperations } from './groups';
import { peopleOperations } from './people';

export const operations: Operation[] = [...peopleOperations, ...groupOperations];
