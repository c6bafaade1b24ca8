import { z } from "zod";
import type { Finding } from "../../domain/finding.ts";
import { ornament } from "../shapes.ts";
import { isClosed, slackErrorOf } from "../troubles.ts";
import type { SlackWeb } from "../web.ts";
import { whyNot } from "./why-not.ts";

/** A channel that something is to be posted in. */
export interface Place {
  what: "policy channel" | "digest channel";
  channel: string;
  /** Slack's word for why it did not take the last card, if it did not. */
  refused?: string | undefined;
}

const remedies: Record<Place["what"], string> = {
  "policy channel":
    "Cards go to where they were asked for, or else to the asker. {do}, or name another channel in the policy.",
  "digest channel":
    "The digest does not come. {do}, or choose another channel with /campaign digest.",
};

const channelShape = z.object({
  is_archived: ornament(z.boolean()),
  is_member: ornament(z.boolean()),
  is_private: ornament(z.boolean()),
  is_ext_shared: ornament(z.boolean()),
});
type Channel = z.infer<typeof channelShape>;

/** Whether we may post in a channel, as Slack says it now. */
export async function examineChannel(
  web: SlackWeb,
  workspace: string,
  place: Place,
  scopes: readonly string[],
): Promise<Finding> {
  const { what, channel } = place;
  const about = { what, workspace, channel };
  const wrong = (why: string, remedy: string) => {
    const sentence = `${why} ${remedies[what].replace("{do}", remedy)}`;
    return { ...about, ok: false, sentence };
  };
  const invite = "Invite it there with /invite @Fermata";
  try {
    const client = await web.client(workspace);
    const found = channelShape.parse((await client.conversations.info({ channel })).channel);
    if (found.is_archived) return wrong("It is archived.", "Unarchive it");
    if (!mayPost(found, scopes)) return wrong("Fermata is not in it.", invite);
    if (place.refused?.startsWith("restricted_action"))
      return wrong(
        "The last card was refused: only some people may post there.",
        "Let Fermata post there",
      );
    return { ...about, ok: true, sentence: `Fermata may post there.${readers(found)}` };
  } catch (error) {
    if (slackErrorOf(error) === "missing_scope")
      return { ...about, ok: false, sentence: "Fermata may not look at it: a scope is missing." };
    if (isClosed(error)) return wrong("Fermata is not in it, or it is gone.", invite);
    return { ...about, ok: false, sentence: whyNot(error) };
  }
}

function mayPost({ is_member, is_private }: Channel, scopes: readonly string[]): boolean {
  return is_member === true || (!is_private && scopes.includes("chat:write.public"));
}

function readers({ is_ext_shared }: Channel): string {
  return is_ext_shared
    ? " People of other organisations read there, so posts leave out campaigns, names and reasons."
    : "";
}
