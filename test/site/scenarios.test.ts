import { playAll } from './support/all-scenarios';

playAll('delivered at once', 'instant');
