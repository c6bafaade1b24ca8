import type { Install, Installs } from "../../src/slack/install/installs.ts";
import { createPace, type Pace, slackPace } from "../../src/slack/pace.ts";
import { createSlackWeb, type SlackWeb } from "../../src/slack/web.ts";
import { Secret } from "../../src/store/secret.ts";

/** Our side of a Web API at this address (`http://127.0.0.1:1234`), for any workspace. */
export function webAt(
  url: string,
  botToken = "xoxb-1",
  {
    pace = createPace(slackPace, () => new Date(), 1_000_000),
    installs = installedEverywhere(botToken),
  }: {
    pace?: Pace;
    installs?: Pick<Installs, "find">;
  } = {},
): SlackWeb {
  return createSlackWeb({ apiUrl: `${url}/api/`, installs, pace });
}

/** One token that is good in every workspace. */
export function installedEverywhere(token = "xoxb-1", installedBy?: string): Installs {
  const install: Install = {
    id: "T1",
    token: new Secret(token),
    mark: token,
    orgWide: false,
    botUserId: "U0BOT",
    botId: "B0BOT",
    appId: "A0APP",
    ...(installedBy !== undefined && { installedBy }),
  };
  return { find: async () => install, recognise: async () => install, remove: async () => {} };
}
