import { WebClient } from "@slack/web-api";
import { type Granted, sealTokens } from "../../flows/install-workspace.ts";
import { isRetired, retiredWords } from "../../store/retired-keys.ts";
import { Secret } from "../../store/secret.ts";
import {
  endEveryLease,
  type InstalledWorkspace,
  installById,
  leaseRefresh,
  postponeRefresh,
  type Rotating,
  refreshAad,
  saveRefreshed,
} from "../../store/workspaces.ts";
import { rest } from "../../waiting.ts";
import type { World } from "../../world.ts";
import { isPassing, slackErrorOf, waitAskedFor } from "../troubles.ts";
import { webOptions } from "../web.ts";
import type { OAuthApp } from "./oauth-app.ts";
import { homeOf, tokenAnswer, tokensOf } from "./token-answer.ts";

export type Vault = Pick<World, "store" | "keyring" | "log" | "now" | "newId">;

/** Keeps tokens alive that end by themselves: https://docs.slack.dev/authentication/using-token-rotation */
export interface Rotation {
  /** The install with a token that still lives; where the next one cannot be had, as it is. */
  alive(install: InstalledWorkspace): Promise<InstalledWorkspace>;
  /** The install with another token than this one, which Slack takes no more. Undefined where there is none. */
  renewed(install: InstalledWorkspace): Promise<InstalledWorkspace | undefined>;
  /** Fetches at once what a process that died had begun to fetch: for a moment Slack gives it a second time. */
  resume(): Promise<void>;
  /** Ends when no token is on its way from Slack to the disk. */
  settled(): Promise<void>;
}

/** A token with less left than this is not used while the next one is fetched. */
const soonMs = 5 * 60_000;
/** Longer than a call and its commit take; the next process waits for so long when one has died. */
const leaseMs = 30_000;
const [waitMs, waitStepMs] = [5_000, 200];
/** Slack did not answer, or not in a way that says no: tried again soon, while the used one may still be taken. */
const againMs = 10_000;
/** Slack said no. Only a new install helps, or other settings of ours. */
const refusedMs = 10 * 60_000;
const saveTries = 40;
const saveStepMs = 500;

/** `brief`: this process ends soon, so it leaves to others what can wait, and waits for what cannot. */
export function createRotation(
  world: Vault,
  app: OAuthApp,
  { brief = false }: { brief?: boolean } = {},
): Rotation {
  const { store, now } = world;
  const underWay = new Map<string, Promise<void>>();

  /** One at a time in this process; the lease in the database is for the others. */
  function refresh(install: InstalledWorkspace, early: boolean): Promise<void> {
    const { id } = install;
    const going = underWay.get(id);
    if (going) return going;
    const begun = refreshOnce(world, app, install, early)
      .catch((error: unknown) =>
        world.log.error("a bot token could not be refreshed", { workspace: id, error }),
      )
      .finally(() => underWay.delete(id));
    underWay.set(id, begun);
    return begun;
  }

  const asItIs = (id: string) => store.read((q) => installById(q, id));

  return {
    async alive(install) {
      const { id, rotation } = install;
      if (!rotation || rotation.refreshAfter > now()) return install;
      const lives = rotation.endsAt.getTime() - now().getTime() > soonMs;
      if (lives && brief) return install;
      const going = refresh(install, false);
      if (lives) return install;
      await going;
      return (await asItIs(id)) ?? install;
    },
    async renewed(install) {
      const { id, sealedToken } = install;
      const current = await asItIs(id);
      if (current && current.sealedToken !== sealedToken) return current;
      if (!current?.rotation) return undefined;
      await refresh(current, true);
      const later = await asItIs(id);
      return later && later.sealedToken !== sealedToken ? later : undefined;
    },
    async resume() {
      // Elsewhere another process may be alive, and its leases end by themselves.
      if (store.engine !== "sqlite") return;
      const begun = await store.write((q) => endEveryLease(q, now()));
      await Promise.all(begun.map((install) => refresh(install, true)));
    },
    async settled() {
      await Promise.all(underWay.values());
    },
  };
}

