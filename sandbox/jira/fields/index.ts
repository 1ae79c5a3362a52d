import type { Operation } from '../rest';
import { contextOperations } from './contexts';
import { fieldOperations } from './fields';
import { optionOperations } from './options';

export const operations: Operation[] = [...fieldOperations, ...contextOperations, ...optionOperations];
