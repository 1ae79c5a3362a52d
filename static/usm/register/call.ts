import { boardCalls } from '../../../src/contract/board';
import { registerCalls } from '../../../src/contract/register-calls';
import { caller } from '../../shared/call';

export const call = caller({ ...registerCalls, 'board.triage': boardCalls['board.triage'] });
