import type { Operation } from '../rest';
import { bulkOperations } from './bulk';
import { ruleOperations } from './rules';

export const operations: Operation[] = [...bulkOperations, ...ruleOperations];
