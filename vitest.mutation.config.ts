import { defineConfig } from "vitest/config";

/** The tests of the domain by examples alone: what these let a mutant do, the models need not find; they take too long. */
export default defineConfig({
  test: {
    include: [
      "test/domain/{both-policies,judge,replay,review,rule-match,stand-ins,time-out,together}.test.ts",
    ],
  },
});
