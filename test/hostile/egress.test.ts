import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { VendorName } from "../../src/domain/campaign.ts";
import { connectVendor } from "../../src/flows/connect-vendor.ts";
import { openConnection } from "../../src/flows/open-connection.ts";
import { addConnection, listConnections, secretPlace } from "../../src/store/connections.ts";
import { createHttp, type HttpOptions } from "../../src/vendors/http.ts";
import { createVendors } from "../../src/vendors/index.ts";
import type { World } from "../../src/world.ts";
import { ownTerminal } from "../command-line/own-terminal.ts";
import { aWorld, workspace } from "../flows/a-world.ts";
import { aConnection } from "../store/sample-connection.ts";
import { aCertificate } from "../vendors/a-certificate.ts";
import { failureOf } from "../vendors/contract.ts";
import { privateSpellings } from "../vendors/private-spellings.ts";
import { answer, aStandIn, type StandIn } from "../vendors/stand-in.ts";
import { bundled, removeBundles } from "./bundled.ts";
import { figures, seeded } from "./figures.ts";

type Secret = Record<string, string>;
const now = () => new Date("2026-11-22T10:00:00Z");
const secret: Secret = { apiKey: "s3cret-key-of-burki" };

/** The real adapters in a world of their own, with this way out. */
async function aWorldWith(options: Partial<HttpOptions>): Promise<World> {
  const { world } = await aWorld();
  const http = createHttp({ allow: [], now, deadlineMs: 2_000, ...options });
  const vendors = createVendors({ http, now, sleep: async () => {} });
  return { ...world, vendors, egressAllow: options.allow ?? [] };
}

let last = 0;

/** A connection as somebody with the database in their hands would write it: no check has seen it. */
async function stored(
  world: World,
  baseUrl: string,
  vendor: VendorName = "burki",
  options: Secret = {},
  given: Secret = secret,
): Promise<string> {
  last += 1;
  const id = `con_${last}`;
  const place = { workspace, vendor, id, version: 1 };
  const sealedSecret = await world.keyring.seal(JSON.stringify(given), secretPlace(place));
  const parts = { ...place, name: id, baseUrl, options, sealedSecret };
  const connection = await aConnection(world.keyring, parts);
  await world.store.write((q) => addConnection(q, connection));
  return id;
}

async function accountOf(world: World, id: string) {
  const opened = await openConnection(world, workspace, id);
  if (opened.kind !== "open") throw new Error(opened.sentence);
  return opened.account;
}

