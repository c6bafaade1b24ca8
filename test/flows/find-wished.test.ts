import { beforeEach, describe, expect, it, vi } from "vitest";
import type { TargetText } from "../../src/domain/target-text.ts";
import { findWished } from "../../src/flows/find-wished.ts";
import { type AWorld, aCampaign, aWorld, connected, fails, workspace } from "./a-world.ts";

let here: AWorld;
beforeEach(async () => {
  here = await aWorld();
  here.shops.burki.campaigns.push(aCampaign(), aCampaign({ id: "7", name: "Early renewal" }));
  here.shops.talkdesk.campaigns.push(aCampaign({ id: "9", name: "Spring cleaning" }));
  await connected(here.world, "burki");
  await connected(here.world, "talkdesk");
});

const exact = (connection: string, id: string): TargetText => ({ kind: "exact", connection, id });
const named = (text: string): TargetText => ({ kind: "name", text, quoted: false });
const find = (...texts: TargetText[]) => findWished(here.world, workspace, texts);

describe("a campaign named by its connection and id", () => {
  it("is found by asking that one vendor, once", async () => {
    const calls: string[] = [];
    here.shops.talkdesk.before = (call) => void calls.push(call);
    const found = await find(exact("Burki", "42"));
    expect(found).toMatchObject({
      kind: "found",
      targets: [{ connection: "burki", campaign: { id: "42", name: "Spring launch" } }],
    });
    expect(calls).toEqual([]);
  });

  it("is taken as meant when the vendor cannot be reached: a pause must not wait for that", async () => {
    here.shops.burki.before = fails("unavailable");
    const found = await find(exact("burki", "42"));
    expect(found).toMatchObject({
      kind: "found",
      targets: [{ campaign: { id: "42", name: "42" } }],
    });
    expect(found.kind === "found" && found.targets[0]?.seen).toBe(undefined);
  });

  it("is taken as meant when the vendor takes longer than two seconds", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    here.shops.burki.before = () => new Promise(() => {});
    const finding = find(exact("burki", "42"));
    await vi.waitUntil(() => vi.getTimerCount() > 0, { interval: 1 });
    await vi.advanceTimersByTimeAsync(2_000);
    vi.useRealTimers();
    expect(await finding).toMatchObject({ kind: "found", targets: [{ campaign: { name: "42" } }] });
  });

  it("is not found when the vendor says that there is none, and the nearest are named", async () => {
    const found = await find(exact("burki", "43"));
    expect(found.kind).toBe("none");
  });

  it("never reaches a vendor with an id that is none of its ids", async () => {
    const asked: string[] = [];
    here.shops.burki.before = (call) => void asked.push(call);
    expect((await find(exact("burki", "../7"))).kind).toBe("none");
    expect(asked).not.toContain("get");
  });

  it("counts once however often it is named", async () => {
    const found = await find(exact("burki", "42"), exact("BURKI", "42"));
    expect(found.kind === "found" && found.targets).toHaveLength(1);
  });

  it("names the connections there are when its own is none of them", async () => {
    expect(await find(exact("burky", "42"))).toEqual({
      kind: "no_connection",
      name: "burky",
      known: ["burki", "talkdesk"],
    });
  });
});

describe("a campaign named by part of its name", () => {
  it("is looked for at every vendor, and a choice is offered where several fit", async () => {
    const found = await find(named("spring"));
    expect(
      found.kind === "ambiguous" && found.candidates.map(({ connection }) => connection),
    ).toEqual(["burki", "talkdesk"]);
  });

  it("comes with how it stands just now, not as a list of a moment ago had it", async () => {
    await find(named("renewal"));
    Object.assign(here.shops.burki.campaigns[1] ?? {}, { phase: "paused", word: "paused" });
    const found = await find(named("renewal"));
    expect(found.kind === "found" && found.targets[0]?.seen?.word).toBe("paused");
  });

  it("is not said to be missing without naming who could not be asked", async () => {
    here.shops.talkdesk.before = fails("unavailable");
    const found = await find(named("cleaning"));
    expect(found).toMatchObject({ kind: "none", text: "cleaning", unread: ["talkdesk"] });
  });
});
