// Some registries do not carry every platform's build of a package, and npm then leaves those builds
// out of the lockfile, which `npm ci` refuses anywhere. This names them, by the version their package
// asks for, so that the lockfile is whole on every platform. Run it after changing a dependency.
import { readFileSync, writeFileSync } from "node:fs";

const file = new URL("../package-lock.json", import.meta.url);
const systems = [
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const machines = [
  "arm64",
  "x64",
  "arm",
  "ia32",
  "loong64",
  "mips64el",
  "ppc64",
  "riscv64",
  "s390x",
  "wasm32",
];

const lock = JSON.parse(readFileSync(file, "utf8"));
const packages = lock.packages;

function isNamed(from, name) {
  for (
    let place = from;
    ;
    place = place.slice(0, Math.max(0, place.lastIndexOf("/node_modules/")))
  ) {
    if (packages[`${place ? `${place}/` : ""}node_modules/${name}`]) return true;
    if (!place) return false;
  }
}

function entryOf(name, range, parent) {
  const words = name.split(/[/-]/);
  const os = systems.find((one) => words.includes(one));
  const cpu =
    machines.find((one) => words.includes(one)) ?? (/eabi/.test(name) ? "arm" : undefined);
  if (!os && !cpu) throw new Error(`${name} does not say for which platform it is`);
  return {
    version: range.replace(/^[\^~>=]+/, ""),
    ...(cpu && { cpu: [cpu] }),
    ...(parent.dev && { dev: true }),
    ...(/musl/.test(name) && { libc: ["musl"] }),
    license: parent.license,
    optional: true,
    ...(os && { os: [os] }),
  };
}

for (const [place, parent] of Object.entries(packages)) {
  for (const [name, range] of Object.entries(parent.optionalDependencies ?? {})) {
    if (!isNamed(place, name)) packages[`node_modules/${name}`] = entryOf(name, range, parent);
  }
}
lock.packages = Object.fromEntries(
  Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, "en")),
);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
