// Writes the vectors anew: node spec/vectors/make/main.ts
import { writeFileSync } from 'node:fs';
import { vectorFiles, vectorZip } from './files.ts';

for (const [name, text] of vectorFiles()) writeFileSync(new URL(`../${name}`, import.meta.url), text);
writeFileSync(new URL('../export.zip', import.meta.url), vectorZip());
