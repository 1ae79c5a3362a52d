import type { Operation } from '../rest';
import { groupOperations } from './groups';
import { peopleOperations } from './people';
import { pickerOperations } from './pickers';
import { searchOperations } from './searches';

export const operations: Operation[] = [...peopleOperations, ...groupOperations, ...pickerOperations, ...searchOperations];
