import { onTestFinished } from "vitest";
import { startPretendSlack } from "../../../sandbox/slack/index.ts";
import type { Change } from "../../../src/domain/change.ts";
import { createAdmins } from "../../../src/slack/admins.ts";
import { createChannels } from "../../../src/slack/channels.ts";
import { createNames } from "../../../src/slack/names.ts";
import { createPace, slackPace } from "../../../src/slack/pace.ts";
import { createPeople } from "../../../src/slack/people.ts";
import { loadChange } from "../../../src/store/changes.ts";
import { commit } from "../../../src/store/commit.ts";
import { aWorld } from "../../flows/a-world.ts";
import { aChange, asked, moved } from "../../store/sample-change.ts";
import { installedEverywhere, webAt } from "../a-web-at.ts";

export const outreach = "C0OUTREACH";
export const ana = "U0ANA00001";

interface Options {
  installedBy?: string;
  /** At Slack's own pace; else as fast as can be. */
  paced?: boolean;
}

/** A change on record in the pretend workspace, and the tools that show it. */
export async function aStage({ installedBy, paced = false }: Options = {}) {
  const { world, lines, clock, passes } = await aWorld();
  const slack = await startPretendSlack({ now: () => clock.at });
  onTestFinished(() => slack.close());
  const pace = createPace(slackPace, world.now, paced ? 1 : 1_000_000);
  const installs = installedEverywhere(slack.botToken, installedBy);
  const web = webAt(slack.url, slack.botToken, { pace, installs });
  const workspace = slack.team.id;
  const channels = createChannels(web, world);
  const names = createNames(web, world);
  const people = createPeople({ web, admins: [], now: world.now });
  const admins = createAdmins({ web, admins: [], log: world.log, now: world.now });
  return {
    ...{ world, slack, web, people, channels, names, admins, workspace, lines, clock, passes },
    async change(parts: Partial<Change> = {}): Promise<Change> {
      const facts = { workspace, channel: outreach, askedBy: ana, askedAt: clock.at };
      const change = aChange({ ...facts, ...parts });
      await world.store.write((q) => commit(q, asked(change)));
      return change;
    },
    /** Moves it and gives it as it is then. */
    async moves({ id }: Change, parts: Partial<Change>): Promise<Change> {
      const before = await world.store.read((q) => loadChange(q, workspace, id));
      if (!before) throw new Error("no such change");
      await world.store.write((q) => commit(q, moved(before, parts)));
      return { ...before, ...parts, version: before.version + 1 };
    },
    calls: (method: string) => slack.calls().filter((call) => call.method === method),
  };
}
