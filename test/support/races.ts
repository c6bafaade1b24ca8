import { and, eq, isNull } from "drizzle-orm";
import type { Entry } from "../../sandbox/vendors/entry.ts";
import { peachdesk as behaviour } from "../../sandbox/vendors/peachdesk.ts";
import type { Happening } from "../../sandbox/vendors/pretend.ts";
import { openShop } from "../../sandbox/vendors/shop.ts";
import type { Action } from "../../src/domain/campaign.ts";
import type { Change, Target } from "../../src/domain/change.ts";
import { applyTarget } from "../../src/flows/apply-target.ts";
import type { After, TargetKey } from "../../src/flows/end-target.ts";
import { submitChange } from "../../src/flows/submit-change.ts";
import { watchTarget } from "../../src/flows/watch-target.ts";
import { faceOfChange } from "../../src/slack/cards/faces.ts";
import { loadChange } from "../../src/store/changes.ts";
import type { Q } from "../../src/store/handle.ts";
import { answerOf, type Call, failed, refusal } from "../../src/vendors/call.ts";
import { peachdesk } from "../../src/vendors/peachdesk.ts";
import { toolsFrom } from "../../src/vendors/tools.ts";
import { anAdmin, aPerson } from "../domain/builders.ts";
import { type AWorld, aWorld, connected, workspace } from "../flows/a-world.ts";
import { seeded } from "./seeded.ts";

/** A bot that gets one thing wrong, to see whether the races notice. */
export type Plant =
  | "settles by the clock"
  | "does not watch what was so already"
  | "turns green where it cannot read"
  | "leaves an overtaken card green"
  | "says that nothing was sent";

const second = 1000;
const horizon = 4 * 3600 * second;

/** Plays so many stories of pauses and resumes against a server that writes over them; gives every lie it saw, in words. */
export async function playRaces(seed: number, races: number, plant?: Plant): Promise<string[]> {
  const house = await openHouse(plant);
  const lies: string[] = [];
  for (let race = 1; race <= races; race += 1) {
    const told = await playRace(house, seeded(seed * 100_003 + race), String(race), plant);
    lies.push(...told.map((lie) => `race ${race}: ${lie}`));
  }
  return lies;
}

type House = Awaited<ReturnType<typeof openHouse>>;

async function openHouse(plant?: Plant) {
  const here = await aWorld();
  const { now } = here.world;
  const { entered, passed, happened } = behaviour;
  const shop = openShop({ now, entered, passed, happened, wake: () => undefined });
  const trouble = new Map<string, "unauthorized" | "not_found">();
  const wire = { change: "", lost: () => false, posts: [] as { change: string; status: number }[] };
  const http = {
    async send(call: Call) {
      const id = call.path.split("/")[4] ?? "";
      const wrong = trouble.get(id);
      if (wrong && call.method === "GET") {
        const status = wrong === "not_found" ? 404 : 401;
        const detail = wrong === "not_found" ? "Campaign not found" : "Invalid or expired API key";
        throw refusal(call, { status, headers: {}, text: JSON.stringify({ detail }) }, now());
      }
      const { pathname } = new URL(call.path, call.baseUrl);
      const query = new URLSearchParams();
      const headers = { "x-api-key": behaviour.secret.apiKey };
      const asked = { ...call, pathname, query, headers, body: "", origin: call.baseUrl };
      const answer = behaviour.answer(asked, shop);
      if (call.method === "POST") {
        wire.posts.push({ change: wire.change, status: answer.status });
        if (wire.lost()) throw failed(call, "unclear");
      }
      const raw = { status: answer.status, headers: answer.headers, text: answer.body };
      if (raw.status >= 300) throw refusal(call, raw, now());
      return answerOf(call, raw);
    },
  };
  const vendor = peachdesk(toolsFrom({ http, now, haste: 1000 }));
  here.world.vendors.peachdesk =
    plant === "settles by the clock" ? { ...vendor, open: blind(vendor.open) } : vendor;
  await connected(here.world, "peachdesk");
  return { here, shop, trouble, wire };
}

