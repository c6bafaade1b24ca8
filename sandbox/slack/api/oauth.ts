import { type Install, isOrgWide } from "../installs.ts";
import {
  addInstall,
  type Code,
  orgNamed,
  type Platform,
  rotated,
  tokenLifeMs,
  workspaceNamed,
} from "../platform.ts";
import { type Answer, type Args, no, type OpenMethod, ok, textArg } from "./answer.ts";

const codeLifeMs = 10 * 60_000;
/** Slack says of a used refresh token that it is revoked "after a short grace period". */
const graceMs = 30_000;
const mostActive = 2;

/** Trades a code for a token, once: https://docs.slack.dev/reference/methods/oauth.v2.access */
export const oauthAccess: OpenMethod = (args, platform) => {
  const { app } = platform;
  if (textArg(args, "client_id") !== app.clientId) return no("invalid_client_id");
  if (textArg(args, "client_secret") !== app.clientSecret) return no("bad_client_secret");
  if (textArg(args, "grant_type") === "refresh_token") return refreshed(args, platform);
  const code = takeCode(args, platform);
  return "ok" in code ? code : installed(code, platform);
};

function takeCode(args: Args, platform: Platform): Code | Answer {
  const code = platform.codes.get(textArg(args, "code"));
  if (!code) return no("invalid_code");
  if (code.used) return no("code_already_used");
  if (platform.now().getTime() - code.issuedAt >= codeLifeMs) return no("invalid_code");
  if (textArg(args, "redirect_uri") !== (code.redirectUri ?? "")) return no("bad_redirect_uri");
  code.used = true;
  return code;
}

function installed({ home, person, scope }: Code, platform: Platform): Answer {
  const isOrg = home.startsWith("E");
  const place = isOrg ? orgNamed(platform, home) : workspaceNamed(platform, home);
  const install = addInstall(platform, place, undefined, scope);
  return ok({ ...grantOf(install, platform), authed_user: { id: person } });
}

/** A new pair for an old refresh token: https://docs.slack.dev/authentication/using-token-rotation */
function refreshed(args: Args, platform: Platform): Answer {
  const { installs, now } = platform;
  const wanted = textArg(args, "refresh_token");
  const older = installs.findLast(({ refresh }) => refresh?.token === wanted);
  const at = now().getTime();
  if (!older?.refresh || older.ended === "account_inactive") return no("invalid_refresh_token");
  const { usedAt } = older.refresh;
  if (usedAt !== undefined && at - usedAt > graceMs) return no("invalid_refresh_token");
  older.refresh.usedAt = usedAt ?? at;
  const install = rotated(platform, older);
  const active = installs.filter(
    (one) => one.home === install.home && !one.ended && (one.endsAt ?? 0) > at,
  );
  for (const spare of active.slice(0, -mostActive)) spare.ended = "token_revoked";
  return ok(grantOf(install, platform));
}

function grantOf(install: Install, platform: Platform) {
  const { home, scope, token, botUserId, endsAt, refresh } = install;
  const place = home.startsWith("E") ? orgNamed(platform, home) : workspaceNamed(platform, home);
  const named = (one: { id: string; name: string } | undefined) =>
    one ? { id: one.id, name: one.name } : null;
  return {
    app_id: platform.app.id,
    scope,
    token_type: "bot",
    access_token: token,
    bot_user_id: botUserId,
    team: "team" in place ? named(place.team) : null,
    enterprise: named(place.enterprise),
    is_enterprise_install: isOrgWide(install),
    ...(endsAt !== undefined && { expires_in: tokenLifeMs / 1000, refresh_token: refresh?.token }),
  };
}
