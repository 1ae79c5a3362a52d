import type { Operation } from '../rest';
import { levelOperations } from './levels';
import { projectOperations } from './projects';
import { schemeOperations } from './schemes';

export const operations: Operation[] = [...projectOperations, ...schemeOperations, ...levelOperations];
