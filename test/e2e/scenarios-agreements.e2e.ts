/** Acceptance scenarios about agreements by clicking, on a site of their own: what is in force binds everybody there. */
import { clickThrough } from './clicking-scenarios';
import { test } from './support';

test.use({ siteOf: 'scenarios-agreements' });

clickThrough(test, ['A6', 'A7', 'A8', 'A10', 'A25']);
