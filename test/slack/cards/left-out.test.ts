import { describe, expect, it } from "vitest";
import type { ChangeState } from "../../../src/domain/change.ts";
import { emptyScope, type StopScope } from "../../../src/domain/stop-scope.ts";
import { leftOutNotice, scopeLines } from "../../../src/slack/cards/left-out.ts";
import { textOf } from "../../support/journey.ts";

const words = (scope: Partial<StopScope>) => textOf(leftOutNotice({ ...emptyScope, ...scope }));
const lines = (scope: Partial<StopScope>, state: ChangeState = "running") =>
  scopeLines({ scope: { ...emptyScope, ...scope }, state })
    .map(({ mrkdwn }) => mrkdwn)
    .join("\n");
const since = "2026-11-22T10:00:00.000Z";

describe("what an emergency stop did not reach", () => {
  it("is each platform that could not be read, and no more where that is all", () => {
    const unread = [
      { connection: "burki", known: 0 },
      { connection: "calls", known: 0 },
    ];
    expect(words({ unread })).toContain("⚠️ burki could not be read: nothing was stopped there.");
    expect(words({ unread })).toContain("⚠️ calls could not be read");
    expect(words({ unread })).toContain("Stop it there by hand, or type the command again.");
    expect(words({ unread })).not.toContain("Left out");
  });

  it("is every campaign of a change that is open, ten of them by name", () => {
    const taken = Array.from({ length: 12 }, (_, at) => `Wave ${at}.`);
    const some = words({ taken: taken.slice(0, 10) });
    expect(some).toContain("10 campaigns");
    expect(some).toContain("Wave 9.");
    expect(some).not.toContain("more");
    const all = words({ taken });
    expect(all).toContain("12 campaigns");
    expect(all).toContain("2 more");
    expect(all).not.toContain("Wave 10.");
  });

  it("names the time of the list by which a platform that cannot be read is stopped", () => {
    const said = words({ unread: [{ connection: "burki", since, known: 3 }] });
    expect(said).toMatch(/3 campaigns that its list of .*2026-11-22 10:00 UTC.* showed running/);
    expect(said).toContain("What is newer is not known.");
    expect(words({ unread: [{ connection: "burki", since, known: 0 }] })).toContain(
      "nothing was stopped there. Its list of",
    );
    expect(words({ unread: [{ connection: "burki", known: 2 }] })).toContain(
      "2 campaigns that Fermata itself resumed",
    );
  });

  it("is not still to be stopped on the card of a stop that has ended", () => {
    const unread = [{ connection: "burki", since, known: 3 }];
    expect(lines({ unread })).toContain("will be stopped by id");
    const ended = lines({ unread }, "done");
    expect(ended).not.toContain("will be stopped");
    expect(ended).toContain("Look there for what is newer: it was not stopped.");
  });

  it("is where the policy does not let the asker stop anything, and what did not fit", () => {
    const denied = [{ connection: "burki", sentence: "The policy does not let you." }];
    expect(words({ denied, beyond: 7 })).toContain("Nothing was stopped at burki. The policy");
    expect(words({ denied, beyond: 7 })).toContain("7 more campaigns did not fit");
  });

  it("is said on the card for as long as platforms are being read", () => {
    expect(lines({ open: [{ id: "con_1", name: "sarvam" }] })).toContain("Still reading sarvam.");
    expect(scopeLines({ state: "running" })).toEqual([]);
    expect(lines({})).toBe("");
  });
});
