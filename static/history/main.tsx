import { start } from '../shared/start';
import { History } from './history';

start(<History />);
