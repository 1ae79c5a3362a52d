import { start } from '../shared/start';
import { Setup } from './setup';

start(<Setup />);
