import { start } from '../shared/start';
import { Usm } from './usm';

start(<Usm />);
