/** Resolves at the first request to stop; later ones are the same request (a terminal and npm both pass it on). */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => { for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve()); });
}
