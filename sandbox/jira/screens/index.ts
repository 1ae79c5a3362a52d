import type { Operation } from '../rest';
import { screenSchemeOperations } from './schemes';
import { screenOperations } from './screens';
import { workTypeScreenSchemeOperations } from './worktypeschemes';

export const operations: Operation[] = [...screenOperations, ...screenSchemeOperations, ...workTypeScreenSchemeOperations];
