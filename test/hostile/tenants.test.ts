import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type House, startHouse } from "../../sandbox/house.ts";
import type { ApiCall, PretendWorkspace } from "../../sandbox/slack/types.ts";
import { actionIds, callbackIds, numbered } from "../../src/slack/cards/ids.ts";
import { rememberChoices } from "../../src/store/choices.ts";
import { commit } from "../../src/store/commit.ts";
import { listConnections } from "../../src/store/connections.ts";
import { interaction } from "../slack/a-receiver.ts";
import { aChange, asked, aTarget } from "../store/sample-change.ts";
import { connectBurki, installIn } from "../support/install.ts";
import { buttonOn, outreach, settled, textOf } from "../support/journey.ts";
import { figures } from "./figures.ts";

/** Theirs is tried from ours: Nordwind's people with the ids of Fermata Demo. */
let house: House;
let victim: PretendWorkspace;
let thief: PretendWorkspace;
/** Every id of the victim that stands in a button, a form or a table. */
let ids: string[];
let cardTs: string;
let connectionId: string;

const now = () => new Date();
const limit = 300_000;

beforeAll(async () => {
  house = await startHouse({ oauth: true, logLevel: "silent", now, random: () => 0 });
  victim = house.slack.workspace("T0FERMATA1");
  thief = house.slack.workspace("T0NORDWIND");
  await installIn(house, { person: "dee", where: victim.team.id });
  await installIn(house, { person: "nora", where: thief.team.id });
  await connectBurki(house, victim.team.id);
  for (const text of ["pause burki:42", "resume burki:42 because wrong price"]) {
    await victim.typeCommand("ana", outreach, `/campaign ${text}`);
    await settled(house);
  }
  await furnish();
}, limit);
afterAll(() => house.close());

/** A change in every state that has buttons, and a choice that waits for its person. */
async function furnish(): Promise<void> {
  const { store } = house.world;
  const workspace = victim.team.id;
  const [connection] = await store.read((q) => listConnections(q, workspace));
  connectionId = connection?.id ?? "";
  const about = { connectionId, connection: "burki", attempts: 1 };
  const endedAt = now();
  for (const state of ["failed", "needs_attention"] as const) {
    const campaign = { id: state === "failed" ? "43" : "44", name: `Canary ${state}` };
    const target = aTarget({ ...about, campaign, state });
    const facts = { workspace, channel: outreach, askedBy: "U0ANA00001", askedAt: now(), endedAt };
    const change = aChange({ ...facts, id: `chg_canary-${state}-xxxxx`, state, targets: [target] });
    await store.write((q) => commit(q, asked(change)));
  }
  const wish = { action: "pause", targets: [{ kind: "id", id: "45" }] };
  const choice = { workspace, id: "cho_canary-0000000000", person: "U0ANA00001", setId: "set_1" };
  await store.write((q) => rememberChoices(q, [{ ...choice, wish, createdAt: now() }]));
  ids = await store.read(async (q) => {
    const { changes, targets, posts, choices, connections, attempts } = q.t;
    const all = [];
    for (const table of [changes, targets, posts, choices, connections, attempts])
      for (const { id } of await q.select({ id: table.id }).from(table)) all.push(id);
    return all;
  });
  cardTs = victim.messages(outreach).at(-1)?.ts ?? "";
}

type Rows = Record<string, string[]>;

/** Every row there is of the victim, in every table, as text. */
async function rowsOfVictim(except: readonly string[] = []): Promise<Rows> {
  return house.world.store.read(async (q) => {
    const found: Rows = {};
    for (const [name, table] of Object.entries(q.t)) {
      if (except.includes(name)) continue;
      const rows: Record<string, unknown>[] = await q.select().from(table);
      const mine = rows.filter(
        (row) => row.workspace === victim.team.id || row.id === victim.team.id,
      );
      found[name] = mine.map((row) => JSON.stringify(row)).sort();
    }
    return found;
  });
}

/** An id of the same kind and length that nobody has. */
function unknownLike(id: string): string {
  const [prefix] = id.split("_");
  return `${prefix}_${"unknown-".repeat(8)}`.slice(0, id.length);
}

