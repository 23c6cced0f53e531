import { readFileSync } from 'node:fs';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const features = join(import.meta.dirname, '../../../renderer/features');

/** Style sheets are one for the whole page: what two features call the same, one of them gets wrong. */
it('no two features style the same class', () => {
  const featuresOf = new Map<string, Set<string>>();
  for (const file of globSync('*/**/*.css', { cwd: features })) {
    const feature = file.split('/', 1)[0]!;
    for (const name of ownClasses(readFileSync(join(features, file), 'utf8'))) {
      featuresOf.set(name, (featuresOf.get(name) ?? new Set()).add(feature));
    }
  }
  const shared = [...featuresOf].filter(([, names]) => names.size > 1).map(([name]) => name);

  expect(featuresOf.size).toBeGreaterThan(50);
  expect(shared).toEqual([]);
});

/** Classes that begin a rule at the outermost level. */
function ownClasses(css: string): readonly string[] {
  return [...css.matchAll(/^(?:\.([\w-]+)[^{]*?)(?:,\n|\s\{)/gm)].map(([, name = '']) => name);
}
