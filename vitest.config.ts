import { defineConfig } from 'vitest/config';

/** One project a layer: `npm run test:unit`, `test:contract`, `test:powershell`. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'test/{definition,native,simulation,bridge,generator,cli,ports,package}/**/*.test.ts',
            'test/*.test.ts',
          ],
          exclude: ['test/package/*.{powershell,npm}.test.ts'],
          testTimeout: 30_000,
        },
      },
      { test: { name: 'contract', include: ['test/contract/**/*.test.ts'], testTimeout: 120_000 } },
      {
        test: {
          name: 'powershell',
          include: ['test/powershell/**/*.test.ts', 'test/package/*.powershell.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      { test: { name: 'npm', include: ['test/package/*.npm.test.ts'], testTimeout: 300_000, hookTimeout: 300_000 } },
      { test: { name: 'browser', include: ['test/browser/**/*.test.ts'], testTimeout: 120_000 } },
    ],
    coverage: { provider: 'v8', include: ['src/**/*.ts'], reporter: ['text', 'json-summary'] },
  },
});
