import { beforeEach, describe, expect, it } from "vitest";
import type { Person } from "../../src/domain/person.ts";
import { applyPolicy, readPolicyText } from "../../src/flows/policy-text.ts";
import {
  type Submitted,
  submitChange,
  type TypedSubmission,
} from "../../src/flows/submit-change.ts";
import { auditOf } from "../../src/store/audit.ts";
import { listChanges } from "../../src/store/changes.ts";
import { claim } from "../../src/store/claim.ts";
import { anAdmin, ana, aPerson } from "../domain/builders.ts";
import { type AWorld, aCampaign, aWorld, connected, workspace } from "./a-world.ts";

let here: AWorld;
beforeEach(async () => {
  here = await aWorld();
  here.shops.burki.campaigns.push(
    aCampaign(),
    aCampaign({ id: "7", name: "Early renewal", phase: "paused", word: "paused" }),
    aCampaign({ id: "55", name: "Teaser", phase: "draft", word: "draft" }),
  );
  await connected(here.world, "burki");
  await connected(here.world, "talkdesk");
});

const exact = (id: string, connection = "burki") => ({ kind: "exact" as const, connection, id });

function ask(by: Person, parts: Partial<TypedSubmission> = {}): Promise<Submitted> {
  return submitChange(here.world, {
    workspace,
    requestKey: "one",
    by,
    channel: "C1",
    action: "pause",
    targets: [exact("42")],
    ...parts,
  });
}

const all = () => here.world.store.read((q) => listChanges(q, { workspace, limit: 10 }));
const sentenceOf = (submitted: Submitted) =>
  submitted.kind === "refused" ? submitted.sentence : "";
const jobs = async () => {
  const at = new Date(here.clock.at.getTime() + 9 * 3_600_000);
  const due = await claim(here.world.store, { token: "t", count: 20, leaseMs: 1, now: at });
  return due.map(({ kind }) => kind).toSorted();
};

describe("a wish", () => {
  it("is a change on record, with the jobs that follow, when the policy allows it", async () => {
    expect(await ask(ana)).toMatchObject({ kind: "submitted", change: { state: "approved" } });
    expect(await jobs()).toEqual(["apply_target", "show_change"]);
  });

  it("waits, and will expire, when the policy asks for approval", async () => {
    const submitted = await ask(ana, { action: "resume", targets: [exact("7")] });
    expect(submitted).toMatchObject({ kind: "submitted", change: { state: "waiting" } });
    expect(await jobs()).toEqual(["expire_change", "read_reach", "show_change"]);
  });

  it("is one change, however often its request is worked", async () => {
    const [first, second] = await Promise.all([ask(ana), ask(ana)]);
    const third = await ask(ana);
    expect(first).toMatchObject({ kind: "submitted" });
    expect(second).toEqual(first);
    expect(third).toEqual(first);
    expect(await all()).toHaveLength(1);
  });

  it("is refused and on record when the policy denies it", async () => {
    const guest = aPerson({ id: "U_GUS", kind: "guest" });
    expect((await ask(guest)).kind).toBe("refused");
    expect(await all()).toEqual([]);
    const lines = await here.world.store.read((q) => auditOf(q, workspace, "U_GUS"));
    expect(lines.at(-1)).toMatchObject({ event: "refused", actor: "U_GUS" });
  });

  it("goes to the policy's channel where there is one", async () => {
    const text = "{version: 1, channel: C0POLICY, rules: [{name: all, when: {}, then: allow}]}";
    const read = readPolicyText(text);
    if (read.kind !== "policy") throw new Error(read.problems.join());
    const { policy } = read;
    await applyPolicy(here.world, { workspace, policy, by: "U_ADA" });
    expect(await ask(ana)).toMatchObject({ change: { channel: "C0POLICY", policyVersion: 1 } });
  });

  it("for what the vendor cannot do is answered so, and nobody is asked", async () => {
    here.shops.talkdesk.campaigns.push(aCampaign());
    const submitted = await ask(anAdmin, { action: "cancel", targets: [exact("42", "talkdesk")] });
    expect(sentenceOf(submitted)).toBe("Talkdesk has no cancel.");
  });

  it("for what is so already is not put before an approver", async () => {
    const submitted = await ask(ana, { action: "resume" });
    expect(sentenceOf(submitted)).toContain("There is nothing to ask for");
    expect(await all()).toEqual([]);
  });

  it("to resume a draft is not put before an approver", async () => {
    const submitted = await ask(ana, { action: "resume", targets: [exact("55")] });
    expect(sentenceOf(submitted)).toContain("Nothing was sent");
  });

  it("for more than a hundred campaigns is too much for one change", async () => {
    const more = Array.from({ length: 101 }, (_, index) => String(index + 1000));
    here.shops.burki.campaigns.push(...more.map((id) => aCampaign({ id, name: `No ${id}` })));
    const submitted = await ask(anAdmin, { targets: more.map((id) => exact(id)) });
    expect(sentenceOf(submitted)).toContain("101 campaigns");
    expect(await all()).toEqual([]);
  });

  it("for a campaign that has an open change is shown that one", async () => {
    await ask(ana, { action: "resume", targets: [exact("7")] });
    const second = await ask(anAdmin, {
      requestKey: "two",
      action: "cancel",
      targets: [exact("7")],
    });
    expect(sentenceOf(second)).toContain("A resume of “Early renewal” is still open");
    expect(await all()).toHaveLength(1);
  });
});
