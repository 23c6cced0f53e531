import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** What is waited for comes when it comes; on a busy machine that may be later than the usual second. */
const expectations = { poll: { timeout: 15_000 } };

/** `unit` needs nothing but Node; `interop` starts real peers and runs one file at a time. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    // Left to itself it leaves one core idle, which is half of the usual machine for this.
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/{architecture,electron,renderer,build}/**/*.test.{ts,tsx}'],
          testTimeout: 30_000,
          expect: expectations,
        },
      },
      {
        test: {
          name: 'interop',
          include: ['test/interop/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          expect: expectations,
        },
      },
    ],
  },
});
