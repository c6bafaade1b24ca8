import { beforeEach, describe, expect, it, vi } from "vitest";
import { readCampaigns } from "../../src/flows/read-campaigns.ts";
import { campaignOptions, campaignsOf } from "../../src/flows/suggest-campaigns.ts";
import { type AWorld, aCampaign, aWorld, connected, fails, workspace } from "./a-world.ts";

let here: AWorld;
let lists: string[];
beforeEach(async () => {
  here = await aWorld();
  lists = [];
  here.shops.burki.campaigns.push(aCampaign(), aCampaign({ id: "7", name: "Early renewal" }));
  here.shops.burki.before = (call) => void lists.push(call);
  here.shops.talkdesk.campaigns.push(aCampaign({ id: "9", name: "Spring cleaning" }));
  await connected(here.world, "burki");
  await connected(here.world, "talkdesk");
});

const suggest = (text: string) => campaignOptions(here.world, workspace, text, 1_000);

describe("reading every campaign", () => {
  it("shows what can be read, and says of the rest why not", async () => {
    here.shops.talkdesk.before = fails("unavailable", { vendor: "talkdesk" });
    const [burki, talkdesk] = await readCampaigns(here.world, workspace);
    expect(burki?.campaigns).toHaveLength(2);
    expect(talkdesk?.campaigns).toBe(undefined);
    expect(talkdesk?.unreadable).toContain("Talkdesk cannot be reached");
  });

  it("waits for no vendor longer than it was told to", async () => {
    here.shops.talkdesk.before = () => new Promise(() => {});
    const [burki, talkdesk] = await readCampaigns(here.world, workspace, { withinMs: 500 });
    expect(burki?.campaigns).toHaveLength(2);
    expect(talkdesk?.unreadable).toBe("It took too long to answer.");
  });

  it("asks afresh every time, because people decide on what they see", async () => {
    await readCampaigns(here.world, workspace);
    await readCampaigns(here.world, workspace);
    expect(lists).toEqual(["list", "list"]);
  });

  it("sees no other workspace", async () => {
    expect(await readCampaigns(here.world, "T_OTHER")).toEqual([]);
  });
});

describe("a type-ahead", () => {
  it("finds by name, id or connection, in any case", async () => {
    const names = async (text: string) =>
      (await suggest(text)).map((one) => one.campaign.campaign.name);
    expect(await names("SPRING")).toEqual(["Spring launch", "Spring cleaning"]);
    expect(await names("burki:7")).toEqual(["Early renewal"]);
    expect(await names("talkdesk")).toEqual(["Spring cleaning"]);
    expect(await names("  ")).toHaveLength(3);
    expect(await names("no such")).toEqual([]);
  });

  it("reads a list once for ten seconds of typing", async () => {
    for (const text of ["s", "sp", "spr"]) await suggest(text);
    expect(lists).toEqual(["list"]);
    here.passes(10_000);
    await suggest("spri");
    expect(lists).toEqual(["list", "list"]);
  });

  it("does not keep a failure for ten seconds", async () => {
    here.shops.burki.before = fails("unavailable");
    expect(await suggest("launch")).toEqual([]);
    here.shops.burki.before = undefined;
    await vi.waitFor(async () => expect(await suggest("launch")).toHaveLength(1));
  });

  it("offers a hundred at most, and no value that Slack would not take", async () => {
    const many = Array.from({ length: 150 }, (_, at) =>
      aCampaign({ id: String(1000 + at), name: "Many" }),
    );
    here.shops.burki.campaigns.push(...many, aCampaign({ id: "9".repeat(80), name: "Many" }));
    const found = await suggest("many");
    expect(found).toHaveLength(100);
    for (const { value } of found) expect(value.length).toBeLessThanOrEqual(75);
  });

  it("leads back to what was chosen, and leaves out whose connection is gone", async () => {
    const [launch] = await suggest("launch");
    const values = [launch?.value ?? "", "con_gone:1", "nonsense"];
    expect(await campaignsOf(here.world, workspace, values)).toMatchObject([
      {
        kind: "campaign",
        campaign: { connection: "burki", connectionVersion: 1, campaign: { id: "42" } },
      },
    ]);
    expect(await campaignsOf(here.world, "T_OTHER", values)).toEqual([]);
  });
});
