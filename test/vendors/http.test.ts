import type { AddressInfo } from "node:net";
import { createServer } from "node:tls";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Call } from "../../src/vendors/call.ts";
import { createHttp, type Http, type HttpOptions } from "../../src/vendors/http.ts";
import { members } from "../../src/vendors/wanted.ts";
import { aCertificate } from "./a-certificate.ts";
import { failureOf, today } from "./contract.ts";
import { privateSpellings } from "./private-spellings.ts";
import { answer, aStandIn, type StandIn } from "./stand-in.ts";

const now = () => today;
const aCall = (more: Partial<Call>): Call => ({
  vendor: "burki",
  hosts: [],
  method: "GET",
  baseUrl: "https://api.burki.dev",
  path: "/api/v1/campaigns/42",
  headers: { authorization: "Bearer s3cret-key" },
  changing: false,
  secrets: ["s3cret-key"],
  words: () => ({}),
  ...more,
});
const kindOf = async (options: Partial<HttpOptions>, call: Partial<Call>) => {
  const http = createHttp({ allow: [], now, ...options });
  return (await failureOf(http.send(aCall(call)))).facts.kind;
};

describe("the way out", () => {
  let standIn: StandIn;
  let http: Http;
  let hasty: Http;
  beforeEach(async () => {
    standIn = await aStandIn();
    http = createHttp({ allow: [standIn.hostPort], now, deadlineMs: 10_000 });
    hasty = createHttp({ allow: [standIn.hostPort], now, deadlineMs: 200 });
  });
  afterEach(() => standIn.close());
  const local = (more: Partial<Call> = {}, through = http) =>
    through.send(aCall({ baseUrl: standIn.url, ...more }));

  it("knows more than 60 private spellings", () => {
    expect(privateSpellings.length).toBeGreaterThanOrEqual(60);
  });

  it.each(privateSpellings)(
    "F44: never goes to %s, even when a vendor is said to live there",
    async (host) => {
      const url = `https://${host}`;
      if (!URL.canParse(url)) return expect(await kindOf({}, { baseUrl: url })).toBe("blocked");
      const { hostname } = new URL(url);
      expect(await kindOf({}, { baseUrl: url, hosts: [hostname] })).toBe("blocked");
    },
  );

  it.each([
    ["private only", ["10.0.0.1"]],
    ["public and private mixed", ["93.184.216.34", "127.0.0.1"]],
    ["private and public mixed", ["::1", "2606:4700::1111"]],
    ["the machine's own cloud", ["168.63.129.16"]],
    ["none", []],
  ])("F45: refuses a name whose answers are %s", async (_, addresses) => {
    const resolve = async () =>
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    for (const changing of [true, false]) {
      expect(await kindOf({ resolve }, { hosts: ["api.burki.dev"], changing })).toBe("blocked");
    }
  });

  it("F45: asks for the name anew with every call, so a later turn to the inside is refused", async () => {
    let asked = 0;
    const resolve = async () => {
      asked += 1;
      return [{ address: "127.0.0.1", family: 4 }];
    };
    const guarded = createHttp({ allow: [], now, resolve });
    for (const _ of [1, 2]) await failureOf(guarded.send(aCall({ hosts: ["api.burki.dev"] })));
    expect(asked).toBe(2);
  });

  it("waits no longer than the deadline for a name, and then sends nothing any more", async () => {
    const resolve = () => new Promise<never>(() => {});
    const start = performance.now();
    const more = { hosts: ["api.burki.dev"], changing: true };
    expect(await kindOf({ resolve, deadlineMs: 100 }, more)).toBe("unavailable");
    expect(performance.now() - start).toBeLessThan(1_500);
  });

  it("is unavailable, not unclear, when a name has no answer", async () => {
    const resolve = () => Promise.reject(Object.assign(new Error("no"), { code: "ENOTFOUND" }));
    expect(await kindOf({ resolve }, { hosts: ["api.burki.dev"], changing: true })).toBe(
      "unavailable",
    );
  });

  it.each(["https://evil.example", "http://api.burki.dev", "https://api.burki.dev:444", ""])(
    "sends no key to %o",
    async (baseUrl) => {
      expect(await kindOf({}, { baseUrl, hosts: ["api.burki.dev"] })).toBe("blocked");
    },
  );

  it.each([
    "/a/../b",
    "/a/%2e%2e/b",
    "/a/./b",
    "/a?b",
    "/a#b",
    "\\a",
    "/a b",
    "@evil.example/",
    ".evil.example/",
    "/é",
  ])("sends nothing when the path %o would not arrive as written", async (path) => {
    expect((await failureOf(local({ path }))).facts.kind).toBe("blocked");
    expect(standIn.seen).toEqual([]);
  });

  it("sends method, path, query, headers and body as given", async () => {
    standIn.reply((_, response) => answer(response, 200, { ok: true }));
    const query = { page: "1", filter: "a&b=c d" };
    const got = await local({ method: "PUT", query, body: "{}", changing: true });
    expect(got.json()).toEqual({ ok: true });
    expect(standIn.seen[0]).toMatchObject({
      method: "PUT",
      path: "/api/v1/campaigns/42?page=1&filter=a%26b%3Dc+d",
      body: "{}",
      headers: {
        authorization: "Bearer s3cret-key",
        "accept-encoding": "identity",
        "user-agent": "fermata",
      },
    });
  });

  it.each([301, 302, 303, 307, 308])(
    "F46: follows no %i, and the other place hears nothing",
    async (status) => {
      const other = await aStandIn();
      standIn.reply((_, response) => answer(response, status, "", { location: `${other.url}/x` }));
      expect((await failureOf(local())).facts).toMatchObject({ kind: "redirected", status });
      expect(other.seen).toEqual([]);
      await other.close();
    },
  );

  it.each([false, true])("F48: reads no answer of 2 MB (changing: %s)", async (changing) => {
    standIn.reply((_, response) => answer(response, 200, `"${"x".repeat(2_000_000)}"`));
    const { facts } = await failureOf(local({ changing }));
    expect(facts.kind).toBe(changing ? "unclear" : "bad_answer");
    expect(facts.sentence).toContain("more than 1 MB");
  });

  it("reads a list of 8 MB as a stream, and keeps of it what is wanted", async () => {
    const row = JSON.stringify({ id: 7, logs: ["x".repeat(1_000)] });
    standIn.reply((_, response) =>
      answer(response, 200, `[${Array.from({ length: 8_000 }, () => row)}]`),
    );
    let rows = 0;
    const each = () => {
      rows += 1;
    };
    expect((await local({ wanted: { rows: { members: members("id") }, each } })).json()).toEqual(
      [],
    );
    expect(rows).toBe(8_000);
  });

  it("reads no list of more than 64 MB", async () => {
    standIn.reply((_, response) => {
      response.writeHead(200).write("[1");
      const block = Buffer.from(`,"${"x".repeat(100_000)}"`);
      const more = () => {
        while (!response.destroyed && response.write(block));
      };
      response.on("drain", more);
      more();
    });
    const { facts } = await failureOf(
      local({ wanted: {} }, createHttp({ allow: [standIn.hostPort], now, deadlineMs: 60_000 })),
    );
    expect(facts.kind).toBe("bad_answer");
    expect(facts.sentence).toContain("more than 64 MB");
  }, 90_000);

  it("gives a long answer more time while it flows, and none that drips", async () => {
    standIn.reply((_, response) => {
      response.writeHead(200);
      let left = 12;
      const flow = setInterval(() => {
        left -= 1;
        if (left > 0) response.write(`${left === 11 ? "[" : ","}"${"x".repeat(250_000)}"`);
        else response.end("]");
      }, 50);
      response.on("close", () => clearInterval(flow));
    });
    const whole = { allow: [standIn.hostPort], now, deadlineMs: 300 };
    expect((await local({ wanted: {} }, createHttp(whole))).status).toBe(200);
    standIn.reply((_, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(drip));
    });
    expect((await failureOf(local({ wanted: {} }, hasty))).facts.kind).toBe("unavailable");
  });

  it("makes nothing of a streamed answer that is cut short", async () => {
    standIn.reply((_, response) => answer(response, 200, '[{"id":1},{"id'));
    expect((await failureOf(local({ wanted: {} }))).facts.kind).toBe("bad_answer");
  });

  it("reads an answer of just under 1 MB", async () => {
    standIn.reply((_, response) => answer(response, 200, `"${"x".repeat(999_990)}"`));
    expect((await local()).json()).toHaveLength(999_990);
  });

  it("F48: unpacks nothing it did not ask for", async () => {
    const bomb = gzipSync("x".repeat(50_000_000));
    standIn.reply((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
    });
    const got = await local();
    expect(got.text.length).toBeLessThan(1_000_000);
    expect(() => got.json()).toThrow("bad_answer");
  });

  it("F48: cuts a drip-fed answer off at the deadline", async () => {
    standIn.reply((_, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(drip));
    });
    const start = performance.now();
    expect((await failureOf(local({}, hasty))).facts.kind).toBe("unavailable");
    expect((await failureOf(local({ changing: true }, hasty))).facts.kind).toBe("unclear");
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it("goes by the status when a refusal's body never ends", async () => {
    standIn.reply((_, response) => {
      response.writeHead(400);
      response.write("{");
    });
    expect((await failureOf(local({ changing: true }, hasty))).facts).toMatchObject({
      kind: "refused",
      status: 400,
    });
  });

  it.each(["2000 headers", "what is no HTTP"])("makes nothing of %s", async (what) => {
    standIn.reply((_, response) => {
      const headers = Array.from({ length: 2_000 }, (_, n) => `x-${n}: ${"y".repeat(40)}\r\n`).join(
        "",
      );
      response.socket?.end(
        what === "what is no HTTP" ? "hello\r\n\r\n" : `HTTP/1.1 200 OK\r\n${headers}\r\n`,
      );
    });
    expect((await failureOf(local())).facts.kind).toBe("bad_answer");
    expect((await failureOf(local({ changing: true }))).facts.kind).toBe("unclear");
  });

  it("gives a vendor that queues more time", async () => {
    standIn.reply((_, response) => setTimeout(() => answer(response, 200, {}), 450));
    expect((await failureOf(local({}, hasty))).facts.kind).toBe("unavailable");
    expect((await local({ patience: 40 }, hasty)).status).toBe(200);
  });

  it.each([
    [408, "unclear", "unavailable"],
    [503, "unclear", "unavailable"],
    [405, "refused", "refused"],
    [418, "refused", "refused"],
  ])("%i is %s for a change and %s for a read", async (status, changing, reading) => {
    standIn.reply((_, response) => answer(response, status, "", { "retry-after": "7" }));
    expect((await failureOf(local({ changing: true }))).facts.kind).toBe(changing);
    expect((await failureOf(local())).facts).toMatchObject({ kind: reading, retryAfterMs: 7_000 });
  });

  it("keeps a key with a line break in it to itself", async () => {
    const headers = { authorization: "Bearer s3cret-key\r\nx-evil: 1" };
    const failure = await failureOf(local({ headers, changing: true }));
    expect(failure.facts.kind).toBe("unavailable");
    expect(`${failure.stack}${String(failure.cause)}`).not.toContain("s3cret-key");
    expect(standIn.seen).toEqual([]);
  });
});

describe("the way out over TLS", () => {
  it("F47: sends nothing when the certificate is not to be trusted", async () => {
    let heard = 0;
    const server = createServer(aCertificate(), (socket) => {
      socket.on("error", () => {});
      socket.on("data", () => {
        heard += 1;
      });
    });
    server.on("tlsClientError", () => {});
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const http = createHttp({ allow: [`127.0.0.1:${port}`], now });
    const { facts } = await failureOf(
      http.send(aCall({ baseUrl: `https://127.0.0.1:${port}`, changing: true })),
    );
    expect(facts).toMatchObject({
      kind: "unavailable",
      sentence: expect.stringContaining("could not be verified"),
    });
    expect(heard).toBe(0);
    server.close();
  });
});
