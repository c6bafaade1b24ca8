import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSlackRequest } from "../../src/slack/read-request.ts";
import {
  click,
  command,
  commandFields,
  form,
  interaction,
  submission,
  suggestion,
} from "./a-receiver.ts";

const read = (body: string) => readSlackRequest(form, body);
const readEvent = (event: object) => readSlackRequest("application/json", JSON.stringify(event));

describe("a request that Slack signed", () => {
  it("is a command to be kept, with nothing in it that we did not ask for", () => {
    const body = `${command}&token=old&user_name=ana&api_app_id=A1`;
    expect(read(body)).toEqual({ kind: "keep", workspace: "T1", body: commandFields });
  });

  it("D33b: is a click to be kept, without what was typed into the view around it", () => {
    const state = { values: { field: { value: { type: "plain_text_input", value: "k3y" } } } };
    const view = { id: "V1", callback_id: "connect_modal", state };
    const taken = read(interaction({ ...click, view, state, token: "old" }));
    expect(taken.kind).toBe("keep");
    expect(JSON.stringify(taken)).not.toContain("k3y");
  });

  it("D33b: is a form to be answered, never to be kept", () => {
    expect(read(interaction(submission))).toMatchObject({ kind: "submit", workspace: "T1" });
  });

  it("is a type-ahead to be answered", () => {
    expect(read(interaction(suggestion))).toMatchObject({ kind: "suggest", workspace: "T1" });
  });

  it("is nothing to us when a view was closed", () => {
    expect(read(interaction({ type: "view_closed" }))).toEqual({ kind: "nothing" });
  });

  it("is nothing to us, and named, when an event came that we did not ask for", () => {
    const event = { type: "event_callback", team_id: "T1", event_id: "Ev1", event: { type: "x" } };
    expect(readEvent(event)).toEqual({ kind: "nothing", unasked: "x" });
    const limited = { type: "app_rate_limited", team_id: "T1", minute_rate_limited: 1_700_000_000 };
    expect(readEvent(limited)).toEqual({ kind: "nothing", unasked: "app_rate_limited" });
  });

  it.each([
    "shortcut",
    "message_action",
    "dialog_submission",
    "dialog_cancellation",
    "dialog_suggestion",
    "interactive_message",
    "workflow_step_edit",
    "something_of_next_year",
  ])(
    "is nothing to us, and named, when it is an interaction that we did not ask for: %s",
    (type) => {
      expect(read(interaction({ type, team: { id: "T1" }, user: { id: "U1" } }))).toEqual({
        kind: "nothing",
        unasked: type,
      });
    },
  );
});

describe("whose workspace it is", () => {
  const elsewhere = { ...submission, team: { id: "T_THEIRS" } };

  it("B13: is the one in which the app is installed, also for somebody of another organisation", () => {
    const view = { ...submission.view, app_installed_team_id: "T_OURS" };
    const taken = read(interaction({ ...elsewhere, view }));
    expect(taken).toMatchObject({
      kind: "submit",
      workspace: "T_OURS",
      body: { team: { id: "T_OURS" } },
    });
  });

  it("is known to the listeners by the same name as to the queue", () => {
    const view = { id: "V1", callback_id: "x", app_installed_team_id: "T_OURS" };
    const taken = read(interaction({ ...click, team: null, view }));
    expect(taken).toMatchObject({ workspace: "T_OURS", body: { team: { id: "T_OURS" } } });
  });

  it("B16: is never guessed from the person's own team", () => {
    const theirs = { id: "U_SAM", team_id: "T_THEIRS" };
    expect(read(interaction({ ...click, team: null, user: theirs }))).toMatchObject({
      kind: "keep",
      workspace: "",
      body: { team: null },
    });
  });
});

/** Anything that JSON can say, in the place of any part of a real payload. */
const bases = [click, submission, suggestion];
const mutated = fc
  .tuple(
    fc.constantFrom(...bases),
    fc.array(fc.tuple(fc.nat(40), fc.jsonValue()), { maxLength: 4 }),
  )
  .map(([base, changes]) => {
    const copy = structuredClone(base) as Record<string, unknown>;
    for (const [at, value] of changes) put(copy, at, value);
    return copy;
  });

function put(thing: Record<string, unknown>, at: number, value: unknown): void {
  const names = Object.keys(thing);
  const name = names[at % names.length];
  if (name === undefined) return;
  const inner = thing[name];
  const deeper = typeof inner === "object" && inner !== null && !Array.isArray(inner);
  if (deeper && at > names.length) put(inner as Record<string, unknown>, at - names.length, value);
  else thing[name] = value;
}

describe("whatever comes", () => {
  const settings = { seed: 20270104, numRuns: 3_000 };

  it("A5, E41: is read without throwing, and leaves every object as it was", () => {
    fc.assert(
      fc.property(mutated, (payload) => {
        expect(typeof read(interaction(payload)).kind).toBe("string");
      }),
      settings,
    );
    expect(Object.prototype).not.toHaveProperty("polluted");
  });

  it("A5: is read without throwing when it is text of any kind", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom(form, "application/json", "", "text/plain"),
        (body, type) => {
          expect(typeof readSlackRequest(type, body).kind).toBe("string");
        },
      ),
      settings,
    );
  });

  it("E41: names no object's own parts", () => {
    const payload = '{"__proto__":{"polluted":1},"type":"view_closed"}';
    read(new URLSearchParams({ payload }).toString());
    read("__proto__=1&constructor=2&team_id=T1");
    expect(Object.prototype).not.toHaveProperty("polluted");
  });

  it("may be nested as deeply as 256 kB allow", () => {
    const deep = `${"[".repeat(120_000)}${"]".repeat(120_000)}`;
    const payload = `{"type":"view_submission","team":{"id":"T1"},"user":{"id":"U1"},"view":{"id":"V","callback_id":"c","state":{"values":{"a":{"b":{"type":"x","value":${deep}}}}}}}`;
    expect(() => read(new URLSearchParams({ payload }).toString())).not.toThrow();
  });
});
