import type { Plugin, Rolldown } from 'vite';

/** Files of a chunk and of all that it needs before it runs. */
function needed(bundle: Rolldown.OutputBundle, name: string, seen: Set<string>): Set<string> {
  const chunk = bundle[name];
  if (chunk?.type !== 'chunk' || seen.has(name)) return seen;
  seen.add(name);
  for (const other of chunk.imports) needed(bundle, other, seen);
  for (const style of (chunk as { viteMetadata?: { importedCss: Set<string> } }).viteMetadata?.importedCss ?? []) seen.add(style);
  return seen;
}

/** Tells the house which files the first screen at a path needs beside those of every page, so that a page can name them and nobody waits to find out. */
export function screens(paths: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'screens',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const chunks = Object.values(bundle).filter((one) => one.type === 'chunk');
        const entry = chunks.filter((one) => one.isEntry).reduce((seen, one) => needed(bundle, one.fileName, seen), new Set<string>());
        const filesOf = (module: string): string[] => {
          const chunk = chunks.find((one) => one.facadeModuleId === module || one.moduleIds.includes(module));
          return chunk ? [...needed(bundle, chunk.fileName, new Set())].filter((file) => !entry.has(file)).map((file) => `/${file}`) : [];
        };
        const source = JSON.stringify(Object.fromEntries(Object.entries(paths).map(([path, module]) => [path, filesOf(module)])));
        this.emitFile({ type: 'asset', fileName: 'screens.json', source });
      },
    },
  };
}
