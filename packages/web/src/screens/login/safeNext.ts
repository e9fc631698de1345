/** Where a login leads: the asked path if it lies in this app, else home. Another site's address never comes of it. */
export function safeNext(asked: string | undefined): string {
  if (!asked) return '/';
  try {
    const origin = 'http://here.invalid';
    const url = new URL(asked, origin);
    return url.origin === origin && asked.startsWith('/') && !url.pathname.startsWith('//') ? url.pathname + url.search : '/';
  } catch { return '/'; }
}
