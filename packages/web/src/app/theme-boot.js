// Runs before the first paint, so that no choice about the look ever flashes. `look.ts` writes the same keys, and knows what may stand there.
try {
  for (const look of ['theme', 'contrast', 'accent', 'size', 'motion', 'links']) {
    const kept = localStorage.getItem(`commonhold.${look}`);
    if (kept && /^[a-z0-9]{1,12}$/.test(kept)) document.documentElement.dataset[look] = kept;
  }
} catch { /* storage may be off: everything is as usual */ }
