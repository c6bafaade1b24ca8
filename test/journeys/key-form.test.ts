import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { keyPairClient } from "../../sandbox/vendors/index.ts";
import { vendorNames } from "../../src/domain/campaign.ts";
import { openConnection } from "../../src/flows/open-connection.ts";
import { connectionByName } from "../../src/store/connections.ts";
import { type Journey, startJourney } from "../support/journey.ts";

let journey: Journey;
beforeAll(async () => {
  // Worker and timetable commit by themselves every now and then; here only what is sent does.
  vi.useFakeTimers({ toFake: ["setInterval"] });
  journey = await startJourney({ vendorDeadlineMs: 1_000 });
});
beforeEach(() => journey.begins());
afterAll(async () => {
  await journey.ends();
  vi.useRealTimers();
});

class Killed extends Error {}

const key = () => journey.house.vendors.burki.secret.apiKey ?? "";
const spelt = () => {
  const bytes = Buffer.from(key());
  return [
    key(),
    bytes.toString("base64").slice(0, -4),
    bytes.toString("hex"),
    encodeURIComponent(key()),
  ];
};

/** The bytes that somebody finds who ends the process now: the file, its log and whatever else lies there. */
function bytesOnDisk(): string {
  const file = journey.house.config.databaseUrl.replace(/^file:/, "");
  const names = readdirSync(dirname(file));
  expect(names).toContain(`${basename(file)}-wal`);
  return names.map((name) => readFileSync(join(dirname(file), name), "latin1")).join("");
}

function leaks(): number {
  const bytes = bytesOnDisk();
  expect(bytes).toContain(journey.house.vendors.burki.url);
  return spelt().filter((spelling) => bytes.includes(spelling)).length;
}

const burki = () =>
  journey.house.world.store.read((q) => connectionByName(q, journey.house.workspace, "burki"));

/** Nothing is written any more from the n-th commit on; looks at the disk around every commit before. */
function diesAtCommit(n: number, moment: "before" | "after") {
  const { store } = journey.house.world;
  const { write } = store;
  onTestFinished(() => {
    store.write = write;
  });
  const seen = { commits: 0, leaks: 0 };
  store.write = (async (run, options) => {
    seen.commits += 1;
    if (seen.commits > n || (seen.commits === n && moment === "before")) throw new Killed();
    const result = await write(run, options);
    seen.leaks += leaks();
    if (seen.commits === n) throw new Killed();
    return result;
  }) as typeof write;
  return seen;
}

/** Types the key into the form, and sends it. */
async function submits() {
  const { slack } = journey.house;
  await journey.types("dee", "connect burki");
  const view = slack.views("dee").at(-1);
  if (!view) throw new Error("no form opened");
  return (values: Record<string, string>) => slack.submit("dee", view.id, values);
}

describe("a key that is typed into a form", () => {
  it.each([1, 2, 3].flatMap((n) => [[n, "before"] as const, [n, "after"] as const]))(
    "D33b: is nowhere on the disk when the process ends at its commit %i, just %s it",
    async (n, moment) => {
      const send = await submits();
      const before = await burki();
      const seen = diesAtCommit(n, moment);
      const sent = await send({ "field:apiKey": key() });
      expect(JSON.stringify(sent)).not.toContain(key());
      expect(seen.commits).toBeGreaterThanOrEqual(n);
      expect(seen.leaks + leaks()).toBe(0);
      await journey.house.restart();
      await journey.passes(0);
      const now = await burki();
      const stored = n > 2 || (n === 2 && moment === "after");
      expect(now?.version).toBe((before?.version ?? 0) + (stored ? 1 : 0));
      const opened = await openConnection(
        journey.house.world,
        journey.house.workspace,
        now?.id ?? "",
      );
      expect(opened.kind).toBe("open");
      const again = await (await submits())({ "field:apiKey": key() });
      expect(again.errors).toBeUndefined();
      expect((await burki())?.version).toBe((now?.version ?? 0) + 1);
    },
  );

  it.each(vendorNames)("D30: shows nothing of the one that %s has already", async (vendor) => {
    await journey.types("dee", `connect ${vendor}`);
    const shown = journey.house.slack.calls().filter(({ method }) => method.startsWith("views."));
    const view = journey.house.slack.views("dee").at(-1);
    expect(shown.length).toBeGreaterThan(0);
    expect(view?.privateMetadata).toBe(`${vendor} C0OUTREACH`);
    for (const secret of Object.values(journey.house.vendors[vendor].secret)) {
      for (const part of [secret, secret.slice(0, 8)]) {
        expect(JSON.stringify(shown)).not.toContain(part);
      }
    }
  });
});

