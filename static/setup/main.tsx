import { start } from '../shared/start';
import { Administration } from './administration';

start(<Administration />);