describe("the inside", () => {
  const inner: Server[] = [];
  const ports: number[] = [];
  let connections = 0;
  let onTheUsualPort = 0;
  const listen = (host: string, port: number) =>
    new Promise<boolean>((resolve) => {
      const server = createServer((socket) => {
        connections += 1;
        socket.on("error", () => {});
        socket.end();
      });
      server.once("error", () => resolve(false));
      server.listen(port, host, () => {
        inner.push(server);
        ports.push((server.address() as AddressInfo).port);
        resolve(true);
      });
    });
  beforeAll(async () => {
    await listen("127.0.0.1", 0);
    await listen("::1", ports[0] ?? 0);
    for (const host of ["127.0.0.1", "::1"]) if (await listen(host, 443)) onTheUsualPort += 1;
  });
  afterAll(() => {
    for (const server of inner) server.close();
  });
  const port = () => ports[0] ?? 0;
  const urlsOf = (host: string) => [
    `https://${host}`,
    `http://${host}`,
    `https://${host}:${port()}`,
    `http://${host}:${port()}`,
  ];
  const resolve = async () => [{ address: "127.0.0.1", family: 4 }];

  it("F44: is not reached by any spelling of a private address, saved or used", async () => {
    const world = await aWorldWith({ resolve });
    const tried = { save: 0, use: 0, login: 0 };
    for (const baseUrl of privateSpellings.flatMap(urlsOf)) {
      const wanted = { workspace, name: "inner", options: {}, secret, by: "U1", baseUrl };
      const saved = await connectVendor(world, { ...wanted, vendor: "burki" }, { check: true });
      expect(saved, baseUrl).toMatchObject({ kind: "invalid" });
      tried.save += 1;
      const account = await accountOf(world, await stored(world, baseUrl));
      for (const call of [account.check(), account.get("42"), account.act("pause", "42")]) {
        expect((await failureOf(call)).facts.kind, baseUrl).toBe("blocked");
        tried.use += 1;
      }
      // Talkdesk asks for its token at an address of its own, which is an option.
      const client = { clientId: "s3cret-id-000", clientSecret: "s3cret-of-talkdesk" };
      const options = { account: "acme", tokenUrl: `${baseUrl}/oauth/token` };
      const id = await stored(world, "https://api.talkdeskapp.com", "talkdesk", options, client);
      const login = await failureOf((await accountOf(world, id)).check());
      expect(login.facts.kind, baseUrl).toBe("blocked");
      const login2 = { ...wanted, vendor: "talkdesk" as const, secret: client, options };
      const refused = await connectVendor(
        world,
        { ...login2, baseUrl: "https://api.talkdeskapp.com" },
        { check: true },
      );
      expect(refused.kind, baseUrl).not.toBe("connected");
      tried.login += 2;
    }
    const kept = await world.store.read((q) => listConnections(q, workspace));
    expect(kept.filter(({ name }) => name === "inner")).toEqual([]);
    figures(
      `private addresses: ${privateSpellings.length} spellings in 4 forms, saved ${tried.save} times, used ${tried.use}, as login ${tried.login}; ` +
        `connections to the inside: ${connections} (port 443 listened on ${onTheUsualPort} of 2 addresses)`,
    );
    expect(privateSpellings.length).toBeGreaterThanOrEqual(60);
    expect(connections).toBe(0);
  });

  it("F45: is not reached when a name is public at first and private later, or both at once", async () => {
    const random = seeded(45);
    // An address of the public range that nobody has: the call goes nowhere.
    const outside = { address: "3fff:ffff::1", family: 6 };
    const insides = [
      { address: "127.0.0.1", family: 4 },
      { address: "::1", family: 6 },
      { address: "::ffff:127.0.0.1", family: 6 },
      { address: "169.254.169.254", family: 4 },
      { address: "10.0.0.7", family: 4 },
    ];
    let answers: (typeof outside)[] = [];
    const world = await aWorldWith({ resolve: async () => answers, deadlineMs: 100 });
    const flips = 200;
    let blocked = 0;
    for (let flip = 0; flip < flips; flip += 1) {
      const inside = insides[Math.floor(random() * insides.length)] ?? outside;
      answers = [outside];
      const own = { apiKey: `k3y-of-flip-${flip}` };
      const wanted = { workspace, name: `flip${flip}`, options: {}, secret: own, by: "U1" };
      const saved = await connectVendor(world, { ...wanted, vendor: "burki" }, { check: false });
      if (saved.kind !== "connected") throw new Error(JSON.stringify(saved));
      const account = await accountOf(world, saved.connection.id);
      if (flip % 10 === 0) {
        expect((await failureOf(account.check())).facts.kind).toBe("unavailable");
      }
      answers =
        [[inside], [outside, inside], [inside, outside], [outside, outside, inside]][flip % 4] ??
        [];
      const call = flip % 2 === 0 ? account.check() : account.act("pause", "42");
      if ((await failureOf(call)).facts.kind === "blocked") blocked += 1;
    }
    figures(`name flips: ${flips}, blocked: ${blocked}; connections to the inside: ${connections}`);
    expect([blocked, connections]).toEqual([flips, 0]);
  });

  it("would have been heard, had anybody come: with the operator's leave somebody does", async () => {
    const allow = [`127.0.0.1:${port()}`];
    const world = await aWorldWith({ allow });
    const account = await accountOf(world, await stored(world, `http://127.0.0.1:${port()}`));
    await failureOf(account.check());
    expect(connections).toBe(1);
  });
});

describe("a vendor that sends the caller elsewhere", () => {
  it("F46: is not followed, and the key goes nowhere else", async () => {
    const [vendor, elsewhere] = [await aStandIn(), await aStandIn()];
    onTestFinished(async () => {
      await Promise.all([vendor.close(), elsewhere.close()]);
    });
    const world = await aWorldWith({ allow: [vendor.hostPort, elsewhere.hostPort] });
    const account = await accountOf(world, await stored(world, vendor.url));
    let tried = 0;
    for (const status of [301, 302, 303, 307, 308]) {
      for (const location of [
        `${elsewhere.url}/x`,
        `//${elsewhere.hostPort}/x`,
        "http://169.254.169.254/",
      ]) {
        vendor.reply((_, response) => answer(response, status, "", { location }));
        for (const call of [account.check(), account.get("42"), account.act("pause", "42")]) {
          expect((await failureOf(call)).facts).toMatchObject({ kind: "redirected", status });
          tried += 1;
        }
      }
    }
    figures(`redirects: ${tried}, followed: ${elsewhere.seen.length}`);
    expect(elsewhere.seen).toEqual([]);
    expect(vendor.seen).toHaveLength(tried);
  });
});

