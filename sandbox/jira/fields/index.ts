import type { Operation } from '../rest';
import { contextOperations } from './contexts';
import { fieldOperations } from './fields';
import { optionOperations } from './options';
import { trashOperations } from './trash';

export const operations: Operation[] = [...fieldOperations, ...contextOperations, ...optionOperations, ...trashOperations];
