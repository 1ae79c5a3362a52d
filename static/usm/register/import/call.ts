import { registerImportCalls } from '../../../../src/contract/register-import';
import { caller } from '../../../shared/call';

export const call = caller(registerImportCalls);
