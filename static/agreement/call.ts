/** What the agreement panel of a work item asks. */
import { agreementCalls } from '../../src/contract/agreements-calls';
import { wishCalls } from '../../src/contract/wish';
import { workCalls } from '../../src/contract/work';
import { caller } from '../shared/call';

export const call = caller({ ...wishCalls, 'agreements.accept': agreementCalls['agreements.accept'], 'work.retry': workCalls['work.retry'] });
