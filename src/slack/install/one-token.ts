import { createHash } from "node:crypto";
import { WebClient } from "@slack/web-api";
import { forgetWorkspace } from "../../flows/uninstall-workspace.ts";
import type { Secret } from "../../store/secret.ts";
import type { World } from "../../world.ts";
import { slackErrorOf, webOptions } from "../web.ts";
import type { Install, Installs } from "./installs.ts";

/** Slack's words for a token that is good for nothing any more. */
const endedErrors = new Set([
  "account_inactive",
  "invalid_auth",
  "not_authed",
  "org_login_required",
  "token_expired",
  "token_revoked",
]);

/** One workspace, whose token the environment holds. Slack is asked once whose token it is. */
export function oneTokenInstalls(
  options: { apiUrl: string; token: Secret },
  world: Pick<World, "store" | "now" | "log">,
): Installs {
  let known: Promise<Install | undefined> | undefined;
  const ask = () => askWhose(options.apiUrl, options.token);
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

async function askWhose(apiUrl: string, token: Secret): Promise<Install | undefined> {
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
    if (endedErrors.has(slackErrorOf(error) ?? "")) return undefined;
    throw error;
  }
}
