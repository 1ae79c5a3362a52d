import { catalogCalls } from '../../../src/contract/catalog-calls';
import { caller } from '../../shared/call';

export const call = caller(catalogCalls);
