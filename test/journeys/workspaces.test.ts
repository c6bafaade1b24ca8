import { readFile } from "node:fs/promises";
import { afterEach, describe, expect, it } from "vitest";
import { type House, startHouse } from "../../sandbox/house.ts";
import { movedClock } from "../../sandbox/moved-clock.ts";
import type { Consent, PretendMessage, PretendWorkspace } from "../../sandbox/slack/types.ts";
import { connectVendor } from "../../src/flows/connect-vendor.ts";
import { listChanges } from "../../src/store/changes.ts";
import { listConnections } from "../../src/store/connections.ts";
import type { Store } from "../../src/store/database.ts";
import { verifyAudit } from "../../src/store/verify-audit.ts";
import { everyInstall } from "../../src/store/workspaces.ts";
import { linkToSlack } from "../support/install.ts";
import { buttonsOn, settled, textOf } from "../support/journey.ts";

let house: House;
afterEach(() => house.close());

async function open() {
  const clock = movedClock();
  house = await startHouse({ oauth: true, logLevel: "fatal", now: clock.now });
  return clock;
}

/** What a browser does between two pages: it keeps its cookie and follows where it is sent. */
async function install(consent: Consent): Promise<{ status: number; text: string }> {
  const start = await fetch(`${house.app().url}/slack/install`);
  const cookie = (start.headers.get("set-cookie") ?? "").split(";", 1)[0] ?? "";
  const back = house.slack.consent(linkToSlack(await start.text()), consent);
  const end = await fetch(back, { headers: { cookie } });
  const text = await end.text();
  await settled(house);
  return { status: end.status, text };
}

/** One burki account in a workspace, under the name that both of them use. */
async function connectBurki(workspace: string, key?: string): Promise<void> {
  const { url: baseUrl, options, secret } = house.vendors.burki;
  const made = await connectVendor(
    house.world,
    {
      workspace,
      vendor: "burki",
      name: "burki",
      baseUrl,
      options,
      secret: key ? { apiKey: key } : secret,
      by: "the test",
    },
    { check: key === undefined },
  );
  expect(made.kind).toBe("connected");
}

async function types(where: PretendWorkspace, person: string, text: string, channel: string) {
  const before = where.ephemerals(person).length;
  const delivery = await where.typeCommand(person, channel, `/campaign ${text}`);
  await settled(house);
  const told = where.ephemerals(person).slice(before).map(textOf).join("\n");
  return { delivery, told };
}

/** Rows of every table that are this workspace's. */
async function rowsOf(store: Store, workspace: string): Promise<number> {
  return store.read(async (q) => {
    let count = 0;
    for (const table of Object.values(q.t)) {
      const rows = await q.select().from(table);
      count += rows.filter((row) => JSON.stringify(row).includes(workspace)).length;
    }
    return count;
  });
}

const store = () => house.world.store;
const nordwind = () => house.slack.workspace("Nordwind");

async function changesOf({ team }: PretendWorkspace): Promise<number> {
  const limit = 100;
  return (await store().read((q) => listChanges(q, { workspace: team.id, limit }))).length;
}

/** Presses a button by its label and gives what the person was told. */
async function presses(
  where: PretendWorkspace,
  person: string,
  label: string,
  on: PretendMessage | undefined,
): Promise<string> {
  const button = buttonsOn(on).find((one) => one.label === label);
  if (!on || !button) throw new Error(`no button ${label}: ${textOf(on)}`);
  const before = where.ephemerals(person).length;
  const place = { channel: on.channel, ts: on.ts };
  await where.press(person, place, button.actionId, button.blockId);
  await settled(house);
  return where.ephemerals(person).slice(before).map(textOf).join("\n");
}

const nora = "U0NORA0003";

const firstChannel = (where: PretendWorkspace) =>
  where.channels.find((one) => !one.isIm && !one.isPrivate && !one.isArchived)?.id ?? "";
const firstMember = (where: PretendWorkspace) =>
  where.people.find((one) => one.teamId === where.team.id && one.isAdmin && !one.deleted)?.name ??
  "";

