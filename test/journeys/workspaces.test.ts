import { readFile } from "node:fs/promises";
import { afterEach, describe, expect, it } from "vitest";
import { type House, startHouse } from "../../sandbox/house.ts";
import { movedClock } from "../../sandbox/moved-clock.ts";
import type { Consent, PretendWorkspace } from "../../sandbox/slack/types.ts";
import { connectVendor } from "../../src/flows/connect-vendor.ts";
import { listChanges } from "../../src/store/changes.ts";
import { listConnections } from "../../src/store/connections.ts";
import type { Store } from "../../src/store/database.ts";
import { everyInstall } from "../../src/store/workspaces.ts";
import { settled, textOf } from "../support/journey.ts";

let house: House;
afterEach(() => house.close());

async function open() {
  const clock = movedClock();
  house = await startHouse({ oauth: true, logLevel: "fatal", now: clock.now });
  return clock;
}

/** What a browser does between two pages: it keeps its cookie and follows where it is sent. */
async function install(consent: Consent): Promise<{ status: number; text: string }> {
  const start = await fetch(`${house.app().url}/slack/install`, { redirect: "manual" });
  const cookie = (start.headers.get("set-cookie") ?? "").split(";", 1)[0] ?? "";
  const back = house.slack.consent(start.headers.get("location") ?? "", consent);
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

const firstChannel = (where: PretendWorkspace) =>
  where.channels.find((one) => !one.isIm && !one.isPrivate && !one.isArchived)?.id ?? "";
const firstMember = (where: PretendWorkspace) =>
  where.people.find((one) => one.teamId === where.team.id && one.isAdmin && !one.deleted)?.name ??
  "";

describe("two workspaces with a connection of the same name", () => {
  it("each pause their own, with their own token, and see nothing of the other", async () => {
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
    const { slack } = house;
    const { team } = slack.workspace("Nordwind");
    await install({ person: firstMember(slack.workspace("Nordwind")), where: team.id });
    const before = slack.workspace("Nordwind").calls().length;
    await slack.workspace("Nordwind").uninstall({ events: [] });
    await slack.org("Contoso");
    expect(slack.workspace("Nordwind").calls().length).toBe(before);
  });
});

describe("taking the app out", () => {
  const canary = "canary-key-7c1f0d9e5b";

  it.each([
    { events: ["tokens_revoked", "app_uninstalled"] },
    { events: ["app_uninstalled", "tokens_revoked"] },
    { events: ["app_uninstalled", "app_uninstalled", "tokens_revoked", "tokens_revoked"] },
  ] as const)("leaves nothing behind, after $events", async ({ events }) => {
    await open();
    const gone = house.slack.workspace("Nordwind");
    const stays = house.slack.workspace("Fermata Demo");
    for (const where of [gone, stays])
      await install({ person: firstMember(where), where: where.team.id });
    await connectBurki(gone.team.id, canary);
    await connectBurki(stays.team.id);
    await types(gone, firstMember(gone), "pause burki:42", firstChannel(gone));
    expect(await rowsOf(house.world.store, gone.team.id)).toBeGreaterThan(3);
    const left = await rowsOf(house.world.store, stays.team.id);
    await gone.uninstall({ events });
    await settled(house);
    const { store } = house.world;
    const installs = await store.read(everyInstall);
    expect(installs.map(({ id }) => id)).toEqual([stays.team.id]);
    expect(await store.read((q) => listConnections(q, gone.team.id))).toEqual([]);
    expect(await rowsOf(store, stays.team.id)).toBe(left);
    const file = await bytesOfDatabase();
    expect(file.includes(stays.team.id)).toBe(true);
    const sweep = await store.read((q) => q.select().from(q.t.jobs));
    expect(JSON.stringify(sweep.filter(({ kind }) => kind !== "sweep_removed"))).not.toContain(
      gone.team.id,
    );
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
});

async function bytesOfDatabase(): Promise<string> {
  const path = house.config.databaseUrl.slice("file:".length);
  const parts = await Promise.all(
    [path, `${path}-wal`].map((name) => readFile(name, "latin1").catch(() => "")),
  );
  return parts.join("");
}
