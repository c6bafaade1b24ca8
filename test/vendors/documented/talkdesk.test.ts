import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { jwtVerify } from "jose";
import { expect } from "vitest";
import { createHttp } from "../../../src/vendors/http.ts";
import { talkdesk } from "../../../src/vendors/talkdesk.ts";
import { toolsFrom } from "../../../src/vendors/tools.ts";
import { failureOf, today } from "../contract.ts";
import samples from "../samples/talkdesk.json" with { type: "json" };
import { answer, answerSample, type Sample, type StandIn } from "../stand-in.ts";
import { type Fact, itAnswersAsDocumented, type Row } from "./table.ts";

const { pairs } = samples;
type Pair = keyof typeof pairs;
const { id } = pairs.get.response.body;

const reference = "https://docs.talkdesk.com/reference";
const specification = "https://github.com/jotatriana/tdfastapi/blob/main/openapi.yaml";
const basic = `${reference}/cc-basic`;
const signed = `${reference}/cc-jwt`;
const list = `${reference}/campaigns-list`;
const patch = `${reference}/patch-campaign`;
const oauth = "https://www.rfc-editor.org/rfc/rfc6749#section-5.2";
const regions = "https://docs.talkdesk.com/docs/how-to-guarantee-your-app-works-in-all-regions";
const connectors = "https://github.com/amp-labs/connectors/blob/main/providers/talkdesk.go";

const rows: readonly Row<Pair>[] = [
  { pair: "token", source: basic, asked: "check", is: "ok", also: ["check"] },
  { pair: "bad_client", source: basic, asked: "check", is: "unauthorized" },
  { pair: "invalid_client", source: oauth, asked: "pause", is: "unauthorized" },
  { pair: "invalid_client_400", source: oauth, asked: "pause", is: "unauthorized" },
  {
    pair: "invalid_scope",
    source: oauth,
    asked: "check",
    is: "forbidden",
    says: /does not grant this client campaigns:read and campaigns:write \(400\)/,
  },
  { pair: "unauthorized_client", source: oauth, asked: "check", is: "forbidden", says: /log in/ },
  { pair: "invalid_request", source: basic, asked: "check", is: "refused", says: /logging in/ },
  {
    pair: "no_account",
    source: basic,
    asked: "check",
    is: "unauthorized",
    says: /no account of this name in this region \(404\)/,
  },
  { pair: "list_1", source: list, asked: "list", is: "ok", says: /Winback/ },
  { pair: "list_2", source: list, asked: "list", is: "ok", says: /Surveys/ },
  { pair: "check", source: list, asked: "check", is: "ok" },
  { pair: "get", source: `${reference}/campaign-details`, asked: "get", is: "ok" },
  { pair: "pause", source: patch, asked: "pause", is: "ok" },
  { pair: "resume", source: patch, asked: "resume", is: "ok" },
  { pair: "bad_body", source: specification, asked: "pause", is: "refused" },
  { pair: "expired", source: specification, asked: "get", is: "unauthorized" },
  { pair: "scopes", source: specification, asked: "pause", is: "forbidden", says: /lacks a right/ },
  { pair: "not_found", source: specification, asked: "get", is: "not_found" },
  { pair: "delete_conflict", source: specification, asked: "pause", is: "conflict" },
  { pair: "state", source: specification, asked: "resume", is: "refused", says: /calling hours/ },
  { pair: "burst", source: specification, asked: "get", is: "rate_limited" },
  { pair: "shed", source: specification, asked: "get", is: "rate_limited" },
  { pair: "list_closed", source: patch, asked: "check", is: "forbidden", says: /enrolled/ },
  { pair: "list_missing", source: patch, asked: "check", is: "forbidden", says: /enrolled/ },
];

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const base64 = privateKey.export({ type: "pkcs8", format: "der" }).toString("base64");
const sec1 = privateKey.export({ type: "sec1", format: "pem" }).toString();
const pair = (key: string) => ({ clientId: "cl1ent-0123", keyId: "key-1", privateKey: key });

const granting = (standIn: StandIn) =>
  standIn.reply(({ path }, response) =>
    answerSample(response, (path === "/oauth/token" ? pairs.token : pairs.get) as Sample),
  );

