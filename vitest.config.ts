import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', 'node_modules/**'],
    globalSetup: ['test/support/postgres.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // On two cores: most of them wait for Slack, AWS and their own clocks more than they compute.
    maxWorkers: 4,
    // A third of the time went into loading the same modules anew for each file. What a file leaves behind, it must mend.
    isolate: false,
  },
});
