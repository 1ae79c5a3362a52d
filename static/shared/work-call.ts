/** What the pages of a work item ask. */
import { workCalls } from '../../src/contract/work';
import { caller } from './call';

export const call = caller(workCalls);
