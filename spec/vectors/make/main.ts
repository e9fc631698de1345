// Writes the vectors anew: node spec/vectors/make/main.ts
import { writeFileSync } from 'node:fs';
import { vectorFiles } from './files.ts';

for (const [name, text] of vectorFiles()) writeFileSync(new URL(`../${name}`, import.meta.url), text);
