import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What every test process gets; files that use a database add its address and a data folder of their own. */
const testEnvironment = {
  NODE_ENV: "test" as const,
  LOG_LEVEL: "silent",
  RATE_LIMITS: "off",
  AUTH_SECRET: "only-for-tests-only-for-tests-only-for-tests",
  TZ: "UTC",
};

const shared = {
  env: testEnvironment,
  setupFiles: [file("tests/setup/console.ts")],
  server: { deps: { inline: ["next-auth", "next-intl"] } },
};

const withServer = { ...shared, globalSetup: [file("tests/setup/global.ts")] };

// Next's bundler takes this package away; plain Node would throw.
const resolve = { alias: { "server-only": file("tests/setup/server-only.ts") } };

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    passWithNoTests: false,
    restoreMocks: false,
    projects: [
      {
        resolve,
        test: {
          ...shared,
          name: "unit",
          include: ["{lib,worker,scripts,components,app}/**/*.test.{ts,tsx}"],
          testTimeout: 5_000,
        },
      },
      {
        resolve,
        test: {
          ...withServer,
          setupFiles: [...shared.setupFiles, file("tests/setup/check-answers.ts")],
          name: "integration",
          include: ["tests/{integration,contract,media}/**/*.test.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve,
        test: {
          ...withServer,
          name: "faults",
          include: ["tests/faults/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // They kill processes and measure times; one at a time keeps them honest.
          fileParallelism: false,
        },
      },
      {
        resolve,
        test: {
          ...shared,
          name: "corpus",
          include: ["tests/corpus/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          // Times and memory of hostile files are bounded, and measured.
          fileParallelism: false,
        },
      },
      {
        resolve,
        test: {
          ...withServer,
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts"],
          testTimeout: 180_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
