/** All tables of the app, brought up to date; safe to run twice. */
import { leaseMigrations } from '../platform/lease';
import { migrate } from '../platform/sql';
import * as work from '../work/service';

export const bringTables = async (): Promise<void> => void (await migrate([...leaseMigrations, ...work.migrations]));
