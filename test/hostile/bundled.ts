import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));
// Below the project, so that packages and migrations are found from there.
const folder = join(root, "node_modules", ".cache", `fermata-hostile-${process.pid}`);

/** A program of this folder in one file: to compile it anew for every process takes longer than the tests. */
export async function bundled(entry: string): Promise<string> {
  const outfile = join(folder, entry.replace(/\.ts$/, ".mjs").replaceAll("/", "-"));
  await build({
    entryPoints: [join(root, entry)],
    outfile,
    bundle: true,
    packages: "external",
    external: ["*/sandbox/demo.ts"],
    platform: "node",
    format: "esm",
    logLevel: "silent",
  });
  return outfile;
}

export function removeBundles(): void {
  rmSync(folder, { recursive: true, force: true });
}
