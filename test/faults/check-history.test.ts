import { describe, expect, it } from "vitest";
import type { ChainedLine } from "../../src/store/audit.ts";
import { aChange, ana, aTarget, aVote, ben, minutesAfter } from "../domain/builders.ts";
import { checkHistory } from "./check-history.ts";
import type { History, KeptChange } from "./history.ts";

const id = "chg_1";
const place = { channel: "C1", ts: "1.1" };

/** Ana asks for a resume, Ben agrees, Burki is called once and its campaign runs. */
function honest(): History {
  const target = aTarget({ id: `${id}.1`, state: "done", attempts: 1 });
  const attempt = { id: "att_1", targetId: target.id, number: 1, action: "resume" } as const;
  const answered = { workspace: "T1", startedAt: minutesAfter(2), endedAt: minutesAfter(3) };
  const post = { workspace: "T1", id: "pst_1", changeId: id, shownVersion: 9, gone: false };
  const change: KeptChange = {
    ...aChange({ id, state: "done", targets: [target], votes: [aVote()], version: 9 }),
    calls: [{ ...attempt, ...answered, result: "accepted" }],
    posts: [{ ...post, ...place }],
  };
  const effect = { id: "42", from: "paused", to: "running" };
  return {
    requests: [
      { by: ana.id, act: "wish", change: id, outcome: "ok", status: 200, answered: false },
      { by: ben.id, act: "approve", change: id, outcome: "ok", status: 200, answered: false },
    ],
    snapshots: [
      new Map([
        [id, "waiting"],
        [`${id}.1`, "queued"],
      ]),
      new Map([
        [id, "done"],
        [`${id}.1`, "done"],
      ]),
    ],
    changes: [change],
    audit: chained(
      ["asked", 0, { verdict: "approve" }],
      ["voted", 1],
      ["approved", 1],
      ["attempt", 2, { target: `${id}.1` }],
      ["target_ended", 4, { target: `${id}.1` }],
      ["change_ended", 4, { state: "done" }],
    ),
    calls: [{ vendor: "burki", campaign: "42", at: minutesAfter(2.1), effect }],
    cards: [{ ...place, change: id, text: "✅ *Done* · `chg_1`" }],
  };
}

type Told = [event: string, minute: number, detail?: Record<string, unknown>];

function chained(...told: Told[]): ChainedLine[] {
  return told.map(([event, minute, detail = {}], index) => ({
    workspace: "T1",
    seq: index + 1,
    at: minutesAfter(minute),
    actor: "fermata",
    event,
    subject: id,
    detail: JSON.stringify(detail),
    previousHash: index === 0 ? "0".repeat(64) : `hash ${index}`,
    hash: `hash ${index + 1}`,
  }));
}

/** The same history with one thing changed in it. */
function but(bend: (history: History) => Partial<History>): string[] {
  const history = honest();
  return checkHistory({ ...history, ...bend(history) });
}

const first = (history: History): KeptChange => {
  const [change] = history.changes;
  if (!change) throw new Error("it holds no change");
  return change;
};

