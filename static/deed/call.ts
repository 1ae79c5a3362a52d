import { deedCalls } from '../../src/contract/deeds';
import { caller } from '../shared/call';

export const call = caller(deedCalls);
