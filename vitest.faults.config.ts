import { defineConfig } from "vitest/config";

/** They hold on a quiet machine at best so far, so they are run by themselves: npm run test:faults:sick */
const sick = ["test/faults/sick-vendors.test.ts", "test/faults/outage.test.ts"];

export default defineConfig({
  test: {
    include: process.env.FERMATA_SICK ? sick : ["test/faults/**/*.test.ts"],
    exclude: process.env.FERMATA_SICK ? [] : sick,
    testTimeout: 900_000,
    hookTimeout: 120_000,
    globalSetup: ["test/support/postgres-on-demand.ts"],
    fileParallelism: false,
  },
});
