/** Acceptance scenarios of the method by clicking. Different in what they exercise; all of them are played over HTTP. */
import { clickThrough, drawn } from './clicking-scenarios';
import { test } from './support';

clickThrough(test, drawn(['A2', 'A3', 'A12', 'A15', 'A16', 'A19', 'A20', 'A23', 'A24', 'A29'], 4));
