import type { Operation } from '../rest';
import { schemeOperations } from './schemes';
import { typeOperations } from './types';

export const operations: Operation[] = [...typeOperations, ...schemeOperations];
