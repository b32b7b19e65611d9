import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { environment: 'jsdom', env: { TZ: 'UTC' }, include: ['*.test.ts', '**/src/**/*.test.{ts,tsx}'] },
  oxc: { jsx: { runtime: 'automatic' } },
});