describe("a server that is not who it says it is", () => {
  it("F47: is told nothing", async () => {
    const authority = aCertificate({ name: "Test authority", authority: true });
    const by = authority;
    const address = "127.0.0.1";
    const folder = mkdtempSync(join(tmpdir(), "fermata-tls-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    onTestFinished(removeBundles);
    const authorityFile = join(folder, "ca.pem");
    writeFileSync(authorityFile, authority.cert);
    const heard: Record<string, number> = {};
    const servers: Record<string, TlsOptions> = {
      "in order": aCertificate({ by, address }),
      "self-signed": aCertificate({ address }),
      "of another host": aCertificate({ by, host: "api.burki.dev" }),
      "of another address": aCertificate({ by, address: "127.0.0.2" }),
      expired: aCertificate({ by, address, until: "240101" }),
      "of another authority": aCertificate({ by: aCertificate({ authority: true }), address }),
      "in order, with TLS 1.1": {
        ...aCertificate({ by, address }),
        minVersion: "TLSv1",
        maxVersion: "TLSv1.1",
        ciphers: "DEFAULT@SECLEVEL=0",
      },
    };
    const places: Record<string, number> = {};
    for (const [name, options] of Object.entries(servers)) {
      heard[name] = 0;
      places[name] = await tlsServer(options, () => {
        heard[name] = (heard[name] ?? 0) + 1;
      });
    }
    const program = await bundled("test/hostile/tls-process.ts");
    for (const trusting of [undefined, "0"]) {
      const told = await runTls(program, places, {
        NODE_EXTRA_CA_CERTS: authorityFile,
        NODE_TLS_REJECT_UNAUTHORIZED: trusting,
      });
      const { "in order": good, ...bad } = told;
      expect(good).toBe("200");
      for (const [name, outcome] of Object.entries(bad))
        expect(outcome, name).toMatch(/^unavailable/);
    }
    const { "in order": good, ...bad } = heard;
    figures(
      `certificates: ${Object.keys(bad).length} bad ones refused twice, also with NODE_TLS_REJECT_UNAUTHORIZED=0; requests they heard: ${Object.values(bad).reduce((a, b) => a + b)}`,
    );
    expect(good).toBeGreaterThan(0);
    expect(Object.values(bad)).toEqual(Object.values(bad).map(() => 0));
  });

  it("F47: is not even tried where the process would trust everybody", async () => {
    const { code, err } = await ownTerminal({ NODE_TLS_REJECT_UNAUTHORIZED: "0" }).types("serve");
    expect(code).toBe(78);
    expect(err).toMatch(/^NODE_TLS_REJECT_UNAUTHORIZED=0 .*$/);
  });
});

/** Answers every request and says so. Gives its port. */
async function tlsServer(options: TlsOptions, heard: () => void): Promise<number> {
  const server = createTlsServer(options, (socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      heard();
      socket.end("HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}");
    });
  });
  server.on("tlsClientError", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function runTls(
  program: string,
  places: Record<string, number>,
  more: Record<string, string | undefined>,
): Promise<Record<string, string>> {
  return (await ran(program, places, more)) as Record<string, string>;
}

interface Bombed {
  kinds: Record<string, { read: string[]; act: string[] }>;
  grownMb: number;
  polluted: boolean;
}

async function runBombs(program: string, places: object): Promise<Bombed> {
  // A small young generation: what is measured is what is kept, not what waits to be collected.
  return (await ran(program, places, { NODE_OPTIONS: "--max-semi-space-size=4" })) as Bombed;
}

/** A program's one line of JSON. */
async function ran(
  program: string,
  given: object,
  more: Record<string, string | undefined> = {},
): Promise<unknown> {
  const env = { PATH: process.env.PATH, ...more };
  const child = spawn(process.execPath, [program, JSON.stringify(given)], { env });
  const [out, err] = await Promise.all([textOf(child.stdout), textOf(child.stderr)]);
  if (!out) throw new Error(err);
  return JSON.parse(out);
}

describe("an answer made to hurt", () => {
  let standIn: StandIn;
  beforeAll(async () => {
    standIn = await aStandIn();
  });
  afterAll(() => standIn.close());

  const block = Buffer.alloc(65_536, "x");
  // Many small packets one after the other are one large one when unpacked.
  const packet = gzipSync(Buffer.alloc(1_000_000, "x"));
  const packed = Buffer.concat(Array.from({ length: 100 }, () => packet));
  const deep = 100_000;
  const bombs: Record<string, (response: ServerResponse) => void> = {
    "a body without end": (response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const more = () => {
        while (!response.destroyed && response.write(block));
      };
      response.on("drain", more);
      more();
    },
    "a length of 4 GB": (response) => {
      response.writeHead(200, { "content-length": "4294967296" });
      response.write(block);
      setTimeout(() => response.destroy(), 50);
    },
    "100 MB in gzip": (response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(packed);
    },
    "a byte now and then": (response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(drip));
    },
    "2,000 headers": (response) => {
      const headers = Array.from({ length: 2_000 }, (_, n) => `x-${n}: ${"y".repeat(40)}\r\n`);
      response.socket?.end(`HTTP/1.1 200 OK\r\n${headers.join("")}\r\n{}`);
    },
    "headers without end": (response) => {
      const { socket } = response;
      socket?.write("HTTP/1.1 200 OK\r\n");
      const drip = setInterval(() => socket?.write("x-more: y\r\n"), 20);
      socket?.on("close", () => clearInterval(drip));
    },
    "a header of 1 MB": (response) => {
      response.socket?.end(`HTTP/1.1 200 OK\r\nx: ${"y".repeat(1_000_000)}\r\n\r\n{}`);
    },
    "100,000 lists in each other": (response) =>
      answer(response, 200, `${"[".repeat(deep)}${"]".repeat(deep)}`),
    "100,000 objects in each other": (response) =>
      answer(response, 200, `${'{"campaigns":'.repeat(70_000)}1${"}".repeat(70_000)}`),
    "a million names": (response) =>
      answer(response, 200, `{${Array.from({ length: 90_000 }, (_, n) => `"${n}":0`).join()}}`),
    "no JSON": (response) => answer(response, 200, "<html>Sign in</html>"),
    "a name of the prototype": (response) =>
      answer(
        response,
        200,
        '{"__proto__":{"campaigns":[{"id":42}]},"constructor":{"prototype":{"campaigns":[]}}}',
      ),
    nothing: (response) => response.writeHead(200).end(),
    "what is no HTTP": (response) => response.socket?.end("hello\r\n\r\n"),
  };

  it("F48: ends in a typed failure, and not in memory", async () => {
    const servers = await Promise.all(
      Object.entries(bombs).map(async ([name, bomb]) => {
        const server = await aStandIn();
        server.reply((_, response) => bomb(response));
        onTestFinished(() => server.close());
        return [name, server.url] as const;
      }),
    );
    standIn.reply((_, response) => answer(response, 200, {}));
    onTestFinished(removeBundles);
    const program = await bundled("test/hostile/bombs-process.ts");
    const places = { harmless: standIn.url, bombs: Object.fromEntries(servers) };
    const { kinds, grownMb, polluted } = await runBombs(program, places);
    figures(
      `answers made to hurt: ${servers.length} kinds, 9 calls each; memory grew by ${grownMb.toFixed(1)} MB at most`,
    );
    for (const [name, { read, act }] of Object.entries(kinds)) {
      expect(["bad_answer", "unavailable"], name).toEqual(expect.arrayContaining(read));
      // The status is all that matters of an answer to a change, where the body can be read at all.
      expect(["unclear", "fine"], name).toEqual(expect.arrayContaining(act));
    }
    expect(grownMb).toBeLessThan(64);
    expect(polluted).toBe(false);
  });

  it("F48: keeps an id beyond 2^53 as it was written", async () => {
    const ids = ["9007199254740993", "9223372036854775807", "1234567890123456789"];
    const rows = ids.map((id) => `{"id":${id},"name":"n","status":"running"}`);
    standIn.reply((_, response) =>
      answer(response, 200, `{"campaigns":[${rows}],"pagination":{"has_next":false}}`),
    );
    const world = await aWorldWith({ allow: [standIn.hostPort] });
    const account = await accountOf(world, await stored(world, standIn.url));
    expect((await account.list()).map(({ id }) => id).sort()).toEqual(ids.toSorted());
  });
});
