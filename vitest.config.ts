import { defineConfig } from "vitest/config";

/** Who may do what, to which campaign and with whose consent is decided in these alone, so no way through them may go untried. */
const approvals = `
  both-policies change-steps earlier-votes find-targets hours how-many identity judge judge-one judge-with-leave plan
  progress ratify replay review rule-match still-agreed time-out together undo withdraw
`;
const decisive = `src/domain/{${approvals.trim().split(/\s+/).join()}}.ts`;

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
    exclude: ["test/browser/**", "test/hostile/**", "test/faults/**", "**/node_modules/**"],
    globalSetup: ["test/support/postgres-on-demand.ts"],
    maxWorkers: 4,
    // Files share what they import: loading it anew for each took half of the whole time.
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    coverage: {
      provider: "v8",
      // CI measures what the README's command reaches, instead of running everything a second time.
      enabled: process.env.FERMATA_COVERAGE === "1",
      include: ["src/**/*.ts"],
      exclude: ["src/main.ts"],
      reporter: ["text-summary", "json-summary"],
      thresholds: { [decisive]: { 100: true } },
    },
  },
});
