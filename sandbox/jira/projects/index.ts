import type { Operation } from '../rest';
import { projectOperations } from './projects';
import { projectPropertyOperations } from './properties';
import { projectRoleOperations } from './roles';

export const operations: Operation[] = [...projectOperations, ...projectRoleOperations, ...projectPropertyOperations];
