import { setupCalls } from '../../../src/contract/setup';
import { caller } from '../../shared/call';

export const call = caller(setupCalls);