describe("two workspaces with a connection of the same name", () => {
  it("B10: each pause their own, with their own token, and see nothing of the other", async () => {
    await open();
    const both = ["Fermata Demo", "Nordwind"].map((name) => house.slack.workspace(name));
    for (const where of both) {
      const done = await install({ person: firstMember(where), where: where.team.id });
      expect(done.status).toBe(200);
      expect(done.text).toContain(`Fermata is installed in ${where.team.name}`);
      await connectBurki(where.team.id);
    }
    const ids = ["42", "43"];
    for (const [index, where] of both.entries()) {
      const said = await types(where, firstMember(where), "list burki", firstChannel(where));
      expect(said.told).toContain("burki");
      ids[index] = house.vendors.burki.campaigns().find(({ word }) => word === "running")?.id ?? "";
      await types(
        where,
        firstMember(where),
        `pause burki:${ids[index]} because no. ${index}`,
        firstChannel(where),
      );
    }
    expect(ids[0]).not.toBe(ids[1]);
    for (const [index, where] of both.entries()) {
      const cards = where.messages(firstChannel(where)).map(textOf).join("\n");
      expect(cards).toContain(`burki:${ids[index]}`);
      expect(cards).not.toContain(`burki:${ids[1 - index]}`);
      const changes = await house.world.store.read((q) =>
        listChanges(q, { workspace: where.team.id, limit: 10 }),
      );
      expect(changes).toHaveLength(1);
    }
  });
});

describe("a workspace that has not installed it", () => {
  it("is answered in words, and nothing is done", async () => {
    await open();
    const [here, elsewhere] = [nordwind(), house.slack.workspace("Fermata Demo")];
    await install({ person: "nora", where: here.team.id });
    elsewhere.install();
    const said = await types(elsewhere, "ana", "pause burki:42", firstChannel(elsewhere));
    expect(said.told).toContain("Fermata is not installed here (any more). Nothing was done.");
    const asked = elsewhere.calls().map(({ method }) => method);
    expect(asked).toEqual(["response_url"]);
    expect(house.vendors.burki.log()).toEqual([]);
  });

  it("is answered so as well where the bot has one token, which is another's", async () => {
    const clock = movedClock();
    house = await startHouse({ logLevel: "fatal", now: clock.now });
    nordwind().install();
    const said = await types(nordwind(), "nora", "pause burki:42", firstChannel(nordwind()));
    expect(said.told).toContain("Fermata is not installed here (any more).");
    expect(house.slack.messages("outreach")).toEqual([]);
  });
});

describe("an organisation that installed it for all of its workspaces", () => {
  async function openContoso() {
    const clock = await open();
    const org = house.slack.org("Contoso");
    const done = await install({ person: "hugo", where: org.enterprise.id });
    expect(done.status).toBe(200);
    expect(done.text).toContain("chooses the workspaces");
    const [berlin, oslo] = ["Contoso Berlin", "Contoso Oslo"].map((name) =>
      house.slack.workspace(name),
    ) as [PretendWorkspace, PretendWorkspace];
    await org.grantAccess(berlin.team.id, oslo.team.id);
    await types(berlin, "hugo", "help", "outreach");
    await types(oslo, "greta", "help", "outreach");
    for (const { team } of [berlin, oslo]) await connectBurki(team.id);
    return { clock, org, berlin, oslo };
  }

  it("B16: works in the workspace in which each thing happens, cards and forms included", async () => {
    const { berlin, oslo } = await openContoso();
    await types(berlin, "finn", "pause burki:42 because wrong price", "outreach");
    expect(berlin.messages("outreach").map(textOf).join()).toContain("burki:42");
    await types(berlin, "finn", "resume burki:42 because fixed", "outreach");
    const card = berlin
      .messages("outreach")
      .filter(({ threadTs }) => !threadTs)
      .at(-1);
    const word = () => house.vendors.burki.campaigns().find(({ id }) => id === "42")?.word;
    expect(word()).toBe("paused");
    await presses(berlin, "hugo", "Approve", card);
    expect(word()).toBe("scheduled");
    expect(oslo.messages("outreach")).toEqual([]);
    expect(await changesOf(oslo)).toBe(0);
    expect(await changesOf(berlin)).toBe(2);
  });

  it("answers also where the first that is heard of a workspace is a mention", async () => {
    await open();
    const org = house.slack.org("Contoso");
    await install({ person: "hugo", where: org.enterprise.id });
    const berlin = house.slack.workspace("Contoso Berlin");
    await org.grantAccess(berlin.team.id);
    const about = { channel: firstChannel(berlin), text: "hello", ts: "1.1" };
    const user = berlin.people.find(({ name }) => name === "hugo")?.id;
    await berlin.event("app_mention", { user, ...about });
    await settled(house);
    expect(berlin.ephemerals("hugo").map(textOf).join()).toContain("Call Fermata in the thread");
  });

  it("B15: lets nobody of a sister workspace decide, though they see the card", async () => {
    const { berlin } = await openContoso();
    await types(berlin, "finn", "pause burki:42", "outreach");
    await types(berlin, "finn", "resume burki:42 because fixed", "all-hands");
    const card = berlin.messages("all-hands").at(-1);
    const said = await presses(berlin, "greta", "Approve", card);
    expect(said).toContain("Only full members of this workspace can decide.");
  });

  it("opens and takes its form", async () => {
    const { berlin } = await openContoso();
    await types(berlin, "hugo", "connect burki", "outreach");
    const view = berlin.views("hugo").at(-1);
    expect(view?.title).toMatch(/connect/i);
    const sent = await berlin.submit("hugo", view?.id ?? "", {
      "field:apiKey": "a-key-that-is-wrong",
    });
    expect(sent.errors?.["field:apiKey"]).toContain("Burki was not connected.");
  });

  it("is deleted with all of its workspaces when it takes the app out", async () => {
    const { org, berlin, oslo } = await openContoso();
    await types(berlin, "finn", "pause burki:42", "outreach");
    await types(oslo, "greta", "pause burki:43", "outreach");
    await org.uninstall();
    await settled(house);
    for (const { team } of [berlin, oslo]) {
      expect(await store().read((q) => listConnections(q, team.id))).toEqual([]);
      expect(await store().read((q) => listChanges(q, { workspace: team.id, limit: 9 }))).toEqual(
        [],
      );
    }
    expect(await store().read((q) => q.$count(q.t.audit))).toBe(0);
    expect(await store().read((q) => q.$count(q.t.orgWorkspaces))).toBe(0);
    expect(await store().read(everyInstall)).toEqual([]);
  });
});

