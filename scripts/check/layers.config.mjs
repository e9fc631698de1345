/* The rules of the layers, as dependency-cruiser reads them; the names stand in docs/decisions and in the self-test. */
const TEST = '\\.test\\.tsx?$|(^|/)fixture\\.ts$|^packages/house/src/testing/';
const PURE = '^node_modules/(@noble/(curves|hashes)|@scure/bip39)/';
const WEB = '^node_modules/(preact|preact-iso|@preact/signals(-core)?|uqr)/';

/* The folders of the house from the bottom up, which is a good order to read them in: each knows those before it, and none after it. */
const HOUSE = [
  'clock', 'config', 'crypto', 'fetch', 'sqlite', 'folder', 'journal', 'ears', 'jobs', 'version', 'acme', 'archive', 'store', 'firewall', 'health', 'listen', 'household', 'outbox', 'pictures', 'views',
  'services', 'upgrade', 'verify', 'past', 'backup', 'doors', 'compose', 'cli', 'index',
];
const inHouse = (...names) => `^packages/house/src/(${names.join('|')})(/|\\.ts$)`;

const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

export default {
  forbidden: [
    rule('no-cycles', 'A cycle has no order in which to read it.', {}, { circular: true }),
    rule('no-unresolved', 'An import that leads nowhere.', { pathNot: '\\.css$' }, { couldNotResolve: true }),
    rule('core-is-pure', 'core runs in browser and house alike and does no I/O.',
      { path: '^packages/core/', pathNot: TEST }, { pathNot: ['^packages/core/', PURE] }),
    rule('store-only-by-firewall', 'Every byte of a pod passes the one firewall.',
      { path: '^(packages|tests)/', pathNot: ['^packages/house/src/(firewall|store)/', '^packages/house/src/testing/'] }, { path: '^packages/house/src/store/' }),
    rule('services-apart', 'A service knows no other; what they share lies in services/shared.',
      { path: '^packages/house/src/services/([^/]+)/' }, { path: '^packages/house/src/services/', pathNot: ['^packages/house/src/services/$1/', '^packages/house/src/services/shared/'] }),
    rule('doors-apart', 'A door knows no other.',
      { path: '^packages/house/src/doors/([^/]+)/' }, { path: '^packages/house/src/doors/', pathNot: '^packages/house/src/doors/$1/' }),
    rule('compose-is-the-top', 'Only the command line and the index may know what knows everything.',
      { path: '^packages/house/src/', pathNot: [inHouse('compose', 'cli', 'index'), TEST] }, { path: inHouse('compose') }),
    ...HOUSE.slice(0, -1).map((name, i) => rule('house-bottom-up', 'What is below knows nothing of what stands on it.', { path: inHouse(name), pathNot: TEST }, { path: inHouse(...HOUSE.slice(i + 1)) })),
    rule('house-bottom-up', 'A new folder of the house has its place in the order above.', { path: '^packages/house/src/', pathNot: [inHouse(...HOUSE), TEST] }, {}),
    rule('web-only-core-and-sdk', 'The app speaks to the house by its API alone.',
      { path: '^packages/web/src/', pathNot: TEST }, { pathNot: ['^packages/web/', '^packages/(core|sdk)/index\\.ts$', '^packages/core/noble\\.ts$', WEB] }),
    rule('sdk-only-core', 'The sdk is for everybody: it needs core and nothing else.',
      { path: '^packages/sdk/', pathNot: [TEST, '^packages/sdk/service/'] }, { pathNot: ['^packages/sdk/', '^packages/core/(index|noble)\\.ts$'] }),
    rule('sdk-services-on-node', 'Services need Node beside, and no package.',
      { path: '^packages/sdk/service/', pathNot: TEST }, { pathNot: ['^packages/sdk/', '^packages/core/(index|noble)\\.ts$'], dependencyTypesNot: ['core'] }),
    rule('sdk-client-without-node', 'What browsers load knows nothing of services on Node.',
      { path: '^packages/sdk/', pathNot: [TEST, '^packages/sdk/service/'] }, { path: '^packages/sdk/service/' }),
    rule('services-on-the-sdk-alone', 'A service is built as anybody would build one.',
      { path: '^services/([^/]+)/', pathNot: TEST }, { pathNot: ['^services/$1/', '^packages/sdk/((contract|service)/)?index\\.ts$'], dependencyTypesNot: ['core'] }),
    rule('house-without-web', 'The house serves the built app; it never imports it.',
      { path: '^packages/house/' }, { path: '^packages/web/' }),
    rule('contract-tools-by-command', 'The sdk is for builders: only their commands load it.',
      { path: '^packages/house/', pathNot: '^packages/house/src/cli/contract/' }, { path: '^packages/sdk/' }),
    rule('house-by-nodes-crypto', 'The house signs and checks by Node; the pure suite is for browsers, and takes 4 MB.',
      { path: '^packages/house/', pathNot: TEST }, { path: '^packages/core/noble\\.ts$' }),
    rule('packages-by-index', 'What a package shows is its index.',
      { path: '^packages/([^/]+)/' }, { path: '^packages/', pathNot: ['^packages/$1/', '^packages/(core|sdk)/index\\.ts$', '^packages/core/noble\\.ts$', '^packages/sdk/(contract|service)/index\\.ts$', '^packages/house/src/index\\.ts$'] }),
    rule('tests-not-imported', 'Code that runs does not lean on tests.',
      { path: '^packages/', pathNot: TEST }, { path: ['\\.test\\.tsx?$', '^tests/'] }),
  ],
  options: {
    // TypeScript 7 has no parser that dependency-cruiser can call: without this line it reads nothing and is content.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    // Pages of services are what a browser loads: their imports are addresses.
    exclude: { path: '^packages/[^/]+/dist(\\.new|\\.old)?/|^services/[^/]+/page/|^packages/sdk/service/page/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'module', 'node', 'browser', 'default'], extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] },
  },
};
