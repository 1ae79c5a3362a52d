import { boardCalls } from '../../../src/contract/board';
import { registerCalls } from '../../../src/contract/register-calls';
import { registerWorkCalls } from '../../../src/contract/register-work';
import { caller } from '../../shared/call';

export const call = caller({
  ...registerCalls,
  'board.triage': boardCalls['board.triage'],
  'register.workItems': registerWorkCalls['register.workItems'],
  'register.proposal': registerWorkCalls['register.proposal'],
  'register.prevent': registerWorkCalls['register.prevent'],
});
