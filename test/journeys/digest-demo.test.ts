import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Demo, startDemo } from "../../sandbox/demo.ts";
import type { WireState } from "../../sandbox/page/wire.ts";
import { nextLocalTime } from "../../src/domain/when.ts";
import { patience } from "../support/digest.ts";

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo({ port: 0, latencyMs: 0 });
});
afterAll(() => demo.close());

async function act(name: string, body: object): Promise<void> {
  const response = await fetch(`${demo.url}/act/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
}

async function seen(): Promise<WireState> {
  const response = await fetch(`${demo.url}/state?person=dee`);
  return (await response.json()) as WireState;
}

describe("the demo page's clock", () => {
  it("brings the digest when it is moved to its minute, once a day", async () => {
    const [person, channel, time] = ["dee", "C0OUTREACH", "09:00"];
    await act("command", { person, channel, text: "/campaign digest" });
    const saveable = async () => (await seen()).views.find(({ submit }) => submit);
    const form = await vi.waitUntil(saveable, patience);
    await act("submit", { person, viewId: form.id, values: { on: "on", channel, time } });
    const after = new Date((await seen()).now);
    const first = nextLocalTime({ zone: "Europe/Berlin", time, after });
    const second = nextLocalTime({ zone: "Europe/Berlin", time, after: first });
    expect(await digests()).toEqual([]);

    await act("clock", { at: first.toISOString() });
    await vi.waitUntil(async () => (await digests()).length > 0, patience);
    await act("clock", { advanceMs: 60 * 60_000 });
    await act("clock", { at: second.toISOString() });
    await vi.waitUntil(async () => (await digests()).length > 1, patience);
    expect(new Set(await digests()).size).toBe(2);
    expect(await digests()).toHaveLength(2);
  });
});

/** The headers of the digests in front of Dee. */
async function digests(): Promise<string[]> {
  const { messages } = await seen();
  return messages.flatMap(({ text }) => /^Campaigns on [^:]+/.exec(text)?.[0] ?? []);
}
