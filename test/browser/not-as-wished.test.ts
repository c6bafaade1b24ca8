import { describe, expect, it } from "vitest";
import { card, press } from "./a-browser.ts";
import { seated } from "./a-seat.ts";

const here = seated("not-as-wished");
const fault = (vendor: string, name: string) => here.act("fault", { vendor, fault: name });
const passes = (seconds: number) => here.act("clock", { advanceMs: seconds * 1000 });

describe("a change that does not come out as it was wished, in the browser", () => {
  it("is watched, says that its platform did not keep to it, and can be tried again", async () => {
    const { page } = here.seat;
    await here.seat.become("ana");
    await fault("peachdesk", "undoes-it");
    await here.seat.type("/campaign pause peachdesk:42 because wrong price");
    const first = card(page, "peachdesk:42").first();
    await first.getByText("Paused, still being watched").waitFor();
    await here.picture("watched");
    await passes(20);
    await first.getByText("Did not stay paused").first().waitFor();
    expect(await here.state("peachdesk", "42")).toBe("running");
    await here.picture("undone");
    await fault("peachdesk", "fine");
    await press(first, /^Try again/);
    const second = card(page, "follows").first();
    await second.getByText("Paused, still being watched").waitFor();
    expect(await here.state("peachdesk", "42")).toBe("paused");
  });

  it("could not be found out while the platform is dark, and is once it is back", async () => {
    const { page } = here.seat;
    await fault("burki", "unreadable-after-acting");
    await here.seat.type("/campaign pause burki:42 because wrong price");
    const dark = card(page, "burki:42").first();
    await dark.getByText("Before the call, Burki showed").waitFor();
    await here.picture("dark");
    for (let tries = 0; tries < 4; tries += 1) await passes(40);
    await dark.getByText("We could not find out whether").waitFor();
    await here.picture("not-found-out");
    await fault("burki", "fine");
    await passes(120);
    await press(dark, /^Check again/);
    await dark.getByText("so the pause has taken effect").waitFor();
    await here.picture("found-out");
  });

  it("raised no fault in the browser", () => {
    expect(here.seat.faults).toEqual([]);
  });
});
