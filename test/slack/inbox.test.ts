import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type InboxDoors, takeIn } from "../../src/slack/inbox.ts";
import type { SlackRequest } from "../../src/slack/read-request.ts";
import { createSeen } from "../../src/slack/seen.ts";
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
    seen: createSeen(),
    keep: async () => true,
    isNew: async () => true,
    ask: async () => undefined,
    judge: () => ({ kind: "within" }),
    giveBack: () => {},
    whisper: () => {},
    unasked: () => {},
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
  const keep = vi.fn(async () => true);

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
    const taken = vi.fn(async () => true);
    const body = { type: "event_callback" };
    await take({ kind: "keep", workspace: "T1", body }, { judge: tooMany, keep: taken });
    expect(taken).toHaveBeenCalledOnce();
  });
});

describe("A2: a request that was here before", () => {
  const form: SlackRequest = {
    kind: "submit",
    workspace: "T1",
    body: { type: "view_submission", user: { id: "U1" } },
  };
  const command: SlackRequest = {
    kind: "keep",
    workspace: "T1",
    body: { command: "/campaign", user_id: "U1" },
  };
  const typing: SlackRequest = {
    kind: "suggest",
    workspace: "T1",
    body: { type: "block_suggestion", user: { id: "U1" } },
  };
  const within = vi.fn(() => ({ kind: "within" }) as const);

  it("uses up nobody's limit: of thirty-six copies at once, one is judged and kept", async () => {
    const keep = vi.fn(async () => true);
    const [seen, judge] = [createSeen(), vi.fn(within)];
    const copies = Array.from({ length: 36 }, () => take(command, { seen, keep, judge }));
    for (const answer of await Promise.all(copies)) expect(answer).toEqual({ status: 200 });
    expect(await take(command, { seen, keep, judge })).toEqual({ status: 200 });
    expect(judge).toHaveBeenCalledOnce();
    expect(keep).toHaveBeenCalledOnce();
  });

  it("is not acknowledged before the first is kept, and is taken itself where the first could not be", async () => {
    const seen = createSeen();
    let fail = (_error: Error) => {};
    const broken = new Promise<boolean>((_resolve, reject) => {
      fail = reject;
    });
    const first = take(command, { seen, keep: () => broken });
    const keep = vi.fn(async () => true);
    const second = take(command, { seen, keep });
    expect(keep).not.toHaveBeenCalled();
    fail(new Error("disk full"));
    expect((await first).json).toBeDefined();
    expect(await second).toEqual({ status: 200 });
    expect(keep).toHaveBeenCalledOnce();
  });

  it("is given back to its sender where only the database knew of it", async () => {
    const giveBack = vi.fn();
    const doors = { judge: within, giveBack };
    await take(command, { ...doors, keep: async () => false });
    await take(form, { ...doors, isNew: async () => false });
    const sender = { workspace: "T1", user: "U1", sending: "act" };
    expect(giveBack.mock.calls).toEqual([[sender], [sender]]);
    await take(typing, { ...doors, isNew: async () => false });
    expect(giveBack).toHaveBeenLastCalledWith({ workspace: "T1", user: "U1", sending: "type" });
  });

  it("is offered no campaigns when it is a type-ahead", async () => {
    const seen = createSeen();
    const ask = vi.fn(async () => ({ options: [{ value: "1" }] }));
    expect((await take(typing, { seen, ask })).json).toEqual({ options: [{ value: "1" }] });
    expect((await take(typing, { seen, ask })).json).toEqual({ options: [] });
    expect((await take(typing, { ask, isNew: async () => false })).json).toEqual({ options: [] });
    expect(ask).toHaveBeenCalledOnce();
  });

  it("is not done by a replay after somebody was told that it was not done", async () => {
    const seen = createSeen();
    const judge = () =>
      ({ kind: "too_many", whose: "person", limit: 30, retryAfterSeconds: 2 }) as const;
    await take(command, { seen, judge });
    const keep = vi.fn(async () => true);
    expect(await take(command, { seen, keep })).toEqual({ status: 200 });
    expect(keep).not.toHaveBeenCalled();
  });
});

describe("H68: what else a person can send", () => {
  const tooMany = () =>
    ({ kind: "too_many", whose: "person", limit: 30, retryAfterSeconds: 2 }) as const;

  it("is judged: a mention is passed over, and nothing is stored", async () => {
    const event = { type: "app_mention", user: "U1", channel: "C1" };
    const body = { type: "event_callback", event };
    const [keep, judge] = [vi.fn(async () => true), vi.fn(tooMany)];
    expect(await take({ kind: "keep", workspace: "T1", body }, { keep, judge })).toEqual({
      status: 200,
    });
    expect(judge).toHaveBeenCalledWith({ workspace: "T1", user: "U1", sending: "call" });
    expect(keep).not.toHaveBeenCalled();
  });

  it("is judged: a type-ahead offers nothing, and nothing is looked up", async () => {
    const body = { type: "block_suggestion", user: { id: "U1" } };
    const [ask, judge] = [vi.fn(), vi.fn(tooMany)];
    const answer = await take({ kind: "suggest", workspace: "T1", body }, { ask, judge });
    expect(answer.json).toEqual({ options: [] });
    expect(judge).toHaveBeenCalledWith({ workspace: "T1", user: "U1", sending: "type" });
    expect(ask).not.toHaveBeenCalled();
  });
});
