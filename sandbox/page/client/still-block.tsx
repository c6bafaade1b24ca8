import { type Block as SlackBlock, Message as SlackBlocks } from "slack-blocks-to-jsx";
import type { Block } from "../wire.ts";
import { useSeen, useYou } from "./stage-context.ts";
import { slackDate } from "./times.ts";

/** A block without anything to press. */
export function StillBlock({ block }: { block: Block }) {
  const { people, bot, channels, groups, now } = useSeen();
  const { zone } = useYou();
  const named = ({ id, name }: { id: string; name: string }) => ({ id, name });
  return (
    <SlackBlocks
      withoutWrapper
      name="Fermata"
      logo=""
      blocks={[withoutVerbatim(block) as SlackBlock]}
      data={{
        users: [...people.map(named), { id: bot, name: "Fermata" }],
        channels: channels.map(named),
        user_groups: groups,
      }}
      hooks={{
        date: ({ timestamp, format }) =>
          slackDate(new Date(Number(timestamp) * 1000), format, new Date(now), zone),
      }}
    />
  );
}

/** Slack still formats verbatim text and only makes no links of its own; the package shows it raw. */
function withoutVerbatim(block: Block): unknown {
  return JSON.parse(
    JSON.stringify(block, (key, value) => (key === "verbatim" ? undefined : unread(value))),
  );
}

/** The package reads an escaped `<!channel>` as a call, which Slack does not: a word joiner keeps it text. */
function unread(value: unknown): unknown {
  return typeof value === "string" ? value.replace(/&lt;(?=[!@#])/g, "&lt;\u2060") : value;
}
