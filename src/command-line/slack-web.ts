import type { Config } from "../config.ts";
import type { Install } from "../slack/install/installs.ts";
import type { SlackWeb } from "../slack/web.ts";
import type { World } from "../world.ts";

/** Slack as a command speaks to it. Slack's own library takes its time to load, and few commands need it. */
export async function slackWebFor(config: Config, world: World): Promise<SlackWeb> {
  const { slackApiUrl: apiUrl, botToken } = config;
  const [
    { oneTokenInstalls },
    { storedInstalls },
    { createRotation },
    { configuredApp },
    { createPace, slackPace },
    { createSlackWeb },
  ] = await Promise.all([
    import("../slack/install/one-token.ts"),
    import("../slack/install/stored.ts"),
    import("../slack/install/rotation.ts"),
    import("../slack/install/oauth-app.ts"),
    import("../slack/pace.ts"),
    import("../slack/web.ts"),
  ]);
  const app = configuredApp(config);
  const rotation = app && createRotation(world, app, { brief: true });
  const installs = botToken
    ? oneTokenInstalls({ apiUrl, token: botToken }, world)
    : storedInstalls(world, apiUrl, rotation);
  const { memories } = world;
  const pace = createPace(slackPace, world.now, 1, memories);
  return createSlackWeb({ apiUrl, installs, pace, memories });
}

/** Whose the token of the environment is; undefined where it has ended. Throws where Slack does not say. */
export async function whoseToken({ botToken, slackApiUrl }: Config): Promise<Install | undefined> {
  const { askWhose } = await import("../slack/install/one-token.ts");
  return botToken && askWhose(slackApiUrl, botToken);
}
