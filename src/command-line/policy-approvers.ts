import type { Policy } from "../domain/policy.ts";
import {
  checkApprovers,
  type Roll,
  shortInWords,
  unsaidSentence,
} from "../flows/check-approvers.ts";
import type { World } from "../world.ts";
import { Exit, exitCodes } from "./exit.ts";
import { configOrExit } from "./open.ts";
import { slackWebFor } from "./slack-web.ts";
import { plain, type Terminal } from "./terminal.ts";

/**
 * Asks Slack whether enough of those who decide are there; false where it could not be asked, for want of a token.
 * Exits with 65 and a line for each rule that asks for too many, with 69 where Slack does not say.
 */
export async function refuseTooFew(
  world: World,
  { workspace, policy }: { workspace: string; policy: Policy },
  terminal: Terminal,
): Promise<boolean> {
  const roll = await rollFor(world, workspace, policy, terminal);
  if (!roll) return false;
  const checked = await checkApprovers(policy, roll);
  if (checked.kind === "unsaid") throw new Exit(exitCodes.unavailable, unsaidSentence);
  if (checked.short.length === 0) return true;
  const lines = checked.short.map((one) => plain(shortInWords(one)));
  throw new Exit(exitCodes.data, ...lines, "Nothing was saved.");
}

/** Undefined where the environment holds no token; Slack is asked only when somebody has to be looked up. */
async function rollFor(
  world: World,
  workspace: string,
  policy: Policy,
  terminal: Terminal,
): Promise<Roll | undefined> {
  const config = configOrExit(terminal, ["keyring"]);
  if (!config.botToken) return undefined;
  const [web, { createPeople }, { rollOf }] = await Promise.all([
    slackWebFor(config, world),
    import("../slack/people.ts"),
    import("../slack/listeners/roll.ts"),
  ]);
  const people = createPeople({ web, admins: config.admins, now: world.now });
  return rollOf(people, workspace, policy.admins ?? []);
}
