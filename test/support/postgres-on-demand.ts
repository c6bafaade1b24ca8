import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { openStore } from "../../src/store/database.ts";
import { type PostgresServer, startPostgres } from "./postgres-server.ts";

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
  let started: Promise<PostgresServer> | undefined;
  const door = createServer((_request, response) => {
    started ??= startWithTemplate();
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

async function startWithTemplate(): Promise<PostgresServer> {
  const server = await startPostgres(await freePort());
  const client = new pg.Client(`${server.url}/postgres`);
  await client.connect();
  await client.query(`CREATE DATABASE ${migratedTemplate}`);
  await client.end();
  await (await openStore(`${server.url}/${migratedTemplate}`)).close();
  return server;
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
