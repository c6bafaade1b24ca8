import { endInstalls } from "../installs.ts";
import { announce } from "../parting.ts";
import { no, ok, type TokenMethod, textArg } from "./answer.ts";

/** The app takes itself out: https://docs.slack.dev/reference/methods/apps.uninstall */
export const appsUninstall: TokenMethod = (args, install, platform) => {
  const { app, installs } = platform;
  if (textArg(args, "client_id") !== app.clientId) return no("invalid_client_id");
  if (textArg(args, "client_secret") !== app.clientSecret) return no("bad_client_secret");
  announce(platform, install.home, endInstalls(installs, install.home, "account_inactive"));
  return ok();
};
