import { defineConfig } from 'vitest/config';

/** What `npm run test:browser` runs: the page in Debian's Chromium. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // One Chromium at a time: each file has its own, and two cores are soon busy.
    maxWorkers: 1,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  },
});
