import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { quickFolder } from "../../sandbox/quick-folder.ts";
import { type PretendSlack, startPretendSlack } from "../../sandbox/slack/index.ts";
import { newKeyLine } from "../../src/store/seal.ts";
import { buildProgram, type Child, cleanUp, startChild } from "../command-line/child.ts";

const ticksPerSecond = 100;

/** A bot in a process of its own, in front of a pretend Slack. */
export interface ABot {
  slack: PretendSlack;
  child: Child;
  url: string;
  folder: string;
  residentMiB(): number;
  /** Of all its threads since it began, however busy the machine is with other things. */
  workedSeconds(): number;
  close(): Promise<void>;
}

export async function startABot(more: Record<string, string> = {}): Promise<ABot> {
  await buildProgram();
  const slack = await startPretendSlack({ now: () => new Date() });
  const folder = await mkdtemp(join(quickFolder(), "fermata-hostile-"));
  const child = startChild(["serve"], {
    HOST: "127.0.0.1",
    PORT: "0",
    DATABASE_URL: `file:${join(folder, "fermata.db")}`,
    SLACK_API_URL: `${slack.url}/api/`,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_BOT_TOKEN: slack.botToken,
    FERMATA_KEYRING: newKeyLine(),
    FERMATA_LIMITS: "person=0,workspace=0",
    ...more,
  });
  const url = await child.ready();
  slack.setBot(`${url}/slack/events`);
  return {
    ...{ slack, child, url, folder },
    residentMiB() {
      const status = readFileSync(`/proc/${child.process.pid}/status`, "utf8");
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
    },
    workedSeconds() {
      const stat = readFileSync(`/proc/${child.process.pid}/stat`, "utf8");
      const [, fields = ""] = stat.split(") ");
      const [user, system] = fields.split(" ").slice(11, 13).map(Number);
      return ((user ?? 0) + (system ?? 0)) / ticksPerSecond;
    },
    async close() {
      child.process.kill("SIGTERM");
      await child.ended;
      await slack.close();
      cleanUp();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
