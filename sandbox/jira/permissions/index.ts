import type { Operation } from '../rest';
import { checkOperations } from './check';
import { permissionSchemeOperations } from './schemes';

export const operations: Operation[] = [...checkOperations, ...permissionSchemeOperations];
