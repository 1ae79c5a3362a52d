import { agreementCalls } from '../../../src/contract/agreements-calls';
import { writingCalls } from '../../../src/contract/agreements-writing';
import { boardCalls } from '../../../src/contract/board';
import { wishCalls } from '../../../src/contract/wish';
import { caller } from '../../shared/call';

export const call = caller({ ...agreementCalls, ...writingCalls, 'board.triage': boardCalls['board.triage'], 'wish.draft': wishCalls['wish.draft'] });