describe("G52: an organisation that takes one of its workspaces away", () => {
  async function openTwo() {
    const clock = await open();
    const org = house.slack.org("Contoso");
    await install({ person: "hugo", where: org.enterprise.id });
    const [berlin, oslo] = ["Contoso Berlin", "Contoso Oslo"].map((name) =>
      house.slack.workspace(name),
    ) as [PretendWorkspace, PretendWorkspace];
    await org.grantAccess(berlin.team.id, oslo.team.id);
    for (const [where, person] of [
      [berlin, "finn"],
      [oslo, "greta"],
    ] as const) {
      await types(where, person, "help", "outreach");
      await connectBurki(where.team.id);
      await types(where, person, `pause burki:42 because ${where.team.id}`, "outreach");
    }
    return { clock, org, berlin, oslo };
  }

  it("D34: has everything of that one deleted, and nothing of the others", async () => {
    const { org, berlin, oslo } = await openTwo();
    const left = await rowsOf(store(), oslo.team.id);
    expect(await bytesOfDatabase()).toContain(`because ${berlin.team.id}`.slice(8));
    await org.revokeAccess(berlin.team.id);
    await settled(house);
    // What is left is the job that looks for leftovers in a while.
    expect(await rowsOf(store(), berlin.team.id)).toBe(1);
    expect(await changesOf(berlin)).toBe(0);
    expect(await rowsOf(store(), oslo.team.id)).toEqual(left);
    expect((await store().read(everyInstall)).map(({ id }) => id)).toEqual([org.enterprise.id]);
    await types(oslo, "greta", "resume burki:42 because fixed", "outreach");
    expect(await changesOf(oslo)).toBe(2);
  });

  it("keeps it where the news is older than the day it was given back", async () => {
    const { org, berlin } = await openTwo();
    await org.event("team_access_revoked", { team_ids: [berlin.team.id] });
    await settled(house);
    expect(await changesOf(berlin)).toBe(1);
  });

  it("keeps a workspace that has an install of its own", async () => {
    const { org, berlin } = await openTwo();
    await install({ person: "finn", where: berlin.team.id });
    await org.revokeAccess(berlin.team.id);
    await settled(house);
    expect(await changesOf(berlin)).toBe(1);
  });

  it("deletes it later where Slack cannot say just now what is so", async () => {
    const { clock, org, berlin } = await openTwo();
    house.slack.faults.set({ method: "auth.teams.list", status: 503, times: 1 });
    await org.revokeAccess(berlin.team.id);
    await settled(house);
    expect(await changesOf(berlin)).toBe(1);
    for (let tries = 0; tries < 20 && (await changesOf(berlin)) > 0; tries += 1) {
      clock.advance(30_000);
      await house.app().lookAtClock();
      await settled(house);
    }
    expect(await changesOf(berlin)).toBe(0);
  });
});

