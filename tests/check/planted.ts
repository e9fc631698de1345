/** One breach: the step that must turn red, the rule it must name, and the file that commits it. */
export interface Breach { step: 'types' | 'lint' | 'layers' | 'unused' | 'texts'; rule: string; file: string; text: string }

const lines = (count: number, line: string): string => `${line}\n`.repeat(count);
const importing = (path: string): string => `import * as planted from '${path}';\nexport const seen = planted;\n`;

/** A breach of every rule that `npm run check` has, each in a file of its own. */
export const BREACHES: readonly Breach[] = [
  { step: 'layers', rule: 'no-cycles', file: 'packages/core/planted-a.ts', text: importing('./planted-b.ts') },
  { step: 'layers', rule: 'no-unresolved', file: 'packages/core/planted-nowhere.ts', text: importing('./nowhere.ts') },
  { step: 'layers', rule: 'core-is-pure', file: 'packages/core/planted-io.ts', text: importing('node:fs') },
  { step: 'layers', rule: 'store-only-by-firewall', file: 'packages/house/src/services/people/planted-store.ts', text: importing('../../store/pods.ts') },
  { step: 'layers', rule: 'services-apart', file: 'packages/house/src/services/people/planted-service.ts', text: importing('../microblog/index.ts') },
  { step: 'layers', rule: 'doors-apart', file: 'packages/house/src/doors/control/planted-door.ts', text: importing('../web/door.ts') },
  { step: 'layers', rule: 'compose-is-the-top', file: 'packages/house/src/views/planted-top.ts', text: importing('../compose.ts') },
  { step: 'layers', rule: 'house-bottom-up', file: 'packages/house/src/firewall/planted-up.ts', text: importing('../household/people.ts') },
  { step: 'layers', rule: 'web-only-core-and-sdk', file: 'packages/web/src/planted-house.ts', text: importing('../../house/src/index.ts') },
  { step: 'layers', rule: 'sdk-only-core', file: 'packages/sdk/planted-hono.ts', text: importing('hono') },
  { step: 'layers', rule: 'sdk-services-on-node', file: 'packages/sdk/service/planted-hono.ts', text: importing('hono') },
  { step: 'layers', rule: 'sdk-client-without-node', file: 'packages/sdk/planted-node.ts', text: importing('./service/index.ts') },
  { step: 'layers', rule: 'services-on-the-sdk-alone', file: 'services/potluck/planted-core.ts', text: importing('../../packages/core/index.ts') },
  { step: 'layers', rule: 'house-without-web', file: 'packages/house/src/planted-web.ts', text: importing('../../web/src/main.tsx') },
  { step: 'layers', rule: 'house-by-nodes-crypto', file: 'packages/house/src/planted-noble.ts', text: importing('../../core/noble.ts') },
  { step: 'layers', rule: 'contract-tools-by-command', file: 'packages/house/src/planted-tools.ts', text: importing('../../sdk/contract/index.ts') },
  { step: 'layers', rule: 'packages-by-index', file: 'packages/house/src/planted-inside.ts', text: importing('../../core/refusal.ts') },
  { step: 'layers', rule: 'tests-not-imported', file: 'packages/house/src/planted-test-user.ts', text: importing('./sqlite/port.test.ts') },
  { step: 'lint', rule: 'no-explicit-any', file: 'packages/house/src/planted-any.ts', text: 'export const planted: any = 1;\n' },
  { step: 'lint', rule: 'max-lines', file: 'packages/house/src/planted-long.ts', text: lines(401, 'export {};') },
  { step: 'lint', rule: 'max-lines-per-function', file: 'packages/house/src/planted-wide.ts', text: `export function wide(list: number[]): void {\n${lines(60, '  list.push(1);')}}\n` },
  { step: 'lint', rule: 'complexity', file: 'packages/house/src/planted-maze.ts', text: `export function maze(n: number): number {\n${lines(12, '  if (n > 1) n -= 2;')}  return n;\n}\n` },
  { step: 'lint', rule: 'no-process-env', file: 'packages/house/src/planted-env.ts', text: "export const home = process.env['HOME'];\n" },
  { step: 'lint', rule: 'no-restricted-globals', file: 'packages/core/planted-global.ts', text: 'export const pid = process.pid;\n' },
  { step: 'lint', rule: 'no-new-func', file: 'packages/web/src/planted-eval.ts', text: "export const run = new Function('return 1');\n" },
  { step: 'texts', rule: 'no-plain-error', file: 'packages/house/src/planted-error.ts', text: "export const fail = (): never => { throw new Error('no'); };\n" },
  { step: 'texts', rule: 'no-process-env', file: 'packages/web/src/planted-env.ts', text: "export const home = process.env['HOME'];\n" },
  { step: 'texts', rule: 'no-lint-excuses', file: 'packages/web/src/planted-excuse.ts', text: '/* oxlint-disable */\nexport {};\n' },
  { step: 'texts', rule: 'no-left-overs', file: 'packages/web/src/planted-left.ts', text: '// TODO: later\nexport {};\n' },
  { step: 'texts', rule: 'no-inline-script', file: 'packages/web/planted.html', text: '<script>alert(1)</script>\n' },
  { step: 'texts', rule: 'file-too-long', file: 'packages/web/src/planted.css', text: lines(401, '/* long */') },
  { step: 'types', rule: 'TS2322', file: 'packages/house/src/planted-type.ts', text: "export const planted: number = 'one';\n" },
  { step: 'unused', rule: 'Unused files', file: 'packages/house/src/planted-unused.ts', text: 'export const nobody = 1;\n' },
];

/** The other half of the cycle: no breach alone. */
export const HELPERS: Readonly<Record<string, string>> = { 'packages/core/planted-b.ts': importing('./planted-a.ts') };
