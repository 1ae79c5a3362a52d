import type { Operation } from '../rest';
import { propertyOperations } from './properties';
import { schemeOperations } from './schemes';
import { typeOperations } from './types';

export const operations: Operation[] = [...typeOperations, ...schemeOperations, ...propertyOperations];
