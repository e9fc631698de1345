// Runs before the first paint, so that no choice about the look ever flashes. `look.ts` writes the same keys, and knows what may stand there.
try {
  for (const look of ['theme', 'contrast', 'accent', 'size', 'motion', 'links']) {
    const kept = localStorage.getItem(`commonhold.${look}`);
    if (kept && /^[a-z0-9]{1,12}$/.test(kept)) document.documentElement.dataset[look] = kept;
  }
} catch { /* storage may be off: everything is as usual */ }
// Browsers take long over the first date they write: that is done while the app is on its way, not while its first screen is drawn.
setTimeout(() => {
  const locale = navigator.language;
  new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }).format();
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }).format();
  new Intl.NumberFormat(locale, { style: 'unit', unit: 'hour', unitDisplay: 'short' }).format(1);
});
