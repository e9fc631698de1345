/** A note that stands behind an address, which no house is sent; it outlives a login in this tab, under `name`. */
export function takeNote(name: string): string {
  const came = location.hash.slice(1);
  try {
    if (came) sessionStorage.setItem(name, came);
    if (came) history.replaceState(history.state, '', location.pathname);
    return came || (sessionStorage.getItem(name) ?? '');
  } catch { return came; }
}

/** Lets go of it. */
export function dropNote(name: string): void {
  try { sessionStorage.removeItem(name); } catch { /* nothing was kept */ }
}

/** The page of another house that takes a note; null where that is no address. */
export function placeFor(typed: string, path: string, note: string): string | null {
  try {
    const { protocol, origin } = new URL(typed.trim());
    return protocol === 'https:' || protocol === 'http:' ? `${origin}${path}#${note}` : null;
  } catch { return null; }
}
