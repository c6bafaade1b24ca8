import { describe, expect, it, onTestFinished } from "vitest";
import { actions, type VendorName, vendorNames } from "../../src/domain/campaign.ts";
import { createHttp } from "../../src/vendors/http.ts";
import { createVendors } from "../../src/vendors/index.ts";
import { failureOf, hostile, today } from "./contract.ts";
import { answer, aStandIn, type Seen } from "./stand-in.ts";

const digits = (zero: number) => String.fromCodePoint(zero + 4, zero + 2);
/** Ways to leave a path, to name another one, and to look like a number without being one. */
const parts = [
  "..\\",
  "/./",
  "/pause",
  "//",
  "|",
  "..",
  "../",
  "/",
  "\\",
  "?x=1",
  "#x",
  ";a=b",
  "&a=b",
  "@evil.example",
  ":80",
  "\r\n",
];
const ids = [
  ...hostile,
  ...parts.flatMap((part) => [part, `42${part}`, `${part}42`, `42${part}43`]),
  ...parts.flatMap((part) => {
    const once = encodeURIComponent(part);
    return [`42${once}43`, `42${encodeURIComponent(once)}43`, `42${once.toLowerCase()}43`];
  }),
  ...[
    "%c0%ae%c0%ae/",
    "%u002e%u002e/",
    "%00",
    "%",
    "%zz",
    "..%00/",
    "....//",
    "..;/",
    "%09",
  ].flatMap((part) => [part, `42${part}`, `${part}42`]),
  ...[0x0660, 0x0966, 0xff10, 0x1d7ce, 0x1d7d8].map(digits),
  ...[
    "\u200b",
    "\u202e",
    "\ufeff",
    "\u0000",
    "\u00a0",
    "\u2044",
    "\u2215",
    "\uff0f",
    "\uff0e",
    "\ud800",
  ].flatMap((sign) => [`42${sign}`, `${sign}42`, `4${sign}2`]),
  ...["+42", "-42", "4.2", "4e1", "0x2a", "４2", "1,000", "42\t", "'42'", '"42"', "[42]", "{42}"],
  ...["' OR 1=1--", "42; DROP TABLE x", "$(id)", "`id`", "$((7*7))", "{{42}}", "<42>", "*", "42*"],
  ...["9".repeat(65), "a".repeat(10_000), "../".repeat(500), "é".repeat(64), "é", "e\u0301"],
];

const secret = { apiKey: "k3y-0123456789", clientId: "cl1ent-0123", clientSecret: "s3cret-0123" };
const numbers: readonly VendorName[] = ["peachdesk", "burki", "woodpecker"];

/** What may stand in the place of an id, in any path that a vendor sees. */
const wellFormed = (name: VendorName) =>
  numbers.includes(name) ? /^[1-9]\d{0,18}$/ : /^[A-Za-z0-9_-]{1,64}$/;

async function aVendorAt(name: VendorName, more: Record<string, string> = {}) {
  const standIn = await aStandIn();
  onTestFinished(() => standIn.close());
  const seen: Seen[] = [];
  standIn.reply((one, response) => {
    if (one.path === "/oauth/token") return answer(response, 200, { access_token: "t0ken" });
    seen.push(one);
    answer(response, 404, {});
  });
  const http = createHttp({ allow: [standIn.hostPort], now: () => today });
  const vendor = createVendors({ http, now: () => today, sleep: async () => {} })[name];
  const options = { orgId: "org_1", workspaceId: "ws-1", account: "acme", region: "us", ...more };
  const opened = vendor.open({
    ...{ connectionId: "con_1", version: 1, baseUrl: standIn.url, secret },
    options: { ...options, tokenUrl: `${standIn.url}/oauth/token` },
  });
  const possible = actions.filter((action) => !("cannot" in vendor.capabilities[action]));
  const everyCall = (id: string) => [
    () => opened.get(id),
    ...possible.map((action) => () => opened.act(action, id)),
    ...(opened.progress ? [() => opened.progress?.(id)] : []),
  ];
  return { everyCall, list: () => opened.list(), seen };
}

/** The paths of a good id, with a hole where the id was. */
async function templates(name: VendorName): Promise<Set<string>> {
  const { everyCall, seen } = await aVendorAt(name);
  for (const call of everyCall("4242")) await failureOf(Promise.resolve(call()));
  return new Set(seen.map(({ path }) => path.replace("4242", "{id}")));
}

describe("E39: two hundred ids made to lead elsewhere", () => {
  it("are two hundred different ones", () => {
    expect(new Set(ids).size).toBeGreaterThanOrEqual(200);
  });

  it.each(vendorNames)("reach %s in well-formed paths, or not at all", async (name) => {
    const known = await templates(name);
    const { everyCall, seen } = await aVendorAt(name);
    for (const id of ids) {
      for (const call of everyCall(id)) {
        expect((await failureOf(Promise.resolve(call()))).facts.kind, id).toBe("not_found");
      }
      for (const { path } of seen.splice(0)) {
        expect(id).toMatch(wellFormed(name));
        expect(known).toContain(path.replace(id, "{id}"));
      }
    }
    expect([...known].join()).toContain("{id}");
  });

  it("name no organisation and no workspace of Sarvam's either", async () => {
    const wrong = ids.filter((id) => !/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(id));
    expect(wrong.length).toBeGreaterThanOrEqual(190);
    for (const options of wrong.flatMap((id) => [{ orgId: id }, { workspaceId: id }])) {
      const { list, seen } = await aVendorAt("sarvam", options);
      expect((await failureOf(list())).facts.kind).toBe("blocked");
      expect(seen).toEqual([]);
    }
  });
});
