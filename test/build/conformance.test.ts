import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { conformanceStatement } from '../../build/conformance/statement.ts';

it('docs/conformance.md says what the tables in the code say (else: node build/conformance/write.ts)', () => {
  const page = readFileSync(new URL('../../docs/conformance.md', import.meta.url), 'utf8');

  expect(page).toBe(conformanceStatement());
});
