/** What each job needs and where it begins; without an `entry` it is the house's command. `web`: the built app; `house`: the house in few files; `dev`: the test tools. */
export const JOBS = {
  start: { first: ['start'], dev: false, web: true, house: true },
  demo: { first: ['demo'], dev: false, web: true, house: true },
  'address-book': { entry: 'services/address-book/main.ts', first: [], dev: false, web: false },
  potluck: { entry: 'services/potluck/main.ts', first: [], dev: false, web: false },
  cli: { first: [], dev: false, web: false, house: true },
  test: { entry: 'scripts/test.mjs', first: [], dev: true, web: true, house: true },
  check: { entry: 'scripts/check.mjs', first: [], dev: true, web: false },
  bench: { entry: 'tests/perf/bench.ts', first: [], dev: true, web: true, house: true },
  package: { entry: 'scripts/package.mjs', first: [], dev: false, web: true },
  screens: { entry: 'scripts/screens.mjs', first: [], dev: true, web: true },
};

/** The job of a command line; `cli start` and the like need what `start` needs. */
export function jobOf([name, ...rest]) {
  const job = Object.hasOwn(JOBS, name ?? '') ? JOBS[name] : undefined;
  if (!job) return undefined;
  const asking = rest.includes('--help') || rest.includes('-h');
  const heavier = name === 'cli' && !asking && ['start', 'demo', 'bench'].includes(rest[0]) ? JOBS[rest[0]] : job;
  return { entry: job.entry, args: [...job.first, ...rest], dev: heavier.dev, web: heavier.web && !asking, house: job.house === true && !asking };
}