/** Sees no loading of contacts. */
function blind(open: ReturnType<typeof peachdesk>["open"]): typeof open {
  return (account) => {
    const opened = open(account);
    return {
      ...opened,
      async get(id) {
        const { unsettled: _, ...rest } = await opened.get(id);
        return rest;
      },
    };
  };
}

interface Due {
  at: number;
  run(): Promise<void>;
}

async function playRace(house: House, random: () => number, id: string, plant?: Plant) {
  const { here, shop, trouble, wire } = house;
  const { world, clock } = here;
  const start = clock.at.getTime() + second;
  const within = (seconds: number) => Math.floor(random() * seconds * second);
  const one = <T>(of: readonly T[]) => of[Math.floor(random() * of.length)] as T;
  clock.at = new Date(start);
  const entry = begin();
  wire.lost = () => random() < 0.1;

  const due: Due[] = [];
  const changes: string[] = [];
  /** As they stood when last read; what a job has written is read anew. */
  const read = new Map<string, Change>();
  const lies = new Set<string>();
  const wishes = 1 + Math.floor(random() * 3);
  for (let n = 0; n < wishes; n += 1) {
    const action: Action = n === 0 || random() < 0.6 ? "pause" : "resume";
    due.push({ at: start + within(n === 0 ? 5 : 90), run: () => wish(action, n) });
  }
  if (random() < 0.2) {
    const what = one(["unauthorized", "not_found"] as const);
    due.push({ at: start + within(120), run: async () => void trouble.set(id, what) });
  }

  function begin(): Entry {
    const word = one(["syncing", "syncing", "running", "paused"]);
    shop.put({ id, name: `Campaign ${id}`, word, total: 100 });
    const put = shop.find(id) as Entry;
    put.due = null;
    if (word === "syncing" || (word === "paused" && random() < 0.7)) {
      put.loading = true;
      const at = within(random() < 0.5 ? 60 : 900);
      const end = one<Happening>(["sync_ends", "sync_ends", "sync_fails", "sync_finds_nobody"]);
      // The two writes are a moment apart, and further where the worker is started again between them.
      const later = random() < 0.8 ? 40 : within(50);
      if (end === "sync_ends") shop.happens(id, "contacts_are_counted", at);
      shop.happens(id, end, at + later);
    }
    const other = one<Happening | "nothing">([
      ...(["breaker_trips", "batch_fails", "completion_check", "nothing"] as const),
    ]);
    if (other !== "nothing") shop.happens(id, other, within(100));
    return put;
  }

  async function wish(action: Action, n: number): Promise<void> {
    const submitted = await submitChange(world, {
      ...{ workspace, requestKey: `${id}.${n}`, channel: "C1", action },
      by: aPerson({ ...anAdmin, id: `U_${n}` }),
      targets: [{ kind: "exact", connection: "peachdesk", id }],
    });
    if (submitted.kind !== "submitted") return;
    const { id: changeId } = submitted.change;
    changes.push(changeId);
    read.clear();
    const key = { workspace, changeId, targetId: `${changeId}.1` };
    due.push({ at: clock.at.getTime(), run: () => repeat(key, "apply") });
  }

  async function repeat(key: TargetKey, what: "apply" | "watch"): Promise<void> {
    wire.change = key.changeId;
    const after: After = await (what === "apply" ? applyTarget : watchTarget)(world, key);
    await break_(here, key, plant);
    read.delete(key.changeId);
    if (after.kind === "again") {
      due.push({ at: after.at.getTime(), run: () => repeat(key, what) });
    }
    await takeWatchJobs();
  }

  /** What the flows have asked to be done, taken out of the table. */
  async function takeWatchJobs(): Promise<void> {
    const open = (q: Q) => and(eq(q.t.jobs.kind, "watch_target"), isNull(q.t.jobs.doneAt));
    const rows = await world.store.read((q) => q.select().from(q.t.jobs).where(open(q)));
    if (rows.length === 0) return;
    await world.store.write((q) => q.update(q.t.jobs).set({ doneAt: clock.at }).where(open(q)));
    for (const row of rows) {
      const key = { workspace, ...(row.payload as Omit<TargetKey, "workspace">) };
      const at = Math.max(row.runAt.getTime(), clock.at.getTime());
      due.push({ at, run: () => repeat(key, "watch") });
    }
  }

  const load = (changeId: string) => world.store.read((q) => loadChange(q, workspace, changeId));

  async function look(): Promise<void> {
    for (const changeId of changes) {
      const change = read.get(changeId) ?? (await load(changeId));
      if (!change) continue;
      read.set(changeId, change);
      for (const lie of liesOf(change, entry.word, wire.posts)) lies.add(lie);
    }
  }

  for (let steps = 0; steps < 600; steps += 1) {
    due.sort((a, b) => a.at - b.at);
    const server = entry.ahead[0]?.at ?? Number.POSITIVE_INFINITY;
    const next = due[0]?.at ?? Number.POSITIVE_INFINITY;
    const at = Math.min(server, next);
    if (at === Number.POSITIVE_INFINITY || at > start + horizon) break;
    clock.at = new Date(Math.max(at, clock.at.getTime()));
    shop.find(id);
    if (next <= server) await due.shift()?.run();
    if ((due.toSorted((a, b) => a.at - b.at)[0]?.at ?? at + 1) > clock.at.getTime()) await look();
  }
  read.clear();
  await look();
  for (const changeId of changes) {
    const change = read.get(changeId);
    if (change?.targets.some(({ watch }) => watch === "watching")) lies.add("a watch never ended");
  }
  shop.remove(entry);
  trouble.delete(id);
  wire.posts.length = 0;
  return [...lies];
}

