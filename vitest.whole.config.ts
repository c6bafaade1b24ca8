import { readdirSync, readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";

/** Every file of which `npm test` plays only a share. */
const shared = readdirSync("test", { recursive: true, encoding: "utf8" })
  .map((file) => `test/${file}`)
  .filter((file) => file.endsWith(".test.ts"))
  .filter((file) => readFileSync(file, "utf8").includes("support/share.ts"));

export default defineConfig({
  test: {
    include: shared,
    env: { FERMATA_WHOLE: "1" },
    globalSetup: ["test/support/postgres-on-demand.ts"],
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
