import { boardCalls } from '../../src/contract/board';
import { caller } from '../shared/call';

export const call = caller(boardCalls);
