import { start } from '../shared/start';
import { CatalogBeside } from './panel';

start(<CatalogBeside />);
