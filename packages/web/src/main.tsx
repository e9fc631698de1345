import { render } from 'preact';
import { App } from './app/router.tsx';
import { startHistory } from './app/history.ts';
import { boot } from './state/session.ts';
import { startLive } from './state/live.ts';
import { startNews } from './state/news.ts';

startHistory();
startLive();
startNews();
void boot();
const root = document.getElementById('app');
if (root) render(<App />, root);
