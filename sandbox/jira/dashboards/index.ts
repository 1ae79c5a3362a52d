import type { Operation } from '../rest';
import { dashboardOperations } from './dashboards';
import { gadgetOperations } from './gadgets';
import { layoutOperations } from './layout';
import { itemPropertyOperations } from './properties';

export const operations: Operation[] = [...dashboardOperations, ...gadgetOperations, ...layoutOperations, ...itemPropertyOperations];
