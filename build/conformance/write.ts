import { writeFileSync } from 'node:fs';
import { conformanceStatement } from './statement.ts';

writeFileSync(new URL('../../docs/conformance.md', import.meta.url), conformanceStatement());
