import { agreementCalls } from '../../../src/contract/agreements-calls';
import { boardCalls } from '../../../src/contract/board';
import { caller } from '../../shared/call';

export const call = caller({ ...agreementCalls, 'board.triage': boardCalls['board.triage'] });
