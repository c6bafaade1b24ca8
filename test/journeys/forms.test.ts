import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { actionIds } from "../../src/slack/cards/ids.ts";
import { listConnections } from "../../src/store/connections.ts";
import { type Cast, type Journey, startJourney, textOf } from "../support/journey.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ vendorDeadlineMs: 1_000 });
});
beforeEach(() => journey.begins());
afterAll(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

const formOf = (person: Cast) => {
  const view = journey.house.slack.views(person).at(-1);
  if (!view) throw new Error(`${person} has no form open`);
  return view;
};
const connections = () =>
  journey.house.world.store.read((q) => listConnections(q, journey.house.workspace));

describe("the bare /campaign", () => {
  const offered = (query: string) =>
    journey.house.slack.suggest("ana", formOf("ana").id, actionIds.campaigns, query);

  it("offers campaigns of every connection as somebody types", async () => {
    await journey.types("ana", "");
    const all = await offered("");
    const rows = all.map(({ text, description }) => `${text.text} ${description?.text}`);
    for (const vendor of ["burki", "peachdesk", "woodpecker", "sarvam", "talkdesk"]) {
      expect(rows.join("\n")).toContain(`${vendor} · `);
    }
    const webinars = await offered("webinar");
    expect(webinars.map(({ text }) => text.text)).toEqual([
      "“Webinar no-shows”",
      "“Webinar no-shows”",
    ]);
  });

  it("pauses what was chosen, and the outcome is a card like any other", async () => {
    await journey.types("ana", "");
    const [spring] = await offered("spring");
    const [kyc] = await offered("kyc");
    const sent = await journey.house.slack.submit("ana", formOf("ana").id, {
      campaigns: [spring?.value ?? "", kyc?.value ?? ""],
      reason: "wrong price",
      length: "for 2h",
    });
    expect(sent).toMatchObject({ status: 200 });
    expect(journey.house.slack.views("ana")).toEqual([]);
    await journey.passes(10);
    const change = await journey.change();
    expect(change).toMatchObject({ state: "done", reason: "wrong price", action: "pause" });
    expect(change.until).toBeDefined();
    expect(journey.word("burki", "42")).toBe("paused");
    expect(journey.word("sarvam", "camp-09af")).toBe("paused");
    expect(journey.card()).toContain("Paused all 2");
  });

  it("leaves out what is slow to answer, and offers the rest", async () => {
    journey.house.vendors.burki.faults.set({ kind: "hang" });
    await journey.types("ana", "");
    expect((await offered("kyc")).map(({ text }) => text.text)).toEqual(["“KYC completion”"]);
  });

  it.each(["gus", "sam"] as const)("shows nothing to %s", async (person) => {
    const channel = person === "sam" ? "C0SHAREDACME" : "C0OUTREACH";
    await journey.types(person, "", channel);
    expect(formOf(person).submit).toBeUndefined();
    expect(textOf(formOf(person) as never)).not.toContain("Which campaigns?");
  });
});

describe("connecting a platform", () => {
  const wrongKey = "wrong-key-canary-77110042";
  const rightKey = () => journey.house.vendors.burki.secret.apiKey ?? "";

  it("keeps a right key, sealed, and says what it sees with it", async () => {
    await journey.types("dee", "connect burki");
    const sent = await journey.house.slack.submit("dee", formOf("dee").id, {
      "field:apiKey": rightKey(),
    });
    expect(sent.errors).toBeUndefined();
    expect(journey.house.slack.views("dee")).toEqual([]);
    await journey.passes(10);
    const burki = (await connections()).find(({ name }) => name === "burki");
    expect(burki).toMatchObject({ createdBy: "U0DEE00004" });
    expect(burki?.version).toBeGreaterThan(1);
    const told = journey.house.slack.ephemerals("dee").map(textOf).join();
    expect(told).toContain("Burki is connected as `burki`.");
    await journey.types("ana", "pause burki:42");
    expect((await journey.change()).state).toBe("done");
    nothingHolds(rightKey());
  });

  it("refuses a wrong key in the form, and stores nothing", async () => {
    const before = await connections();
    await journey.types("dee", "connect burki");
    const sent = await journey.house.slack.submit("dee", formOf("dee").id, {
      "field:apiKey": wrongKey,
    });
    expect(sent.errors?.["field:apiKey"]).toContain("Burki was not connected.");
    expect(await connections()).toEqual(before);
    nothingHolds(wrongKey);
  });

  it("lets an admin choose the platform first", async () => {
    await journey.types("dee", "connect");
    await journey.house.slack.submit("dee", formOf("dee").id, { vendor: "sarvam" });
    expect(formOf("dee").title).toBe("Connect Sarvam");
  });

  it.each(["ana", "gus"] as const)(
    "is refused to %s before a key could be typed",
    async (person) => {
      await journey.types(person, "connect burki");
      const form = formOf(person);
      expect(form.submit).toBeUndefined();
      expect(textOf(form as never)).toMatch(/admin/);
    },
  );

  /** Neither what Slack was sent nor any byte of the database, its journal included. */
  function nothingHolds(key: string): void {
    expect(JSON.stringify(journey.house.slack.calls())).not.toContain(key);
    const file = journey.house.config.databaseUrl.replace(/^file:/, "");
    const files = readdirSync(dirname(file)).filter((name) => name.startsWith(basename(file)));
    expect(files).toContain(`${basename(file)}-wal`);
    for (const name of files) {
      const bytes = readFileSync(join(dirname(file), name));
      expect(bytes.includes(key), name).toBe(false);
      expect(bytes.includes(Buffer.from(key).toString("base64").slice(0, -4)), name).toBe(false);
    }
  }
});

describe("an answer that shows something", () => {
  it.each([
    ["connections", "5 connections."],
    ["list", "Spring launch"],
    ["list burki", "Spring launch"],
    ["status burki:42", "running"],
    ["status", "Spring launch"],
    ["history", ""],
    ["policy", "any full member may pause"],
    ["help", "/campaign pause"],
    ["help pause", "/campaign pause"],
  ])("%s is seen by the asker alone", async (text, words) => {
    const { told, delivery } = await journey.types("ana", text);
    expect(delivery.status).toBe(200);
    expect(told).not.toBe("");
    expect(told).toContain(words);
    expect(journey.house.slack.messages("outreach")).toEqual([]);
    for (const other of ["ben", "dee", "gus"]) {
      expect(journey.house.slack.ephemerals(other)).toEqual([]);
    }
  });

  it.each(["connections", "list", "status burki:42", "history", "policy"])(
    "%s shows nothing to a guest or an outsider",
    async (text) => {
      for (const person of ["gus", "sam"] as const) {
        const channel = person === "sam" ? "C0SHAREDACME" : "C0OUTREACH";
        const { told } = await journey.types(person, text, channel);
        expect(told).not.toBe("");
        expect(told).not.toMatch(/Spring launch|burki|full member may pause/);
      }
    },
  );

  it("shows of a key no more than its last four characters", async () => {
    const { told } = await journey.types("dee", "connections");
    for (const { secret } of Object.values(journey.house.vendors)) {
      const keys = Object.values(secret);
      for (const key of keys) expect(told).not.toContain(key);
      expect(told).not.toContain(keys.at(-1)?.slice(-5));
    }
  });

  it("tells the history of a campaign", async () => {
    await journey.types("ana", "pause burki:42 because wrong price");
    const { told } = await journey.types("ben", "history burki:42");
    expect(told).toContain("wrong price");
    expect(told).toContain("<@U0ANA00001>");
  });
});
