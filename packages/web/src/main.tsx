import { render } from 'preact';
import { firstScreen } from './app/first.ts';
import { App } from './app/router.tsx';
import { startWorker } from './app/worker.ts';
import { startHistory } from './app/history.ts';
import { startKeys } from './app/keys.ts';
import { loadWords } from './i18n/language.ts';
import { boot } from './state/session.ts';
import { startLive } from './state/live.ts';
import { startAccounts } from './state/accounts.ts';
import { startOffline } from './state/offline.ts';
import { startLook } from './state/look.ts';
import { startNews } from './state/news.ts';
import { startOutbox } from './state/outbox.ts';
import { firstIsThere } from './state/stands.ts';

startHistory();
startLive();
startNews();
startLook();
startAccounts();
startOutbox();
startOffline();
startKeys();
startWorker();
const root = document.getElementById('app');
// Nothing is drawn before its words are here (without them it is drawn in English), nor before the posts that came with the page.
if (root) {
  void Promise.allSettled([loadWords(), firstScreen(boot())]).then(() => {
    render(<App />, root);
    firstIsThere();
  });
}