interface Answer {
  status: number;
  body: string;
  /** Everything that was said to anybody, in order. */
  calls: string[];
}

/** Sends it as Slack signs it and gives all that was seen of the answer, the tried id itself taken out. */
async function answerTo(body: string, tried: string): Promise<Answer> {
  const before = house.slack.calls().length;
  const delivery = await house.slack.send({ body });
  await settled(house);
  const neutral = (text: string) => text.replaceAll(tried, "THE-ID").replaceAll(/V0\w+/g, "VIEW");
  const said = ({ team, method, args, error }: ApiCall) =>
    neutral(JSON.stringify([team, method, args, error]));
  const calls = house.slack.calls().slice(before).map(said);
  return { status: delivery.status, body: neutral(delivery.body), calls };
}

const person = (id: string) => ({ id, team_id: thief.team.id });
const nora = "U0NORA0003";
const niko = "U0NIKO0002";
const scene = () => ({ team: { id: thief.team.id, domain: thief.team.domain } });

/** Where a press says it comes from: the thief's own place, or a copy of the victim's. */
function places() {
  const own = { channel: "C0NORDOUTR", ts: "1700000000.000100", bot_id: thief.botId };
  return [
    own,
    { channel: outreach, ts: cardTs, bot_id: victim.botId },
    { ...own, channel: outreach },
  ];
}

function press(
  user: string,
  actionId: string,
  id: string,
  place: ReturnType<typeof places>[number],
) {
  const look = actionId.startsWith(actionIds.details)
    ? { type: "overflow", selected_option: { value: id } }
    : { type: "button", value: id };
  return interaction({
    type: "block_actions",
    ...scene(),
    user: person(user),
    channel: { id: place.channel },
    container: { type: "message", message_ts: place.ts, channel_id: place.channel },
    message: { ts: place.ts, bot_id: place.bot_id },
    actions: [{ ...look, action_id: actionId, block_id: `${id}:2` }],
    trigger_id: "1.2.abc",
    response_url: `${house.slack.url}/commands/none`,
  });
}

const text = (value: string) => ({ value: { type: "plain_text_input", value } });
const option = (value: string) => ({
  value: { type: "radio_buttons", selected_option: { value } },
});
const campaigns = (value: string) => ({
  campaign_search: { type: "multi_external_select", selected_options: [{ value }] },
});

/** Every form, with the id in each field that could carry one. */
function forms(id: string): { callback_id: string; private_metadata: string; values: object }[] {
  const wish = { action: option("pause"), campaigns: campaigns(`${id}:42`) };
  return [
    { callback_id: callbackIds.denyReason, private_metadata: id, values: { reason: text("no") } },
    { callback_id: callbackIds.extend, private_metadata: id, values: { until: text("8h") } },
    { callback_id: callbackIds.campaign, private_metadata: "C0NORDOUTR", values: wish },
    { callback_id: callbackIds.campaign, private_metadata: id, values: wish },
    {
      callback_id: callbackIds.connectVendor,
      private_metadata: id,
      values: { vendor: option(id) },
    },
    {
      callback_id: callbackIds.connect,
      private_metadata: id,
      values: { name: text(id), "field:apiKey": text("k") },
    },
    {
      callback_id: callbackIds.connect,
      private_metadata: `burki ${id}`,
      values: { name: text(id), "field:apiKey": text("has a space") },
    },
    { callback_id: callbackIds.digest, private_metadata: id, values: { on: option(id) } },
  ];
}

function submit(user: string, form: ReturnType<typeof forms>[number]) {
  const { values, ...view } = form;
  const whole = { id: "V1", ...view, app_installed_team_id: thief.team.id, state: { values } };
  return interaction({ type: "view_submission", ...scene(), user: person(user), view: whole });
}

function suggestion(user: string, value: string) {
  const view = { id: "V1", callback_id: callbackIds.campaign, private_metadata: "C0NORDOUTR" };
  const about = { action_id: actionIds.campaigns, block_id: "campaigns", value, view };
  return interaction({ type: "block_suggestion", ...scene(), user: person(user), ...about });
}

