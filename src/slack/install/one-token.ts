import { createHash } from "node:crypto";
import { WebClient } from "@slack/web-api";
import { forgetWorkspace } from "../../flows/uninstall-workspace.ts";
import type { Secret } from "../../store/secret.ts";
import type { World } from "../../world.ts";
import { namedIn } from "../operator-admins.ts";
import { isEnded } from "../troubles.ts";
import { webOptions } from "../web.ts";
import type { Install, Installs } from "./installs.ts";

/** One workspace, whose token the environment holds. Slack is asked once whose token it is. */
export function oneTokenInstalls(
  options: { apiUrl: string; token: Secret; admins?: readonly string[] },
  world: Pick<World, "store" | "now" | "log" | "memories">,
): Installs {
  let known: Promise<Install | undefined> | undefined;
  const { admins = [] } = options;
  const ask = async () => {
    const whose = await askWhose(options.apiUrl, options.token);
    if (!whose) return undefined;
    const [installedBy] = namedIn(admins, whose.id);
    return { ...whose, ...(installedBy !== undefined && { installedBy }) };
  };
  const install = () => {
    known ??= ask().then(
      (found) => {
        if (!found) known = undefined;
        return found;
      },
      (error: unknown) => {
        known = undefined;
        throw error;
      },
    );
    return known;
  };
  const find = async (workspace: string) => {
    const found = await install();
    return found?.id === workspace ? found : undefined;
  };
  return {
    find,
    recognise: ({ workspace }) => find(workspace),
    async remove({ id }) {
      // A token that still works was given after whatever we are told of.
      if (await ask()) return;
      known = undefined;
      await forgetWorkspace(world, id);
    },
  };
}

/** Whose a token is; undefined where it has ended. Throws where Slack does not say. */
export async function askWhose(apiUrl: string, token: Secret): Promise<Install | undefined> {
  try {
    const client = new WebClient(token.reveal(), webOptions(apiUrl));
    const whose = await client.auth.test();
    return {
      id: whose.team_id ?? "",
      token,
      mark: createHash("sha256").update(token.reveal()).digest("base64url"),
      orgWide: whose.is_enterprise_install ?? false,
      botUserId: whose.user_id ?? "",
      botId: whose.bot_id ?? "",
      appId: whose.app_id ?? "",
    };
  } catch (error) {
    if (isEnded(error)) return undefined;
    throw error;
  }
}
