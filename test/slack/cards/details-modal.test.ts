import { describe, expect, it } from "vitest";
import { type DetailsLook, detailsModal } from "../../../src/slack/cards/details-modal.ts";
import { modalFaults } from "../../support/block-kit.ts";
import { textOf } from "../../support/journey.ts";
import { aChange, minutesLater } from "./samples.ts";

const at = minutesLater(1);
function look(parts: Partial<DetailsLook>): string {
  const modal = detailsModal({
    change: aChange(),
    audit: [],
    attempts: [],
    live: [],
    readAt: at,
    ...parts,
  });
  expect(modalFaults(modal)).toEqual([]);
  return textOf(modal as Parameters<typeof textOf>[0]);
}
const line = (event: string, detail: object = {}, actor = "U0BEN") => ({
  at,
  actor,
  event,
  detail: JSON.stringify(detail),
});

describe("the story of a change", () => {
  it("says who voted which way, with the reason they gave", () => {
    const audit = [
      line("voted", { kind: "approve" }),
      line("voted", { kind: "deny", reason: "not *today*" }, "U0CHI"),
    ];
    expect(look({ audit })).toContain("<@U0BEN> voted for it\n");
    expect(look({ audit })).toContain("<@U0CHI> voted against it: not ∗today∗");
  });

  it("says what Fermata itself did, and gives an event without words of its own by its name", () => {
    const audit = [line("expired", {}, "fermata"), line("moon_rose"), line("constructor")];
    const words = look({ audit });
    expect(words).toContain("Fermata let it expire, because its time was over");
    expect(words).toContain("<@U0BEN> moon rose");
    expect(words).toContain("<@U0BEN> constructor");
  });

  it("says how many of the oldest lines it leaves out, and none where it leaves out none", () => {
    const lines = (count: number) => Array.from({ length: count }, (_, n) => line(`event_${n}.`));
    expect(look({ audit: lines(60) })).not.toContain("left out");
    const words = look({ audit: lines(63) });
    expect(words).toContain("The oldest 3 lines are left out.");
    expect(words).not.toContain("event 2.");
    expect(words).toContain("event 3.");
    expect(words).toContain("event 62.");
  });

  it("says what each call to the platform came to", () => {
    const call = { targetId: "chg_7Q2.1", startedAt: at };
    const words = look({
      attempts: [
        { ...call, number: 1, result: "refused", detail: "it said <no>" },
        { ...call, number: 2, result: "accepted" },
        { ...call, number: 3 },
        { ...call, targetId: "chg_7Q2.9", number: 1, result: "accepted" },
      ],
    });
    expect(words).toContain("“Spring launch” on Burki, call 1: refused (it said &lt;no&gt;)");
    expect(words).toContain("call 2: accepted\n");
    expect(words).toContain("call 3: no answer on record");
    expect(words).toContain("a campaign, call 1: accepted");
    expect(look({})).not.toContain("Calls to the platform");
  });
});
