import type { Operation } from '../rest';
import { groupOperations } from './groups';
import { peopleOperations } from './people';
import { pickerOperations } from './pickers';

export const operations: Operation[] = [...peopleOperations, ...groupOperations, ...pickerOperations];
