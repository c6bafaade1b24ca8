import { describe, expect, it, onTestFinished } from "vitest";
import { startPretendVendors } from "../../sandbox/vendors/index.ts";
import { vendorNames } from "../../src/domain/campaign.ts";
import { ask, aVendor } from "./vendors-at-hand.ts";

const now = () => new Date("2026-11-22T10:00:00Z");

async function five() {
  const vendors = await startPretendVendors({ now, latencyMs: 0 });
  onTestFinished(async () => {
    await Promise.all(Object.values(vendors).map((vendor) => vendor.close()));
  });
  return vendors;
}

describe("the pretend vendors", () => {
  it("are five, each on its own port of this machine, with believable campaigns", async () => {
    const vendors = await five();
    expect(Object.keys(vendors)).toEqual([...vendorNames]);
    for (const vendor of Object.values(vendors)) {
      expect(vendor.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      const campaigns = vendor.campaigns();
      expect(campaigns.length).toBeGreaterThanOrEqual(5);
      expect(campaigns.every(({ word }) => vendor.words.includes(word))).toBe(true);
      expect(campaigns.every(({ changes }) => changes === 0)).toBe(true);
    }
  });

  it("share the id 42 and a name, and one name is a trap", async () => {
    const vendors = await five();
    const all = Object.values(vendors).flatMap((vendor) =>
      vendor.campaigns().map((campaign) => ({ at: vendor.name, ...campaign })),
    );
    const named = (name: string) => all.filter((it) => it.name.includes(name)).map(({ at }) => at);
    expect(all.filter(({ id }) => id === "42").map(({ at }) => at)).toEqual([
      "peachdesk",
      "burki",
      "woodpecker",
    ]);
    expect(named("Webinar no-shows")).toEqual(["peachdesk", "talkdesk"]);
    expect(all.find(({ name }) => name === "Spring launch")).toMatchObject({
      at: "burki",
      id: "42",
      word: "running",
    });
    expect(named("Spring launch")).toEqual(["burki"]);
    expect(named("<!channel>")).toHaveLength(1);
  });

  it("write down every request, what it changed and whether its key was good, and no secret", async () => {
    const { call, vendor } = await aVendor("burki");
    await call("POST /api/v1/campaigns/42/pause");
    await ask(vendor, "GET /api/v1/campaigns/?page=1", { headers: { authorization: "Bearer x" } });
    expect(vendor.log()).toEqual([
      {
        at: now(),
        method: "POST",
        path: "/api/v1/campaigns/42/pause",
        changing: true,
        status: 200,
        effect: { id: "42", from: "running", to: "paused" },
        keyOk: true,
      },
      {
        at: now(),
        method: "GET",
        path: "/api/v1/campaigns/?page=1",
        changing: false,
        status: 401,
        effect: null,
        keyOk: false,
      },
    ]);
    expect(JSON.stringify(vendor.log())).not.toContain(vendor.secret.apiKey);
  });

  it("can be changed behind the bot's back, added to, watched and put back", async () => {
    const { vendor, word } = await aVendor("burki");
    let heard = 0;
    const stop = vendor.onChange(() => {
      heard += 1;
    });
    vendor.setWord("42", "paused");
    vendor.add({ id: "77", name: "New", word: "draft" });
    expect([word("42"), word("77"), heard]).toEqual(["paused", "draft", 2]);
    expect(vendor.campaigns().find(({ id }) => id === "42")).toMatchObject({
      changes: 1,
      changedAt: now(),
    });
    expect(() => vendor.setWord("nope", "paused")).toThrow("There is no campaign nope here.");
    stop();
    vendor.faults.set({ kind: "hang" });
    vendor.reset();
    expect([word("42"), word("77"), heard]).toEqual(["running", undefined, 2]);
    expect([vendor.faults.current(), vendor.log()]).toEqual([null, []]);
  });

  it("stay as they are while time passes and nobody calls", async () => {
    for (const name of vendorNames) {
      const { vendor, pass } = await aVendor(name);
      const words = () => vendor.campaigns().map(({ word }) => word);
      const before = words();
      pass(30 * 86_400_000);
      expect(words()).toEqual(before);
    }
  });

  it("tell the live page when something happens by itself", async () => {
    let time = now().getTime();
    const asked: (() => void)[] = [];
    const { peachdesk } = await startPretendVendors({
      now: () => new Date(time),
      only: ["peachdesk"],
      seed: { peachdesk: [{ id: "1", name: "A", word: "created" }] },
      timers: { set: (run) => asked.push(run), clear() {} },
    });
    onTestFinished(() => peachdesk.close());
    peachdesk.setWord("1", "syncing");
    let heard = "";
    peachdesk.onChange(() => {
      heard = peachdesk.campaigns()[0]?.word ?? "";
    });
    time += 3000;
    for (const run of asked) run();
    expect(heard).toBe("running");
  });

  it("end when they are closed, also in the middle of a call", async () => {
    const { burki } = await startPretendVendors({ now, only: ["burki"], latencyMs: 0 });
    burki.faults.set({ kind: "hang" });
    const call = ask(burki, "GET /api/v1/campaigns/", {});
    const arrived = new Promise<void>((resolve) => burki.onChange(resolve));
    const failed = expect(call).rejects.toThrow("fetch failed");
    await arrived;
    await burki.close();
    await failed;
  });
});
