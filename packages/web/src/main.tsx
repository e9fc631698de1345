import { render } from 'preact';
import { App } from './app/router.tsx';
import { startHistory } from './app/history.ts';
import { startKeys } from './app/keys.ts';
import { boot } from './state/session.ts';
import { startLive } from './state/live.ts';
import { startOffline } from './state/offline.ts';
import { startNews } from './state/news.ts';
import { startOutbox } from './state/outbox.ts';

startHistory();
startLive();
startNews();
startOutbox();
startOffline();
startKeys();
void boot();
const root = document.getElementById('app');
if (root) render(<App />, root);