describe("the form for a key of Peachdesk's", () => {
  const connectsAt = async (baseUrl: string | undefined, name = "acme") => {
    const { slack, vendors } = journey.house;
    await journey.types("dee", "connect peachdesk");
    const view = slack.views("dee").at(-1);
    if (!view) throw new Error("no form opened");
    const values = {
      name,
      "field:apiKey": vendors.peachdesk.secret.apiKey ?? "",
      ...(baseUrl !== undefined && { "field:baseUrl": baseUrl }),
    };
    return { view, sent: await slack.submit("dee", view.id, values) };
  };
  const stored = (name: string) =>
    journey.house.world.store.read((q) => connectionByName(q, journey.house.workspace, name));

  it("asks for its address, and says that the usual one is the staging host", async () => {
    const { view } = await connectsAt("nonsense");
    const shown = JSON.stringify(view);
    expect(shown).toContain("field:baseUrl");
    expect(shown).toMatch(/api\.stage\.peachdeskai\.com, which is the staging host/);
  });

  it.each(["nonsense", "http://api.peachdeskai.com", "https://evil.example"])(
    "shows at the address what is wrong with it: %s",
    async (baseUrl) => {
      const { sent } = await connectsAt(baseUrl);
      expect(JSON.stringify(sent)).toContain("field:baseUrl");
      expect(await stored("acme")).toBeUndefined();
    },
  );

  it("keeps the address that a connection had when none is given", async () => {
    const { url } = journey.house.vendors.peachdesk;
    await connectsAt(undefined, "peachdesk");
    expect(await stored("peachdesk")).toMatchObject({ baseUrl: url, version: 2 });
  });

  it("calls the address that is given", async () => {
    const { url } = journey.house.vendors.peachdesk;
    const before = await stored("peachdesk");
    await connectsAt(`${url}/`, "peachdesk");
    const after = await stored("peachdesk");
    expect([after?.baseUrl, after?.version]).toEqual([url, (before?.version ?? 0) + 1]);
  });
});

describe("the form for a client of Talkdesk's", () => {
  const sends = async (secret: Record<string, string>, region = "us") => {
    const { slack, vendors } = journey.house;
    const { account = "", tokenUrl = "" } = vendors.talkdesk.options;
    await journey.types("dee", "connect talkdesk");
    const view = slack.views("dee").at(-1);
    if (!view) throw new Error("no form opened");
    const entries = Object.entries({ ...secret, account, region, tokenUrl });
    const fields = entries.map(([name, value]) => [`field:${name}`, value]);
    return slack.submit("dee", view.id, Object.fromEntries(fields));
  };
  const stored = () =>
    journey.house.world.store.read((q) => connectionByName(q, journey.house.workspace, "talkdesk"));

  it("takes a key pair in the place of a secret", async () => {
    const before = await stored();
    await sends(keyPairClient);
    expect((await stored())?.version).toBe((before?.version ?? 0) + 1);
  });

  it("says at the secret what is missing of either", async () => {
    const before = await stored();
    const { clientId, keyId } = keyPairClient;
    const sent = JSON.stringify(await sends({ clientId, keyId }));
    expect(sent).toContain("field:clientSecret");
    expect(sent).toContain("Give either client secret, or key id and private key, and not both.");
    expect((await stored())?.version).toBe(before?.version);
  });
});
