import type { Operation } from '../rest';
import { binOperations } from './bin';
import { nameOperations } from './names';
import { projectOperations } from './projects';
import { projectPropertyOperations } from './properties';
import { projectRoleOperations } from './roles';

export const operations: Operation[] = [
  ...projectOperations,
  ...binOperations,
  ...nameOperations,
  ...projectRoleOperations,
  ...projectPropertyOperations,
];
