import type { Change } from "../../domain/change.ts";
import { plain, section } from "./blocks.ts";
import { callbackIds } from "./ids.ts";
import { input, type Modal, modal, type StateValues, typedLine, valueId } from "./modal-blocks.ts";
import { mrkdwn } from "./text.ts";
import { titleOf, when } from "./words.ts";

export const extendBlock = "until";

/** After Extend: until when instead. The metadata is the change's id. */
export function extendModal(change: Change & { until: Date }): Modal {
  return modal({
    callbackId: callbackIds.extend,
    title: "Extend",
    submit: "Extend",
    metadata: change.id,
    blocks: [
      section(
        mrkdwn`*${titleOf(change)}*\nIts planned end is ${when(change.until)}. A later end is asked for as a new pause. A platform that is paused already is sent nothing.`,
      ),
      input({
        id: extendBlock,
        label: "Until when?",
        hint: "Write 18:00, 6pm, tomorrow 9am, mon 9:00, or 2h, which counts from now.",
        element: {
          type: "plain_text_input",
          action_id: valueId,
          max_length: 50,
          focus_on_load: true,
          placeholder: plain("tomorrow 9:00", 150),
        },
      }),
    ],
  });
}

export function readExtendModal(values: StateValues): string {
  return typedLine(values, extendBlock) ?? "";
}
