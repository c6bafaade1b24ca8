import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { House } from "../../../sandbox/house.ts";
import { listChanges } from "../../../src/store/changes.ts";
import { settled, textOf } from "../../support/journey.ts";
import { interaction } from "../a-receiver.ts";
import { aHouse, openHouse, outreach, people } from "./a-house.ts";

/** A resume that waits for Dee, beside a pause that is done. */
async function scene(open: () => Promise<House> = aHouse) {
  const house = await open();
  for (const text of ["pause burki:42", "resume burki:42 because wrong price"]) {
    await house.slack.typeCommand("ana", outreach, `/campaign ${text}`);
    await settled(house);
  }
  const all = await house.world.store.read((q) =>
    listChanges(q, { workspace: house.workspace, limit: 10 }),
  );
  const idOf = (action: string) => all.find((change) => change.action === action)?.id ?? "";
  const cards = house.slack.messages(outreach).filter(({ threadTs }) => !threadTs);
  const tsWith = (id: string) => cards.find((card) => textOf(card).includes(id))?.ts ?? "";
  const [mine, other] = [idOf("resume"), idOf("pause")];
  return { house, mine, other, ts: tsWith(mine), tsOfOther: tsWith(other) };
}
type Scene = Awaited<ReturnType<typeof scene>>;

/** Dee's press of Approve as Slack would send it, with these parts of it changed. */
function press({ house, mine, ts }: Scene, parts: { action?: object; body?: object }): string {
  const action = {
    type: "button",
    action_id: "review_approve",
    block_id: `${mine}:1`,
    value: mine,
  };
  return interaction({
    type: "block_actions",
    team: { id: house.workspace },
    user: { id: people.dee, team_id: house.workspace },
    channel: { id: outreach },
    message: { ts, bot_id: house.slack.botId },
    actions: [{ ...action, ...parts.action }],
    trigger_id: "1.2.abc",
    ...parts.body,
  });
}

async function stateOf({ house, mine }: Scene) {
  const about = { workspace: house.workspace, limit: 10 };
  const all = await house.world.store.read((q) => listChanges(q, about));
  const change = all.find(({ id }) => id === mine);
  return [change?.state, change?.votes.length];
}

const unknownTs = "1700000000.000100";
const changing = (house: House) => house.vendors.burki.log().filter(({ changing }) => changing);

type Parts = Parameters<typeof press>[1];
const refused: [string, (scene: Scene) => Parts][] = [
  ["the id of another change", ({ other }) => ({ action: { value: other } })],
  ["an id that is none", () => ({ action: { value: "chg_none" } })],
  ["JSON for an id", ({ mine }) => ({ action: { value: JSON.stringify({ id: mine }) } })],
  ["two ids", ({ mine, other }) => ({ action: { value: `${mine} ${other}` } })],
  ["a very long id", () => ({ action: { value: "x".repeat(2_000) } })],
  ["no id", () => ({ action: { value: undefined } })],
  ["the look of a menu with nothing chosen", () => ({ action: { type: "overflow" } })],
  [
    "the block of another change where no card is on record",
    (s) => ({ action: { block_id: `${s.other}:1` }, body: { message: ours(s, unknownTs) } }),
  ],
  ["the place of another card", (s) => ({ body: { message: ours(s, s.tsOfOther) } })],
  [
    "a message that somebody else wrote",
    (s) => ({ body: { message: { ts: s.ts, bot_id: "B0" } } }),
  ],
  ["a message that nobody wrote", (s) => ({ body: { message: { ts: s.ts } } })],
  ["no message", () => ({ body: { message: undefined } })],
  ["another channel", () => ({ body: { channel: { id: "C0GENERAL1" } } })],
  ["no channel", () => ({ body: { channel: undefined } })],
];
const ours = ({ house }: Scene, ts: string) => ({ ts, bot_id: house.slack.botId });

describe("a press of Approve that was tampered with", () => {
  /** Where nothing ever happens, so that all of them find it as the first did. */
  let stage: Scene;
  beforeAll(async () => {
    stage = await scene(openHouse);
  });
  afterAll(() => stage.house.close());

  it.each(refused)("B11: is refused in words and does nothing, with %s", async (_name, partsOf) => {
    const { house } = stage;
    const before = changing(house).length;
    const told = () => [house.slack.ephemerals("dee"), house.slack.messages("@dee")];
    const earlier = told().map(({ length }) => length);
    await house.slack.send({ body: press(stage, partsOf(stage)) });
    await settled(house);
    expect(await stateOf(stage)).toEqual(["waiting", 0]);
    expect(changing(house)).toHaveLength(before);
    const fresh = told().flatMap((all, place) => all.slice(earlier[place]));
    expect(fresh.map(textOf).join()).toMatch(/nothing was done|Nothing was changed/);
  });

  it.each([
    ["an action that nobody listens to", { action: { action_id: "review_approve2" } }, 200],
    ["an action that every object has", { action: { action_id: "constructor" } }, 200],
    ["an id beyond Slack's own length", { action: { value: "x".repeat(2_001) } }, 400],
    ["a number for an id", { action: { value: 5 } }, 400],
    ["twenty-six actions", { body: { actions: Array(26).fill({ type: "button" }) } }, 400],
  ] as const)("B11: is left alone, with %s", async (_name, parts, status) => {
    const before = changing(stage.house).length;
    const delivery = await stage.house.slack.send({ body: press(stage, parts) });
    await settled(stage.house);
    expect(delivery.status).toBe(status);
    expect(await stateOf(stage)).toEqual(["waiting", 0]);
    expect(changing(stage.house)).toHaveLength(before);
  });

  it.each<[string, (scene: Scene) => Parts]>([
    ["nothing", () => ({})],
    [
      "the name of its block, which says nothing on a card of ours",
      ({ other }) => ({ action: { block_id: `${other}:1` } }),
    ],
    [
      "its words, which are not read",
      (s) => ({ body: { message: { ...ours(s, s.ts), text: "Cancel all" } } }),
    ],
    [
      "its time, for a card that we did not live to remember",
      (s) => ({ body: { message: ours(s, unknownTs) } }),
    ],
  ])(
    "B11: approves its own change and no other, with other than it was: %s",
    async (_name, partsOf) => {
      const stage = await scene();
      const before = changing(stage.house).length;
      await stage.house.slack.send({ body: press(stage, partsOf(stage)) });
      await settled(stage.house);
      expect(await stateOf(stage)).toEqual(["running", 1]);
      const calls = changing(stage.house).slice(before);
      expect(calls).toHaveLength(1);
      expect(calls[0]?.path).toContain("42");
    },
  );
});