async function refreshOnce(
  world: Vault,
  app: OAuthApp,
  install: InstalledWorkspace & { rotation?: Rotating },
  early: boolean,
): Promise<void> {
  const { store, now, log, keyring } = world;
  const { id, rotation } = install;
  if (!rotation) return;
  // What comes from Slack could not be kept, and Slack gives it once.
  if (await store.read((q) => isRetired(q, keyring.activeKid)))
    return log.error("a bot token is not refreshed", {
      workspace: id,
      reason: retiredWords(keyring.activeKid),
    });
  const lease = world.newId("ref");
  const until = new Date(now().getTime() + leaseMs);
  const wanted = { lease, until, early };
  if (!(await store.write((q) => leaseRefresh(q, install, wanted, now()))))
    return waitForOther(world, install);
  const again = (ms: number) =>
    store.write((q) => postponeRefresh(q, install, lease, new Date(now().getTime() + ms)));
  const plain = await keyring.open(rotation.sealedRefresh, refreshAad(install));
  if (plain === undefined) {
    log.error("what refreshes a bot token cannot be opened with this keyring", { workspace: id });
    return again(refusedMs);
  }
  const next = await fetchNext(app, id, new Secret(plain));
  if (next.kind === "granted") return save(world, install, lease, next.tokens);
  const reason = next.reason.slice(0, 60);
  if (next.kind === "unclear") {
    log.warn("Slack gave no new bot token; it is asked again", { workspace: id, reason });
    return again(againMs);
  }
  log.error("Slack refuses to refresh a bot token; the app has to be installed again", {
    workspace: id,
    reason,
  });
  return again(refusedMs);
}

type Next =
  | { kind: "granted"; tokens: Pick<Granted, "token" | "next"> }
  | { kind: "refused" | "unclear"; reason: string };

async function fetchNext(app: OAuthApp, id: string, refresh: Secret): Promise<Next> {
  try {
    const given = await new WebClient(undefined, webOptions(app.apiUrl)).oauth.v2.access({
      client_id: app.clientId,
      client_secret: app.clientSecret.reveal(),
      grant_type: "refresh_token",
      refresh_token: refresh.reveal(),
    });
    const read = tokenAnswer.safeParse(given);
    if (!read.success) return { kind: "unclear", reason: "an answer of another shape" };
    if (homeOf(read.data)?.id !== id) return { kind: "refused", reason: "it is of another place" };
    return { kind: "granted", tokens: tokensOf(read.data) };
  } catch (error) {
    const reason = slackErrorOf(error) ?? "no answer";
    const passes = reason === "no answer" || isPassing(error) || waitAskedFor(error) !== undefined;
    return { kind: passes ? "unclear" : "refused", reason };
  }
}

/** Slack has used up the old one, so this is tried for as long as anything can come of it. */
async function save(
  world: Vault,
  install: InstalledWorkspace,
  lease: string,
  tokens: Pick<Granted, "token" | "next">,
): Promise<void> {
  const { store, log } = world;
  const sealed = await sealTokens(world, install, tokens);
  for (let tries = 1; ; tries += 1) {
    try {
      const kept = await store.write((q) => saveRefreshed(q, install, lease, sealed));
      const said = kept ? "a bot token was refreshed" : "a refreshed bot token came too late";
      return log.info(said, { workspace: install.id });
    } catch (error) {
      if (tries >= saveTries) throw error;
      await rest(saveStepMs);
    }
  }
}

/** Another process is at it, and its token is as good as ours; where it has died, its lease ends. */
async function waitForOther(
  { store, now }: Vault,
  { id, sealedToken }: InstalledWorkspace,
): Promise<void> {
  for (let waited = 0; waited < waitMs; waited += waitStepMs) {
    const current = await store.read((q) => installById(q, id));
    if (!current?.rotation || current.sealedToken !== sealedToken) return;
    const restMs = current.rotation.refreshAfter.getTime() - now().getTime();
    // Slack has refused it: nobody is at it any more.
    if (restMs > leaseMs) return;
    await rest(waitStepMs);
  }
}
