import { WebClient } from "@slack/web-api";
import { z } from "zod";
import type { Granted } from "../../flows/install-workspace.ts";
import { slackErrorOf } from "../troubles.ts";
import { webOptions } from "../web.ts";
import type { OAuthApp } from "./oauth-app.ts";
import { homeOf, tokenAnswer, tokensOf } from "./token-answer.ts";

const answer = tokenAnswer.safeExtend({ authed_user: z.object({ id: z.string() }) });

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
    const home = read.data && homeOf(read.data);
    if (!read.success || !home) return refused("Slack's answer could not be read.");
    const { token } = tokensOf(read.data);
    const bot = await new WebClient(token.reveal(), webOptions(apiUrl)).auth.test();
    const granted = grantedBy(read.data, home.id, bot.bot_id ?? "");
    return { kind: "granted", granted, name: home.name ?? home.id };
  } catch (error) {
    const reason = slackErrorOf(error);
    if (reason === undefined || reason === "ratelimited") throw error;
    return refused(`Slack did not accept it (${reason.slice(0, 60)}).`);
  }
}

function grantedBy(given: z.infer<typeof answer>, id: string, botId: string): Granted {
  const { enterprise, is_enterprise_install: orgWide, app_id, bot_user_id, scope } = given;
  return {
    id,
    ...(enterprise && { enterprise: enterprise.id }),
    orgWide,
    ...tokensOf(given),
    appId: app_id,
    botId,
    botUserId: bot_user_id,
    scopes: scope,
    installedBy: given.authed_user.id,
  };
}

function refused(sentence: string): Exchanged {
  return { kind: "refused", sentence };
}
