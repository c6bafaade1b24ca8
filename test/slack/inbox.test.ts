import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type InboxDoors, takeIn } from "../../src/slack/inbox.ts";
import type { SlackRequest } from "../../src/slack/read-request.ts";
import { textOf } from "../support/journey.ts";

const form: SlackRequest = { kind: "submit", workspace: "T1", body: { type: "view_submission" } };
const typing: SlackRequest = { kind: "suggest", workspace: "T1", body: {} };

let faults: unknown[];
beforeEach(() => {
  faults = [];
});
afterEach(() => {
  vi.useRealTimers();
});

const take = (request: SlackRequest, doors: Partial<InboxDoors>) =>
  takeIn(request, "key", {
    keep: async () => {},
    isNew: async () => true,
    ask: async () => undefined,
    judge: () => ({ kind: "within" }),
    whisper: () => {},
    onFault: (error) => void faults.push(error),
    ...doors,
  });

function viewIn(json: unknown): { blocks: unknown[] } {
  return (json as { view: { blocks: unknown[] } }).view;
}

describe("a form", () => {
  it("is answered with what its listener says", async () => {
    const json = { response_action: "errors", errors: { name: "no" } };
    expect(await take(form, { ask: async () => json })).toEqual({ status: 200, json });
  });

  it("closes when its listener says nothing", async () => {
    expect(await take(form, {})).toEqual({ status: 200, json: undefined });
  });

  it("is worked once: the same bytes again are answered and touch nothing", async () => {
    const ask = vi.fn();
    expect(await take(form, { isNew: async () => false, ask })).toEqual({ status: 200 });
    expect(ask).not.toHaveBeenCalled();
  });

  it("stays open under a sentence when its listener throws, so that nothing typed is lost", async () => {
    const answer = await take(form, { ask: () => Promise.reject(new Error("a bug")) });
    expect(answer).toMatchObject({ status: 200, json: { response_action: "push" } });
    expect(textOf(viewIn(answer.json))).toContain("Something went wrong on our side");
    expect(faults).toHaveLength(1);
  });

  it("is not worked when it could not be remembered", async () => {
    const ask = vi.fn();
    const answer = await take(form, { isNew: () => Promise.reject(new Error("disk full")), ask });
    expect(answer).toMatchObject({ status: 200, json: { response_action: "push" } });
    expect(ask).not.toHaveBeenCalled();
  });

  it("gets an answer before Slack's three seconds are over, whatever its listener does", async () => {
    vi.useFakeTimers();
    let fail = (_error: Error) => {};
    const ask = () =>
      new Promise((_resolve, reject) => {
        fail = reject;
      });
    const taking = take(form, { ask });
    await vi.advanceTimersByTimeAsync(2_500);
    const answer = await taking;
    expect(answer).toMatchObject({ status: 200, json: { response_action: "push" } });
    expect(textOf(viewIn(answer.json))).toContain("It may still go through");
    fail(new Error("and then it broke"));
    await vi.advanceTimersByTimeAsync(1);
    expect(faults).toHaveLength(1);
  });
});

describe("a type-ahead", () => {
  const none = { status: 200, json: { options: [] } };

  it("offers what its listener found", async () => {
    const json = { options: [{ value: "1" }] };
    expect(await take(typing, { ask: async () => json })).toEqual({ status: 200, json });
  });

  it("offers nothing when its listener throws, or has nothing to say", async () => {
    expect(await take(typing, { ask: () => Promise.reject(new Error("a bug")) })).toEqual(none);
    expect(await take(typing, {})).toEqual(none);
  });

  it("offers nothing when it takes too long", async () => {
    vi.useFakeTimers();
    const taking = take(typing, { ask: () => new Promise(() => {}) });
    await vi.advanceTimersByTimeAsync(2_500);
    expect(await taking).toEqual(none);
  });
});

describe("somebody who sends too much", () => {
  const tooMany = () =>
    ({ kind: "too_many", whose: "person", limit: 30, retryAfterSeconds: 2 }) as const;
  const keep = vi.fn(async () => {});

  it("is told so after a command, and nothing is stored", async () => {
    const body = { command: "/campaign", user_id: "U1" };
    const answer = await take({ kind: "keep", workspace: "T1", body }, { judge: tooMany, keep });
    expect(answer.status).toBe(200);
    expect(JSON.stringify(answer.json)).toContain("nothing was done");
    expect(keep).not.toHaveBeenCalled();
  });

  it("is told so after a click by the click's own address, and nothing is stored", async () => {
    const whisper = vi.fn();
    const body = { user: { id: "U1" }, response_url: "https://hooks.slack.com/x" };
    const doors = { judge: tooMany, keep, whisper };
    const answer = await take({ kind: "keep", workspace: "T1", body }, doors);
    expect(answer).toEqual({ status: 200 });
    expect(whisper).toHaveBeenCalledOnce();
    expect(keep).not.toHaveBeenCalled();
  });

  it("keeps what was typed into a form", async () => {
    const ask = vi.fn();
    const sent = { ...form, body: { type: "view_submission", user: { id: "U1" } } };
    const answer = await take(sent, { judge: tooMany, ask });
    expect(answer).toMatchObject({ status: 200, json: { response_action: "push" } });
    expect(ask).not.toHaveBeenCalled();
  });

  it("does not hold up an event, which nobody sent", async () => {
    const taken = vi.fn(async () => {});
    const body = { type: "event_callback" };
    await take({ kind: "keep", workspace: "T1", body }, { judge: tooMany, keep: taken });
    expect(taken).toHaveBeenCalledOnce();
  });
});