/** Every way to try one id, as the bytes that Slack would send. */
function tries(id: string): string[] {
  const made: string[] = [];
  for (const [place, user] of [nora, niko].entries()) {
    for (const actionId of Object.values(actionIds)) {
      const name = place === 0 ? actionId : numbered(actionId, 1);
      made.push(...places().map((one) => press(user, name, id, one)));
    }
    made.push(...forms(id).map((form) => submit(user, form)), suggestion(user, id));
  }
  return made;
}

const vendorCalls = () => house.vendors.burki.log().length;

describe("two workspaces in one bot", () => {
  it("B10: give nothing to each other's ids, and the same answer as to an id that nobody has", async () => {
    const before = await rowsOfVictim();
    const calls = { vendor: vendorCalls(), slack: victim.calls().length };
    let tried = 0;
    for (const id of ids) {
      const unknown = unknownLike(id);
      const strange = tries(unknown);
      for (const [index, theirs] of tries(id).entries()) {
        const answer = await answerTo(theirs, id);
        expect(answer).toEqual(await answerTo(strange[index] ?? "", unknown));
        expect(answer.status).toBeLessThan(500);
        tried += 1;
      }
    }
    expect(await rowsOfVictim()).toEqual(before);
    expect(vendorCalls() - calls.vendor).toBe(0);
    expect(victim.calls().length - calls.slack).toBe(0);
    figures(
      `tenants: ${tried} tries with ${ids.length} ids of another workspace: 0 rows of it changed, 0 vendor calls, 0 of its Slack calls; every answer equal to that for an unknown id`,
    );
    expect(tried).toBeGreaterThan(1_000);
  }, 300_000);

  it("B10: do so also while both are at work at the same moment", async () => {
    const busy = ["jobs"];
    const before = await rowsOfVictim(busy);
    const calls = vendorCalls();
    const shots = ids.flatMap(tries).filter((_, index) => index % 3 === 0);
    let next = 0;
    let helped = 0;
    const gun = async () => {
      while (next < shots.length) {
        const shot = shots[next++] ?? "";
        const helps = next % 10 === 0;
        const [delivery] = await Promise.all([
          house.slack.send({ body: shot }),
          helps ? victim.typeCommand("ana", outreach, "/campaign help") : undefined,
        ]);
        if (helps) helped += 1;
        expect(delivery.status).toBeLessThan(500);
      }
    };
    await Promise.all(Array.from({ length: 8 }, gun));
    await settled(house);
    expect(await rowsOfVictim(busy)).toEqual(before);
    expect(vendorCalls() - calls).toBe(0);
    const answers = victim
      .ephemerals("ana")
      .map(textOf)
      .filter((one) => one.includes("/campaign"));
    expect(answers.length).toBeGreaterThanOrEqual(helped);
    figures(
      `tenants: ${shots.length} such tries, eight at once, among ${helped} commands of that workspace: 0 of its rows changed, all ${helped} answered`,
    );
  }, 300_000);

  const onRecord = ["jobs", "audit", "auditHeads", "repeats"];

  it("B12: decide nothing while Slack never says who pressed", async () => {
    const before = await rowsOfVictim(onRecord);
    const card = victim.messages(outreach).find(({ ts }) => ts === cardTs);
    if (!card) throw new Error("no card");
    victim.faults.set({ method: "users.info", hang: true });
    const { actionId, blockId } = buttonOn(card, "Approve");
    await victim.press("dee", card, actionId, blockId);
    await settled(house);
    victim.faults.set(null);
    expect(victim.ephemerals("dee").map(textOf).join()).toContain(
      "Slack could not tell us who you are",
    );
    expect(await rowsOfVictim(onRecord)).toEqual(before);
    expect((await rowsOfVictim()).audit?.join()).toContain("outsider_pressed");
  });

  it("would have been moved by one of these presses, had it come from the workspace itself", async () => {
    const before = await rowsOfVictim();
    const card = victim.messages(outreach).find(({ ts }) => ts === cardTs);
    if (!card) throw new Error("no card");
    for (const label of ["Deny", "Approve"]) {
      const { actionId, blockId } = buttonOn(card, label);
      await victim.press("dee", card, actionId, blockId);
    }
    await settled(house);
    expect(await rowsOfVictim()).not.toEqual(before);
    expect((await rowsOfVictim(["jobs"])).votes).toHaveLength(1);
  });
});