describe("the checker of histories", () => {
  it("finds nothing in an honest one", () => {
    expect(checkHistory(honest())).toEqual([]);
  });

  it("accepts a request without an answer, on record or not", () => {
    const requests = honest().requests.map((one) => ({ ...one, outcome: "info" as const }));
    const nothing = { changes: [], audit: [], calls: [], cards: [], snapshots: [] };
    expect(but(() => ({ requests }))).toEqual([]);
    expect(but(() => ({ requests, ...nothing }))).toEqual([]);
  });

  it("accepts a wish that is not on record but was refused in words", () => {
    const requests = honest().requests.map((one) => ({ ...one, answered: true }));
    const nothing = { changes: [], audit: [], calls: [], cards: [], snapshots: [] };
    expect(but(() => ({ requests, ...nothing }))).toEqual([]);
  });

  it("accepts a denial that came before anything was begun", () => {
    const told: Told[] = [
      ["asked", 0, { verdict: "approve" }],
      ["approved", 1],
      ["voted", 1.5],
      ["denied", 1.5],
    ];
    const denied = (history: History) => ({ ...first(history), state: "denied" as const });
    expect(
      but((history) => ({
        changes: [{ ...denied(history), calls: [] }],
        audit: chained(...told),
        calls: [],
        snapshots: [],
        cards: [{ ...place, change: id, text: "*Denied*" }],
      })),
    ).toEqual([]);
  });

  it.each<[string, (history: History) => Partial<History>, string]>([
    [
      "a wish that was acknowledged and is nowhere",
      () => ({ changes: [], audit: [], calls: [], cards: [], snapshots: [] }),
      "lost: a wish",
    ],
    [
      "an approval that was acknowledged and does not count",
      (history) => ({ changes: [{ ...first(history), votes: [] }] }),
      "lost: a approve",
    ],
    [
      "a second, blind call within one attempt",
      ({ calls }) => ({ calls: [...calls, ...calls.map((call) => ({ ...call, effect: null }))] }),
      "a blind call",
    ],
    [
      "a second state change of one target",
      (history) => ({
        changes: [
          {
            ...first(history),
            calls: [1, 2].flatMap((number) =>
              first(history).calls.map((call) => ({
                ...call,
                number,
                startedAt: minutesAfter(1.5 + number / 2),
              })),
            ),
          },
        ],
        calls: [2.1, 2.6].flatMap((at) =>
          history.calls.map((call) => ({ ...call, at: minutesAfter(at) })),
        ),
      }),
      "done twice",
    ],
    [
      "a call that is on no record",
      (history) => ({ changes: [{ ...first(history), calls: [] }] }),
      "a call without a record",
    ],
    [
      "a call before anybody agreed",
      ({ audit }) => ({
        audit: audit.map((line) =>
          line.event === "approved" ? { ...line, at: minutesAfter(3) } : line,
        ),
      }),
      "a call without consent",
    ],
    [
      "a call after the end",
      ({ calls }) => ({ calls: calls.map((call) => ({ ...call, at: minutesAfter(5) })) }),
      "a call after the end",
    ],
    [
      "a second decision",
      () => ({
        audit: chained(
          ["asked", 0, { verdict: "approve" }],
          ["approved", 1],
          ["attempt", 2],
          ["denied", 3],
          ["change_ended", 4, { state: "done" }],
        ),
      }),
      "decided twice",
    ],
    [
      "a decision after the end",
      ({ audit }) => ({
        audit: [...audit, ...chained(["voted", 9])].map((line, index) => ({
          ...line,
          seq: index + 1,
          previousHash: index === 0 ? line.previousHash : `hash ${index}`,
          hash: `hash ${index + 1}`,
        })),
      }),
      "decided late",
    ],
    [
      "an end that moved to another between two looks",
      ({ snapshots }) => ({ snapshots: [new Map([[id, "failed"]]), ...snapshots.slice(1)] }),
      "an end that moved",
    ],
    [
      "an end that was forgotten",
      ({ snapshots }) => ({ snapshots: [...snapshots, new Map()] }),
      "an end that moved",
    ],
    [
      "a gap in the audit",
      ({ audit }) => ({ audit: audit.filter(({ seq }) => seq !== 2) }),
      "a broken chain",
    ],
    ["a line of the audit that was altered", () => ({ chainFault: "line 3" }), "a broken chain"],
    [
      "a card that shows another state",
      ({ cards }) => ({ cards: cards.map((card) => ({ ...card, text: "*Working…*" })) }),
      "an untrue card",
    ],
    ["a change of which there is no card", () => ({ cards: [] }), "no card"],
  ])("catches %s", (_, bend, fault) => {
    expect(but(bend).join("\n")).toContain(fault);
  });
});
