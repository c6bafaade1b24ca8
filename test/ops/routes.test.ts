import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { createMetrics } from "../../src/ops/metrics.ts";
import { openRoutes, type Readiness } from "../../src/ops/routes.ts";

function asked(
  from = "127.0.0.1",
  headers: Record<string, string | undefined> = {},
  httpVersion = "1.1",
): IncomingMessage {
  return {
    socket: { remoteAddress: from },
    headers: { host: "localhost:3000", ...headers },
    httpVersion,
  } as unknown as IncomingMessage;
}

function routes(readiness: Partial<Readiness> = {}, metricsToken?: string) {
  return openRoutes({
    readiness: {
      databaseWritable: async () => {},
      workerRunning: () => true,
      unreadablePolicies: async () => 0,
      ...readiness,
    },
    metrics: createMetrics(),
    metricsToken,
  });
}

const get = async (path: string, all = routes(), request = asked()) => all[path]?.(request);

describe("health", () => {
  it("is good as long as the process lives", async () => {
    const dead = routes({ workerRunning: () => false });
    expect(await get("/healthz", dead)).toMatchObject({ status: 200, body: "ok\n" });
  });
});

describe("readiness", () => {
  it("is given when the database can be written and the worker runs", async () => {
    expect(await get("/readyz")).toMatchObject({ status: 200 });
  });

  it("C26: is given to the others, and says so, when a workspace's policy cannot be read", async () => {
    const one = routes({ unreadablePolicies: async () => 1 });
    expect(await get("/readyz", one)).toMatchObject({
      status: 200,
      body: expect.stringContaining("the policy of 1 workspace cannot be read"),
    });
  });

  it("says what is missing", async () => {
    const full = routes({ databaseWritable: () => Promise.reject(new Error("SQLITE_FULL")) });
    expect(await get("/readyz", full)).toMatchObject({
      status: 503,
      body: "the database cannot be written\n",
    });
    const idle = routes({ workerRunning: () => false });
    expect(await get("/readyz", idle)).toMatchObject({
      status: 503,
      body: "the worker is not running\n",
    });
  });

  it("tells nothing of the error itself", async () => {
    const full = routes({ databaseWritable: () => Promise.reject(new Error("/data/secret.db")) });
    expect((await get("/readyz", full))?.body).not.toContain("secret");
  });
});

describe("metrics", () => {
  it.each(["127.0.0.1", "::1", "::ffff:127.0.0.1"])(
    "are for this machine only: %s",
    async (from) => {
      expect((await get("/metrics", routes(), asked(from)))?.status).toBe(200);
    },
  );

  it.each(["10.0.0.7", "203.0.113.9", "::ffff:10.0.0.7", ""])("are not for %s", async (from) => {
    expect((await get("/metrics", routes(), asked(from)))?.status).toBe(401);
  });

  it.each([
    ["x-forwarded-for", "203.0.113.9"],
    ["x-forwarded-host", "fermata.example.com"],
    ["forwarded", "for=203.0.113.9"],
    ["via", "1.1 proxy"],
    ["x-real-ip", "203.0.113.9"],
    ["cf-connecting-ip", "203.0.113.9"],
    ["host", "fermata.example.com"],
    ["host", "127.0.0.1.example.com"],
    ["host", undefined],
  ])(
    "D31: are not for whom a proxy on this machine asks, who says so by %s: %s",
    async (name, value) => {
      expect((await get("/metrics", routes(), asked("127.0.0.1", { [name]: value })))?.status).toBe(
        401,
      );
    },
  );

  it.each(["localhost", "127.0.0.1:3000", "[::1]:3000"])(
    "are for this machine by the name %s",
    async (host) => {
      expect((await get("/metrics", routes(), asked("::1", { host })))?.status).toBe(200);
    },
  );

  it("D31: are not for a proxy that hands on without a word, as old as those speak", async () => {
    expect((await get("/metrics", routes(), asked("127.0.0.1", {}, "1.0")))?.status).toBe(401);
  });

  it.each<[number, string | undefined]>([
    [200, "Bearer t0ken"],
    [401, "Bearer t0keN"],
    [401, "Bearer t0ken2"],
    [401, "t0ken"],
    [401, ""],
    [401, undefined],
  ])("with a token answer %i to %j, from anywhere", async (status, authorization) => {
    for (const from of ["127.0.0.1", "203.0.113.9"]) {
      const request = asked(from, { authorization, host: "fermata.example.com", via: "1.1 proxy" });
      expect((await get("/metrics", routes({}, "t0ken"), request))?.status).toBe(status);
    }
  });

  it("count Slack's requests by outcome", async () => {
    const metrics = createMetrics();
    metrics.slackRequest("200");
    metrics.slackRequest("200");
    metrics.slackRequest("too_large");
    const text = await metrics.text();
    expect(text).toContain('fermata_slack_requests_total{outcome="200"} 2');
    expect(text).toContain('fermata_slack_requests_total{outcome="too_large"} 1');
  });
});
