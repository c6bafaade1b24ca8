import { WebClient } from "@slack/web-api";
import { z } from "zod";
import type { Granted } from "../../flows/install-workspace.ts";
import { Secret } from "../../store/secret.ts";
import { absentIfNull } from "../shapes.ts";
import { slackErrorOf } from "../troubles.ts";
import { webOptions } from "../web.ts";
import type { OAuthApp } from "./oauth-app.ts";

/** https://docs.slack.dev/reference/methods/oauth.v2.access */
const named = z.object({ id: z.string().min(1), name: z.string().nullish() });
const answer = z.object({
  access_token: z.string().startsWith("xoxb-"),
  token_type: z.literal("bot"),
  scope: z.string(),
  app_id: z.string(),
  bot_user_id: z.string(),
  authed_user: z.object({ id: z.string() }),
  team: named.nullish(),
  enterprise: named.nullish(),
  is_enterprise_install: z.boolean().default(false),
  /** Only where tokens rotate. */
  expires_in: absentIfNull(z.number()),
});

export type Exchanged =
  | { kind: "granted"; granted: Granted; name: string }
  /** `sentence` says what to do about it. */
  | { kind: "refused"; sentence: string };

/** Trades Slack's code for a token and asks whose it is. Throws when Slack does not answer. */
export async function exchange(app: OAuthApp, code: string): Promise<Exchanged> {
  const { apiUrl, clientId, clientSecret, redirectUri } = app;
  try {
    const given = await new WebClient(undefined, webOptions(apiUrl)).oauth.v2.access({
      client_id: clientId,
      client_secret: clientSecret.reveal(),
      code,
      redirect_uri: redirectUri,
    });
    const read = answer.safeParse(given);
    const home = read.data?.is_enterprise_install ? read.data.enterprise : read.data?.team;
    if (!read.success || !home) return refused("Slack's answer could not be read.");
    if (read.data.expires_in !== undefined) return refused(rotating);
    const token = new Secret(read.data.access_token);
    const bot = await new WebClient(token.reveal(), webOptions(apiUrl)).auth.test();
    const granted = grantedBy(read.data, home.id, token, bot.bot_id ?? "");
    return { kind: "granted", granted, name: home.name ?? home.id };
  } catch (error) {
    const reason = slackErrorOf(error);
    if (reason === undefined || reason === "ratelimited") throw error;
    return refused(`Slack did not accept it (${reason.slice(0, 60)}).`);
  }
}

function grantedBy(
  given: z.infer<typeof answer>,
  id: string,
  token: Secret,
  botId: string,
): Granted {
  const { enterprise, is_enterprise_install: orgWide, app_id, bot_user_id, scope } = given;
  return {
    id,
    ...(enterprise && { enterprise: enterprise.id }),
    orgWide,
    token,
    appId: app_id,
    botId,
    botUserId: bot_user_id,
    scopes: scope,
    installedBy: given.authed_user.id,
  };
}

const rotating =
  "The app's tokens rotate, which Fermata does not do. Turn token rotation off in the app's settings.";

function refused(sentence: string): Exchanged {
  return { kind: "refused", sentence };
}
