import { agreementCalls } from '../../../src/contract/agreements-calls';
import { writingCalls } from '../../../src/contract/agreements-writing';
import { boardCalls } from '../../../src/contract/board';
import { caller } from '../../shared/call';

export const call = caller({ ...agreementCalls, ...writingCalls, 'board.triage': boardCalls['board.triage'] });
