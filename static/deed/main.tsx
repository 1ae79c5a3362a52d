import { start } from '../shared/start';
import { Page } from './page';

start(<Page />);
