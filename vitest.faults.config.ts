import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/faults/**/*.test.ts"],
    testTimeout: 900_000,
    hookTimeout: 120_000,
    globalSetup: ["test/support/postgres-on-demand.ts"],
    fileParallelism: false,
  },
});
