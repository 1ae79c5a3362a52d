import type { Operation } from '../rest';
import { bulkOperations } from './bulk';
import { previewOperations } from './preview';
import { ruleOperations } from './rules';

export const operations: Operation[] = [...bulkOperations, ...previewOperations, ...ruleOperations];