/** What a card says that is not so. */
function liesOf(
  change: Change,
  word: string,
  posts: readonly { change: string; status: number }[],
): string[] {
  const { icon, word: face } = faceOfChange(change);
  const runs = word === "running" || word === "syncing";
  const sent = posts.filter((post) => post.change === change.id);
  const [target] = change.targets;
  const sentence = target?.sentence ?? "";
  const about = `${change.action} “${face}”, server ${word}: ${sentence}`;
  return [
    ...(icon === "✅" && change.action === "pause" && runs
      ? [`green while it runs: ${about}`]
      : []),
    ...(icon === "✅" && change.action === "resume" && !runs
      ? [`green while it does not run: ${about}`]
      : []),
    ...(/nothing was sent/i.test(sentence) && sent.length > 0 ? [`it was sent: ${about}`] : []),
    ...(/accepted the|^Paused\.|^Resumed\.|refused the/.test(sentence) && sent.length === 0
      ? [`it was not sent: ${about}`]
      : []),
  ];
}

/** Makes the planted mistake, on record, as a bot that has it would. */
async function break_({ world }: AWorld, key: TargetKey, plant?: Plant): Promise<void> {
  if (!plant) return;
  const change = await world.store.read((q) => loadChange(q, workspace, key.changeId));
  const target = change?.targets.find(({ id }) => id === key.targetId);
  const wrong = target && mistake(target, plant);
  if (!wrong) return;
  await world.store.write((q) =>
    q.update(q.t.targets).set(wrong).where(eq(q.t.targets.id, key.targetId)),
  );
}

function mistake({ state, watch }: Target, plant: Plant) {
  switch (plant) {
    case "settles by the clock":
      return undefined;
    case "does not watch what was so already":
      return state === "already" ? { watch: null } : undefined;
    case "turns green where it cannot read":
      return watch === "unconfirmed" ? { watch: "settled" as const } : undefined;
    case "leaves an overtaken card green":
      return watch === "overtaken" ? { watch: "settled" as const } : undefined;
    case "says that nothing was sent":
      return state === "done" ? { sentence: "Nothing was sent." } : undefined;
  }
}
