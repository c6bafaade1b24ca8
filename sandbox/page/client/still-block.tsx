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
      blocks={[block as unknown as SlackBlock]}
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
