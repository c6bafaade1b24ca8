import { beforeEach, describe, expect, it } from "vitest";
import type { Fault } from "../../../sandbox/slack/types.ts";
import { says } from "../../../src/slack/cards/message.ts";
import { mrkdwn } from "../../../src/slack/cards/text.ts";
import { untilSlackTakesIt } from "../../../src/slack/deliver/as-slack-allows.ts";
import { postTo } from "../../../src/slack/deliver/post.ts";
import { aStage, outreach } from "./a-card.ts";

let stage: Awaited<ReturnType<typeof aStage>>;
beforeEach(async () => {
  stage = await aStage();
});

/** Milliseconds until a message comes back that has been tried for so long; 0 if Slack took it. */
async function comesBackAfter(ageMs: number): Promise<number> {
  const { world, web, workspace, clock } = stage;
  const troubledAt = ageMs > 0 ? new Date(clock.at.getTime() - ageMs) : null;
  const job = { id: 1, kind: "show_change", workspace, troubledAt };
  const outcome = await untilSlackTakesIt(world, job, async () => {
    await postTo(web, workspace, outreach, says(mrkdwn`hello`));
  });
  if (outcome.kind === "over") throw outcome.error;
  return outcome.kind === "done" ? 0 : outcome.at.getTime() - clock.at.getTime();
}
const trouble = (fault: Omit<Fault, "method">) =>
  stage.slack.faults.set({ method: "chat.postMessage", ...fault });

describe("H69: a message that Slack does not take", () => {
  it.each<Omit<Fault, "method">>([
    { status: 500 },
    { status: 503 },
    { error: "internal_error" },
    { error: "service_unavailable" },
  ])("comes back soon at first and every half minute after an hour: %o", async (fault) => {
    trouble(fault);
    expect(await comesBackAfter(0)).toBe(375);
    expect(await comesBackAfter(8_000)).toBe(6_000);
    expect(await comesBackAfter(3_600_000)).toBe(22_500);
    stage.slack.faults.set(null);
    expect(await comesBackAfter(3_600_000)).toBe(0);
  });

  it("comes back when Slack says, if Slack says", async () => {
    trouble({ error: "ratelimited", retryAfter: 90 });
    expect(await comesBackAfter(0)).toBe(90_000);
  });

  it("rests for ten minutes when our token has ended, and does not ask Slack each time", async () => {
    stage.slack.revokeTokens();
    expect(await comesBackAfter(0)).toBe(600_000);
    stage.slack.faults.set(null);
  });

  it("comes back like after a trouble that passes when we do not know Slack's word", async () => {
    trouble({ error: "the_moon_is_full" });
    expect(await comesBackAfter(0)).toBe(375);
    expect(await comesBackAfter(8_000)).toBe(6_000);
  });

  it("is over at once where Slack refuses it for good, and nobody has dealt with that", async () => {
    trouble({ error: "is_archived" });
    await expect(comesBackAfter(0)).rejects.toThrow("is_archived");
  });
});
