import { createPrivateKey } from "node:crypto";
import { SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { keyPairClient, otherClient, readOnlyClient } from "../../sandbox/vendors/index.ts";
import { type AtHand, ask, aVendor } from "./vendors-at-hand.ts";

const states = ["INCOMPLETE", "READY", "RUNNING", "PAUSED"];
const account = states.map((word) => ({ id: `id-${word}`, name: `C-${word}`, word }));
const setTo = (value: string) => JSON.stringify({ op: "REPLACE", path: "status", value });

describe("the pretend Talkdesk", () => {
  it.each([
    ["running", { READY: "RUNNING", PAUSED: "RUNNING", RUNNING: "RUNNING" }],
    ["paused", { RUNNING: "PAUSED", PAUSED: "PAUSED" }],
  ] as const)(
    "answers `%s` with the old status, and shows the new one a moment later",
    async (value, moves) => {
      const { call, word, pass } = await signedIn();
      const targets = new Map(Object.entries(moves));
      for (const from of states) {
        const reply = await call(`PATCH /campaigns/id-${from}`, setTo(value));
        expect([from, reply.status]).toEqual([from, targets.has(from) ? 200 : 422]);
        const refused = {
          code: "0530008",
          message: "Resource is not available for this operation",
        };
        expect(reply.body).toMatchObject(targets.has(from) ? { status: from } : refused);
        expect(word(`id-${from}`)).toBe(from);
      }
      pass(1000);
      for (const from of states) expect(word(`id-${from}`)).toBe(targets.get(from) ?? from);
    },
  );

  it("logs the effect of a change with the call that asked for it", async () => {
    const { call, vendor } = await signedIn();
    await call("PATCH /campaigns/id-RUNNING", setTo("paused"));
    expect(vendor.log().at(-1)?.effect).toEqual({
      id: "id-RUNNING",
      from: "RUNNING",
      to: "PAUSED",
    });
  });

  it("wants one object, upper-case REPLACE and lower-case values", async () => {
    const { call } = await signedIn();
    for (const body of ["[]", setTo("PAUSED"), setTo("paused").replace("REPLACE", "replace")]) {
      expect(await call("PATCH /campaigns/id-RUNNING", body)).toMatchObject({
        status: 400,
        body: { code: "0530001", fields: [{}] },
      });
    }
  });

  it("lets a token live for ten minutes", async () => {
    const { call, pass, vendor } = await signedIn();
    pass(599_000);
    expect((await call("GET /campaigns")).status).toBe(200);
    pass(1000);
    expect(await call("GET /campaigns")).toMatchObject({
      status: 401,
      body: { code: "0530004", message: "Missing or invalid authentication token" },
    });
    expect(vendor.log().at(-1)?.keyOk).toBe(false);
  });

  it("gives tokens for client credentials only", async () => {
    const { vendor } = await aVendor("talkdesk", account);
    const { clientId = "", clientSecret = "" } = vendor.secret;
    expect(await token(vendor, clientId, "wrong")).toMatchObject({
      status: 401,
      body: { error: "unauthorized" },
    });
    expect(await token(vendor, clientId, clientSecret, "")).toMatchObject({
      status: 400,
      body: { error: "invalid_request", error_description: "Missing grant type" },
    });
    expect((await token(vendor, clientId, clientSecret)).body).toMatchObject({
      token_type: "Bearer",
      expires_in: 599,
      scope: "campaigns:read campaigns:write",
    });
  });

  it("refuses a client that was made for something else by its scope", async () => {
    const { vendor } = await aVendor("talkdesk", account);
    const { clientId, clientSecret } = otherClient;
    expect(await token(vendor, clientId, clientSecret)).toMatchObject({
      status: 400,
      body: { error: "invalid_scope" },
    });
  });

  it("takes a signed assertion once, and only one that is made for it and for now", async () => {
    const { vendor, pass } = await aVendor("talkdesk", account);
    const now = Date.parse("2026-11-22T10:00:00Z") / 1000;
    const signed = async (more: Record<string, unknown> = {}, kid = keyPairClient.keyId) => {
      const key = createPrivateKey({
        ...{ key: Buffer.from(keyPairClient.privateKey, "base64"), format: "der", type: "pkcs8" },
      } as const);
      const { clientId } = keyPairClient;
      const claims = { iss: clientId, sub: clientId, aud: `${vendor.url}/oauth/token`, jti: "1" };
      const assertion = await new SignJWT({ ...claims, iat: now, exp: now + 300, ...more })
        .setProtectedHeader({ alg: "ES256", kid })
        .sign(key);
      const form = new URLSearchParams({
        grant_type: "client_credentials",
        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        client_assertion: assertion,
      });
      return form.toString();
    };
    const asks = async (body: string) => {
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      return (await ask(vendor, "POST /oauth/token", { headers, body })).status;
    };
    const good = await signed();
    expect([await asks(good), await asks(good)]).toEqual([200, 401]);
    for (const odd of [{ aud: "https://evil.example" }, { exp: now + 301 }, { sub: "x" }]) {
      expect(await asks(await signed({ jti: "2", ...odd }))).toBe(401);
    }
    expect(await asks(await signed({ jti: "3" }, "another key"))).toBe(401);
    const late = await signed({ jti: "4" });
    pass(300_000);
    expect(await asks(late)).toBe(401);
  });

  it("lets the read-only client read", async () => {
    const { call } = await signedIn(readOnlyClient);
    expect((await call("GET /campaigns")).status).toBe(200);
    expect(await call("PATCH /campaigns/id-RUNNING", setTo("paused"))).toMatchObject({
      status: 403,
      body: { code: "0530003" },
    });
  });

  it("lists by pages, under _embedded", async () => {
    const { call } = await signedIn();
    const reply = await call("GET /campaigns?page=2&per_page=3");
    expect(reply.headers.get("content-type")).toBe("application/hal+json");
    expect(reply.body).toMatchObject({
      total: 4,
      count: 1,
      page: 2,
      total_pages: 2,
      _embedded: { campaigns: [{ id: "id-PAUSED", status: "PAUSED" }] },
    });
    expect((await call("GET /campaigns?status=paused")).body).toMatchObject({ total: 1 });
    expect((await call("GET /campaigns?status=PAUSED")).status).toBe(400);
  });

  it("knows no other ids, and deletes nothing that runs", async () => {
    const { call, word } = await signedIn();
    expect(await call("GET /campaigns/nope")).toMatchObject({
      status: 404,
      body: { code: "0530002" },
    });
    expect(await call("DELETE /campaigns/id-RUNNING")).toMatchObject({ status: 409 });
    expect(word("id-RUNNING")).toBe("RUNNING");
  });
});

async function signedIn(client?: { clientId: string; clientSecret: string }) {
  const atHand = await aVendor("talkdesk", account);
  const { clientId = "", clientSecret = "" } = { ...atHand.vendor.secret, ...client };
  const { body } = await token(atHand.vendor, clientId, clientSecret);
  const bearer = `Bearer ${(body as { access_token: string }).access_token}`;
  return {
    ...atHand,
    call: (line: string, sent?: string) =>
      ask(atHand.vendor, line, {
        headers: { authorization: bearer, "content-type": "application/json" },
        ...(sent === undefined ? {} : { body: sent }),
      }),
  };
}

function token(
  vendor: AtHand["vendor"],
  id: string,
  secret: string,
  form = "grant_type=client_credentials&scope=campaigns:read campaigns:write",
) {
  const basic = Buffer.from(`${id}:${secret}`).toString("base64");
  return ask(vendor, "POST /oauth/token", {
    headers: {
      authorization: `Basic ${basic}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: form,
  });
}
