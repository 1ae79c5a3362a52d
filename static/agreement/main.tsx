import { start } from '../shared/start';
import { AgreementPanel } from './panel';

start(<AgreementPanel />);
