import { join } from "node:path";
import { build } from "esbuild";
import { packageRoot } from "./package-root.ts";

export interface Bundle {
  script: string;
  style: string;
}

/** The client as one script and one style sheet, built in memory. */
export async function bundleClient(): Promise<Bundle> {
  const root = packageRoot(import.meta.dirname);
  const { outputFiles } = await build({
    entryPoints: [join(root, "sandbox/page/client/main.tsx")],
    absWorkingDir: root,
    outdir: join(root, "sandbox/page"),
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "silent",
  });
  const text = (ending: string): string =>
    outputFiles.find((file) => file.path.endsWith(ending))?.text ?? "";
  return { script: text(".js"), style: text(".css") };
}
