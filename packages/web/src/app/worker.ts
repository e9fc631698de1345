import { t } from '../i18n/index.ts';
import { toast } from '../state/toast.ts';

const AN_HOUR = 3600_000;
let leaving = false;

/** Lets the new build take over, then opens it: this page and its files stay of one build until that moment. */
function takeOver(waiting: ServiceWorker): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (!leaving) location.reload();
    leaving = true;
  });
  waiting.postMessage('take-over');
}

const offer = (waiting: ServiceWorker): void => { toast(t('update.here'), { label: t('update.go'), run: () => takeOver(waiting) }, AN_HOUR); };

async function register(): Promise<void> {
  const registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
  // The first build that comes to a browser replaces nothing.
  const whenReady = (found: ServiceWorker | null) => found?.addEventListener('statechange', () => { if (found.state === 'installed' && navigator.serviceWorker.controller) offer(found); });
  if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
  whenReady(registration.installing);
  registration.addEventListener('updatefound', () => whenReady(registration.installing));
  setInterval(() => void registration.update().catch(() => undefined), AN_HOUR);
}

/** Keeps the app in this browser, where the address is one that browsers trust (https, or this machine). Call once. */
export function startWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const go = () => void register().catch(() => undefined);
  // First the page itself; keeping it is for the next time.
  if (document.readyState === 'complete') go();
  else addEventListener('load', go, { once: true });
}
