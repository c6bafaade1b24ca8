import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { vendorNames } from "../../src/domain/campaign.ts";
import { expectHarmless } from "../slack/cards/harmless.ts";
import { known } from "../slack/cards/hostile.ts";
import { comes, setsDigest } from "../support/digest.ts";
import { type Journey, startJourney } from "../support/journey.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.ends());

/** Gives every campaign of every vendor a name from the list, as its people might there. */
function namesAreHostile(): void {
  let next = 0;
  for (const vendor of vendorNames) {
    for (const campaign of journey.house.vendors[vendor].campaigns()) {
      const name = known[next % known.length] ?? "";
      journey.house.vendors[vendor].add({ ...campaign, name });
      next += 1;
    }
  }
}

describe("E36, E37: campaigns with hostile names at every platform", () => {
  it("mention, link and hide nothing in whatever Slack is sent, and nothing is unfurled", async () => {
    namesAreHostile();
    await setsDigest(journey, "dee", { time: "09:00" });
    const reason = known.slice(0, 12).join(" ");
    for (const vendor of vendorNames) {
      const [running] = journey.house.vendors[vendor].campaigns();
      await journey.types("ana", `list ${vendor}`);
      await journey.types("ana", `status ${vendor}:${running?.id}`);
      await journey.types("dee", `pause ${vendor}:${running?.id} because ${reason}`);
    }
    for (const name of known.slice(0, 8)) await journey.types("ana", `pause "${name}"`);
    for (const text of ["resume burki:7", "status", "history", "connections", reason]) {
      await journey.types("ana", text);
    }
    await comes(journey, new Date(journey.clock.now().getTime() + 24 * 3_600_000));
    const calls = journey.house.slack.calls();
    for (const { args } of calls) expectHarmless(args);
    const posts = calls.filter(({ method }) => method === "chat.postMessage");
    expect(posts.length).toBeGreaterThan(5);
    for (const { args } of posts) {
      expect(args).toMatchObject({ unfurl_links: "false", unfurl_media: "false" });
    }
    expect(calls.filter(({ method }) => method === "response_url").length).toBeGreaterThan(20);
  });
});
