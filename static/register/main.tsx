import { start } from '../shared/start';
import { RegisterBeside } from './panel';

start(<RegisterBeside />);
