import { keepText } from "../text.ts";
import type { Block } from "../types.ts";
import { isFields } from "./check.ts";

/** Elements and blocks get ids when the bot gave none, and texts the form in which Slack returns them. */
export function keepBlocks(blocks: readonly Block[], newId: () => string): Block[] {
  return blocks.map((block) => ({
    ...(keep(block, newId) as Block),
    block_id: block.block_id || newId(),
  }));
}

const interactive =
  /^(button|overflow|checkboxes|radio_buttons|.*_select|.*picker|.*_input|.*_button|feedback_buttons)$/;

function keep(value: unknown, newId: () => string): unknown {
  if (Array.isArray(value)) return value.map((item) => keep(item, newId));
  if (!isFields(value)) return value;
  if (value.type === "mrkdwn" && typeof value.text === "string")
    return { ...value, text: keepText(value.text), verbatim: value.verbatim ?? false };
  if (value.type === "plain_text" && typeof value.text === "string")
    return { ...value, emoji: value.emoji ?? true };
  const kept = Object.fromEntries(
    Object.entries(value).map(([name, held]) => [name, keep(held, newId)]),
  );
  if (typeof value.type === "string" && interactive.test(value.type) && !value.action_id)
    kept.action_id = newId();
  return kept;
}