describe("G52: taking the app out", () => {
  const canary = "canary 7c1f0d9e5b";

  it.each([
    { events: ["tokens_revoked", "app_uninstalled"] },
    { events: ["app_uninstalled", "tokens_revoked"] },
    { events: ["app_uninstalled", "app_uninstalled", "tokens_revoked", "tokens_revoked"] },
  ] as const)("D34: leaves nothing behind, after $events", async ({ events }) => {
    const clock = await open();
    const gone = house.slack.workspace("Nordwind");
    const stays = house.slack.workspace("Fermata Demo");
    for (const where of [gone, stays])
      await install({ person: firstMember(where), where: where.team.id });
    await connectBurki(gone.team.id);
    await connectBurki(stays.team.id);
    await types(gone, "nora", `pause burki:42 because ${canary}`, firstChannel(gone));
    await types(gone, "nora", "list nothing such", firstChannel(gone));
    const { store } = house.world;
    const [row] = (await store.read(everyInstall)).filter(({ id }) => id === gone.team.id);
    const secrets = [canary, JSON.parse(row?.sealedToken ?? "{}").ciphertext, nora];
    for (const secret of secrets) expect(await bytesOfDatabase()).toContain(secret);
    const left = await rowsOf(store, stays.team.id);
    await gone.uninstall({ events });
    await settled(house);
    const installs = await store.read(everyInstall);
    expect(installs.map(({ id }) => id)).toEqual([stays.team.id]);
    expect(await store.read((q) => listConnections(q, gone.team.id))).toEqual([]);
    expect(await rowsOf(store, stays.team.id)).toBe(left);
    for (const secret of secrets) expect(await bytesOfDatabase()).not.toContain(secret);
    // The sweep, and an hour later the tidying.
    for (const minutes of [16, 61]) {
      clock.advance(minutes * 60_000);
      await house.app().lookAtClock();
      await settled(house);
    }
    const file = await bytesOfDatabase();
    expect(file).toContain(stays.team.id);
    expect(file).not.toContain(gone.team.id);
    expect((await verifyAudit(store)).ok).toBe(true);
  });

  it("means nothing to a later install when the word of it comes late", async () => {
    const clock = await open();
    const where = house.slack.workspace("Nordwind");
    const consent = { person: firstMember(where), where: where.team.id };
    await install(consent);
    const then = clock.now();
    clock.advance(60_000);
    await install(consent);
    await connectBurki(where.team.id);
    const late = { eventTime: then };
    await where.event("app_uninstalled", {}, late);
    await where.event("tokens_revoked", { tokens: { oauth: [], bot: [where.botUserId] } }, late);
    await settled(house);
    const connections = await house.world.store.read((q) => listConnections(q, where.team.id));
    expect(connections).toHaveLength(1);
    const said = await types(where, firstMember(where), "connections", firstChannel(where));
    expect(said.told).toContain("burki");
  });

  it("is not what happens when the tokens of people end", async () => {
    await open();
    const where = house.slack.workspace("Nordwind");
    await install({ person: firstMember(where), where: where.team.id });
    await connectBurki(where.team.id);
    for (const tokens of [{ oauth: [nora] }, { oauth: [nora], bot: [] }])
      await where.event("tokens_revoked", { tokens });
    await settled(house);
    expect(await store().read((q) => listConnections(q, where.team.id))).toHaveLength(1);
    expect(await store().read(everyInstall)).toHaveLength(1);
  });
});

async function bytesOfDatabase(): Promise<string> {
  const path = house.config.databaseUrl.slice("file:".length);
  const parts = await Promise.all(
    [path, `${path}-wal`].map((name) => readFile(name, "latin1").catch(() => "")),
  );
  return parts.join("");
}

describe("one workspace by its token", () => {
  it("is deleted once Slack no longer takes the token, and not before", async () => {
    const clock = movedClock();
    house = await startHouse({ logLevel: "fatal", now: clock.now });
    const { slack, workspace } = house;
    await slack.event("app_uninstalled");
    await settled(house);
    expect(await store().read((q) => listConnections(q, workspace))).toHaveLength(5);
    await slack.uninstall();
    await settled(house);
    expect(await store().read((q) => listConnections(q, workspace))).toEqual([]);
    expect(await store().read((q) => q.$count(q.t.audit))).toBe(0);
    slack.install();
    const said = await types(slack, "ana", "help", "outreach");
    expect(said.told).toContain("Fermata is not installed here (any more).");
  });
});
