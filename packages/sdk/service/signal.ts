/** Settles when the program is asked to end (Ctrl-C, or by a service manager). */
export const untilSignal = (): Promise<void> => new Promise((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
});
