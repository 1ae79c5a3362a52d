import './no-eval';
import { createRoot } from 'react-dom/client';
import '@atlaskit/css-reset';
import './global.css';
import { App } from './app';
import { applyColorMode, initialColorMode } from './theme';

applyColorMode(initialColorMode());
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
