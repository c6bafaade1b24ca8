import type { Config } from "../config.ts";
import type { Finding } from "../domain/finding.ts";
import { everyConnection } from "../store/connections.ts";
import { newestVersions } from "../store/policies.ts";
import { everyInstall, type InstalledWorkspace, servedBy } from "../store/workspaces.ts";
import type { World } from "../world.ts";
import { slackWebFor, whoseToken } from "./slack-web.ts";

/** Every workspace there is, or that one, looked at one after the other. */
export async function examineSlackAndAll(
  world: World,
  config: Config,
  only: string | undefined,
): Promise<Finding[]> {
  const { installed, findings } = config.botToken
    ? await tokensWorkspace(config)
    : await installedWorkspaces(world, config);
  const known = [...new Set([...installed, ...(await furnished(world))])].sort();
  const web = await slackWebFor(config, world);
  const { examineWorkspace } = await import("../slack/examine/workspace.ts");
  const all = [...findings];
  for (const workspace of only === undefined ? known : [only])
    all.push(...(await examineWorkspace({ world, web }, workspace)));
  return all;
}

interface Installed {
  installed: string[];
  /** What can be said of no workspace alone. */
  findings: Finding[];
}

async function tokensWorkspace(config: Config): Promise<Installed> {
  try {
    const whose = await whoseToken(config);
    if (whose) return { installed: [whose.id], findings: [] };
    return notWell("Slack does not accept SLACK_BOT_TOKEN. Take it anew from OAuth & Permissions.");
  } catch (error) {
    const { whyNot } = await import("../slack/examine/why-not.ts");
    return notWell(whyNot(error));
  }
}

async function installedWorkspaces(world: World, { publicUrl }: Config): Promise<Installed> {
  const installs = await world.store.read(everyInstall);
  if (installs.length === 0)
    return notWell(`Fermata is installed nowhere yet. Install it at ${publicUrl}/slack/install.`);
  const installed = await Promise.all(installs.map((install) => servedFrom(world, install)));
  return { installed: installed.flat(), findings: [] };
}

/** An organisation itself has nothing but the workspaces it serves. */
async function servedFrom(world: World, { id, orgWide }: InstalledWorkspace): Promise<string[]> {
  const served = orgWide ? await world.store.read((q) => servedBy(q, id)) : [];
  return served.length > 0 ? served : [id];
}

/** Workspaces that have connections or a policy, whether Fermata is installed there or not. */
async function furnished({ store }: World): Promise<string[]> {
  return store.read(async (q) => [
    ...(await everyConnection(q)).map(({ workspace }) => workspace),
    ...(await newestVersions(q)).map(({ workspace }) => workspace),
  ]);
}

function notWell(sentence: string): Installed {
  return { installed: [], findings: [{ what: "Slack", ok: false, sentence }] };
}
