import { isOrgWide } from "../installs.ts";
import { addInstall, type Code, orgNamed, type Platform, workspaceNamed } from "../platform.ts";
import { type Answer, type Args, no, type OpenMethod, ok, textArg } from "./answer.ts";

const codeLifeMs = 10 * 60_000;

/** Trades a code for a token, once: https://docs.slack.dev/reference/methods/oauth.v2.access */
export const oauthAccess: OpenMethod = (args, platform) => {
  const { app } = platform;
  if (textArg(args, "client_id") !== app.clientId) return no("invalid_client_id");
  if (textArg(args, "client_secret") !== app.clientSecret) return no("bad_client_secret");
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
  const named = (one: { id: string; name: string } | undefined) =>
    one ? { id: one.id, name: one.name } : null;
  return ok({
    app_id: platform.app.id,
    authed_user: { id: person },
    scope,
    token_type: "bot",
    access_token: install.token,
    bot_user_id: install.botUserId,
    team: "team" in place ? named(place.team) : null,
    enterprise: named(place.enterprise),
    is_enterprise_install: isOrgWide(install),
  });
}
