// Runs before the first paint, so that a chosen theme never flashes. `theme.ts` writes the same key.
try {
  const kept = localStorage.getItem('commonhold.theme');
  if (localStorage.getItem('commonhold.contrast') === 'more') document.documentElement.dataset.contrast = 'more';
  if (kept === 'light' || kept === 'dark') document.documentElement.dataset.theme = kept;
} catch { /* storage may be off: the system's theme it is */ }
