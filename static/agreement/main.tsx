import { start } from '../shared/start';
import { WishAgreement } from './wish';

start(<WishAgreement />);
