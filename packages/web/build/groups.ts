/** What the bundler knows of a module. */
interface Modules { getModuleInfo(id: string): { importedIds: readonly string[] } | null }

/** Everything that a module needs before it runs, itself among it. */
function closure(id: string, modules: Modules): Set<string> {
  const found = new Set([id]);
  for (const one of found) for (const next of modules.getModuleInfo(one)?.importedIds ?? []) found.add(next);
  return found;
}

/**
 * Which modules share a file. Left alone, the first screen falls into four dozen files, and a phone asks for each, six at a time. Put
 * together is only what is closed: a file holds all that a module needs before it runs, less what the files before it hold. So no two
 * files need one another, and nothing runs in another order than it would alone.
 */
export function groups(first: readonly { name: string; entry: string }[]) {
  const known = new Map<string, Set<string>>();
  const closed = (entry: string, modules: Modules): Set<string> => {
    const had = known.get(entry);
    if (had) return had;
    const made = closure(entry, modules);
    known.set(entry, made);
    return made;
  };
  return [
    { name: 'base', tags: ['$initial' as const], priority: first.length + 1 },
    ...first.map(({ name, entry }, i) => ({ name: (id: string, modules: Modules) => (id.includes('/web/src/') && closed(entry, modules).has(id) ? name : null), priority: first.length - i })),
  ];
}
