import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { builtInPolicy, type Policy } from "../../src/domain/policy.ts";
import { applyPolicy } from "../../src/flows/policy-text.ts";
import { setDigest } from "../../src/store/digests.ts";
import { savePolicy } from "../../src/store/policies.ts";
import { type Journey, startJourney } from "../support/journey.ts";

const approvals = "C0APPROVALS";
const dee = "U0DEE00004";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
beforeEach(async () => {
  await journey.begins();
  await holds(builtInPolicy);
});
afterAll(() => journey.ends());

async function holds(policy: Policy): Promise<void> {
  const { world, workspace } = journey.house;
  await applyPolicy(world, { workspace, policy, by: dee });
}
const looks = async () => (await journey.types("dee", "doctor")).told;
const cardsGoTo = (channel: string) => holds({ ...builtInPolicy, channel });
const channelNamed = (id: string) => {
  const found = journey.house.slack.channels.find((one) => one.id === id);
  if (!found) throw new Error(`there is no channel ${id}`);
  return found;
};

describe("/campaign doctor", () => {
  it("says at once that it looks, and then that all is well", async () => {
    await cardsGoTo(approvals);
    const said = await looks();
    expect(said.indexOf("Looking at Slack")).toBeLessThan(said.indexOf("All is well"));
    expect(said).toContain("All is well: 9 things looked at.");
    expect(said).toContain("*policy channel* <#C0APPROVALS>\nFermata may post there.");
    expect(said.match(/answers and takes its key\./g)).toHaveLength(5);
    expect(said).not.toContain("⚠️");
  });

  it("tells nobody else, and posts nothing", async () => {
    await looks();
    expect(journey.cards()).toEqual([]);
    expect(journey.house.slack.ephemerals("ana")).toEqual([]);
  });

  it("puts first what is not well: a refused key, a platform that is down", async () => {
    journey.house.vendors.burki.faults.set({ kind: "status", status: 401 });
    journey.house.vendors.sarvam.faults.set({ kind: "status", status: 503 });
    const said = await looks();
    expect(said).toContain("2 of 8 things looked at need somebody.");
    expect(said).toMatch(/⚠️ not well · \*connection burki\*\nBurki does not accept our key/);
    expect(said).toMatch(/⚠️ not well · \*connection sarvam\*\nSarvam has a fault of its own/);
    expect(said.lastIndexOf("⚠️")).toBeLessThan(said.indexOf("✅"));
  });

  it("says where cards go when the policy's channel is archived", async () => {
    await cardsGoTo(approvals);
    channelNamed(approvals).isArchived = true;
    const said = await looks();
    expect(said).toContain("1 of 9 things looked at needs somebody.");
    expect(said).toContain("*policy channel* <#C0APPROVALS>\nIt is archived. Cards go to where");
  });

  it("remembers that the channel took no card, though Slack lets us look at it", async () => {
    await cardsGoTo(approvals);
    const error = "restricted_action";
    journey.house.slack.faults.set({ method: "chat.postMessage", error, times: 1 });
    await journey.types("ana", "pause burki:42");
    expect(await looks()).toContain("The last card was refused: only some people may post there.");
    await cardsGoTo("C0OUTREACH");
    const said = await looks();
    expect(said).toContain("*closed channel* <#C0APPROVALS>\nIt took no card the last time.");
    expect(said).toContain("All is well");
  });

  it("says so of a private channel that Fermata is not in, and how to invite it", async () => {
    await cardsGoTo(approvals);
    Object.assign(channelNamed(approvals), { isPrivate: true, botIsMember: false });
    expect(await looks()).toContain("Invite it there with /invite @Fermata");
  });

  it("says that no digest comes to a channel that is gone", async () => {
    const { world, workspace } = journey.house;
    const setting = { workspace, channel: "C0GONE0001", time: "09:00", zone: "UTC" };
    const set = { ...setting, setBy: dee, setAt: journey.clock.now() };
    await world.store.write((q) => setDigest(q, set));
    const said = await looks();
    expect(said).toContain("*digest channel* <#C0GONE0001>");
    expect(said).toContain("The digest does not come.");
  });

  it("names the scopes that are missing", async () => {
    journey.house.slack.regrant("commands,chat:write,users:read,usergroups:read,channels:read");
    const said = await looks();
    expect(said).toContain("Missing: app_mentions:read, chat:write.public, groups:read.");
  });

  it("says that a policy cannot be read, so that everything is denied", async () => {
    const { world, workspace } = journey.house;
    const saved = { workspace, savedAt: journey.clock.now(), savedBy: dee };
    const document = { version: 1, rules: [{ name: "<!channel> *boom*" }] };
    await world.store.write((q) => savePolicy(q, { ...saved, document }));
    const said = await looks();
    expect(said).toContain("cannot be read, so everything is denied");
    expect(said).not.toContain("<!channel>");
  });
});