const facts: readonly Fact[] = [
  {
    fact: "a client with a key pair logs in with an assertion that is signed for this address and five minutes, and asks for no scope",
    source: signed,
    proves: async ({ vendor, account, standIn }) => {
      granting(standIn);
      const seen = new Set<unknown>();
      for (const key of [base64, pem, pem.replaceAll("\n", " "), sec1, ` ${base64}\n`]) {
        standIn.seen.length = 0;
        const opened = vendor.open({ ...account, connectionId: key, secret: pair(key) });
        expect(await opened.get(id)).toMatchObject({ id });
        const [login] = standIn.seen;
        const form = new URLSearchParams(login?.body);
        const { client_assertion: assertion = "", ...rest } = Object.fromEntries(form);
        expect(rest).toEqual({
          grant_type: "client_credentials",
          client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        });
        expect(login?.headers).not.toHaveProperty("authorization");
        const read = await jwtVerify(assertion, createPublicKey(privateKey), {
          issuer: "cl1ent-0123",
          subject: "cl1ent-0123",
          audience: `${standIn.url}/oauth/token`,
          currentDate: today,
        });
        expect(read.protectedHeader).toEqual({ alg: "ES256", kid: "key-1" });
        expect((read.payload.exp ?? 0) - (read.payload.iat ?? 0)).toBe(300);
        seen.add(read.payload.jti);
      }
      expect(seen.size).toBe(5);
    },
  },
  {
    fact: "a key that is no EC key of P-256 is refused in words, and nothing is sent",
    source: signed,
    proves: async ({ vendor, account, standIn }) => {
      const other = generateKeyPairSync("ec", { namedCurve: "secp384r1" }).privateKey;
      const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
      const der = { type: "pkcs8", format: "der" } as const;
      for (const key of [
        other.export(der).toString("base64"),
        rsa.export(der).toString("base64"),
        "A".repeat(120),
      ]) {
        const opened = vendor.open({ ...account, secret: pair(key) });
        const { facts: failed } = await failureOf(opened.check());
        expect(failed.kind).toBe("blocked");
        expect(failed.sentence).toMatch(/private key .* cannot be used/);
        expect(JSON.stringify(failed)).not.toContain(key.slice(0, 40));
      }
      expect(standIn.seen).toEqual([]);
    },
  },
  {
    fact: "half a key pair, or both ways at once, is no way to log in",
    source: signed,
    proves: async ({ vendor, account, standIn }) => {
      const clientSecret = "s3cret/+=0123456789";
      for (const secret of [
        { clientId: "cl1ent-0123" },
        { clientId: "cl1ent-0123", keyId: "key-1" },
        { clientId: "cl1ent-0123", privateKey: base64 },
        { ...pair(base64), clientSecret },
      ]) {
        const { facts: failed } = await failureOf(vendor.open({ ...account, secret }).check());
        expect(failed).toMatchObject({
          kind: "blocked",
          sentence: expect.stringContaining("either client secret, or key id and private key"),
        });
      }
      expect(standIn.seen).toEqual([]);
    },
  },
  {
    fact: "what the login says never repeats the assertion or the key",
    source: signed,
    proves: async ({ vendor, account, standIn }) => {
      standIn.reply(({ body }, response) => {
        const assertion = new URLSearchParams(body).get("client_assertion") ?? "";
        answer(response, 400, { error: "x", error_description: `${base64} and ${assertion}` });
      });
      for (const key of [base64, pem]) {
        const opened = vendor.open({ ...account, connectionId: key, secret: pair(key) });
        expect((await failureOf(opened.check())).facts.vendorText).toBe("[key] and [key]");
      }
    },
  },
  {
    fact: "five regions have an API host of their own, and an account logs in in its own",
    source: connectors,
    proves: async ({ vendor, account }) => {
      const host = (region?: string) => vendor.defaultBaseUrl(region ? { region } : {});
      expect(["us", "eu", "ca", "uk", "au", "EU", undefined].map(host)).toEqual([
        "https://api.talkdeskapp.com",
        "https://api.talkdeskapp.eu",
        "https://api.talkdeskappca.com",
        "https://api.talkdeskapp.co.uk",
        "https://api.mytalkdesk.au",
        "https://api.talkdeskapp.eu",
        "https://api.talkdeskapp.com",
      ]);
      const region = vendor.fields.find(({ name }) => name === "region");
      expect(region?.choices).toEqual(["us", "eu", "ca", "uk", "au"]);
      const asked: string[] = [];
      const resolve = async (hostname: string) => {
        asked.push(hostname);
        return [];
      };
      const http = createHttp({ allow: [], now: () => today, resolve });
      const real = talkdesk(toolsFrom({ http, now: () => today }));
      for (const one of ["us", "eu", "ca", "au"]) {
        await failureOf(
          real.open({ ...account, options: { account: "acme", region: one } }).get(id),
        );
      }
      const tokenUrl = "https://acme.talkdeskid.co.uk/oauth/token";
      const uk = { account: "acme", region: "uk", tokenUrl };
      await failureOf(real.open({ ...account, options: uk }).get(id));
      expect(asked).toEqual([
        "acme.talkdeskid.com",
        "acme.talkdeskid.eu",
        "acme.talkdeskidca.com",
        "acme.talkdeskid.au",
        "acme.talkdeskid.co.uk",
      ]);
    },
  },
  {
    fact: "a region that nobody knows is refused in words, and is not taken for the United States",
    source: regions,
    proves: async ({ vendor, account, standIn }) => {
      for (const region of ["mars", "us-east", "gb", "constructor", "u s"]) {
        expect(vendor.defaultBaseUrl({ region })).toBe("");
        const opened = vendor.open({ ...account, options: { ...account.options, region } });
        const { facts: failed } = await failureOf(opened.get(id));
        expect(failed).toMatchObject({
          kind: "blocked",
          sentence: expect.stringMatching(/region that I do not know.*us, eu, ca, uk or au/),
        });
      }
      expect(standIn.seen).toEqual([]);
    },
  },
  {
    fact: "where the United Kingdom logs in has to be named, and is not guessed",
    source: regions,
    proves: async ({ vendor, account, standIn }) => {
      const opened = vendor.open({ ...account, options: { account: "acme", region: "uk" } });
      const { facts: failed } = await failureOf(opened.get(id));
      expect(failed).toMatchObject({
        kind: "blocked",
        sentence: expect.stringMatching(/no login address of Talkdesk in the United Kingdom/),
      });
      expect(standIn.seen).toEqual([]);
    },
  },
];

itAnswersAsDocumented({
  name: "talkdesk",
  adapter: talkdesk,
  secret: { clientId: "cl1ent-0123", clientSecret: "s3cret/+=0123456789" },
  options: ({ url }) => ({ account: "acme", region: "us", tokenUrl: `${url}/oauth/token` }),
  login: pairs.token,
  id,
  pairs,
  rows,
  facts,
});
