import type { House } from "../../sandbox/house.ts";
import type { Config } from "../../src/config.ts";
import { type Child, startChild } from "../command-line/child.ts";

/** What the program reads from its environment to be the bot of this house. */
export function environmentOf(config: Config): Record<string, string | undefined> {
  const limits = `person=${config.limits.person},workspace=${config.limits.workspace}`;
  return {
    HOST: config.host,
    PORT: String(config.port),
    DATABASE_URL: config.databaseUrl,
    SLACK_API_URL: config.slackApiUrl,
    SLACK_SIGNING_SECRET: config.signingSecret?.reveal(),
    SLACK_BOT_TOKEN: config.botToken?.reveal(),
    SLACK_CLIENT_ID: config.clientId,
    SLACK_CLIENT_SECRET: config.clientSecret?.reveal(),
    SLACK_AUTHORIZE_URL: config.clientId && config.authorizeUrl,
    PUBLIC_URL: config.publicUrl,
    FERMATA_KEYRING: config.keyring?.reveal(),
    FERMATA_EGRESS_ALLOW: config.egressAllow.join(","),
    FERMATA_LIMITS: limits,
    FERMATA_HASTE: String(config.haste),
    LOG_LEVEL: config.logLevel,
  };
}

/** The same before it is ready, which it may never be; `through` is a command that runs it. */
export async function spawnOwnProcess(
  house: House,
  more: Record<string, string> = {},
  through: readonly string[] = [],
): Promise<Child> {
  await house.stopBot();
  const environment = { ...environmentOf(house.config), LOG_LEVEL: "info", ...more };
  return startChild(["serve"], environment, through);
}

/** The bot of a house as a process of its own, on the database that the house has prepared; Slack is told where it is. */
export async function startOwnProcess(
  house: House,
  more: Record<string, string> = {},
): Promise<Child & { url: string }> {
  const child = await spawnOwnProcess(house, more);
  const url = await child.ready();
  house.slack.setBot(`${url}/slack/events`);
  return { ...child, url };
}
