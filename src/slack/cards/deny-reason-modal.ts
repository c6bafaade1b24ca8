import { plain, section } from "./blocks.ts";
import { callbackIds } from "./ids.ts";
import { input, type Modal, modal, type StateValues, typed, valueId } from "./modal-blocks.ts";
import { mrkdwn } from "./text.ts";

const reasonBlock = "reason";

/** After Deny: why, if they like. The metadata is the change's id; `title` says what would be denied. */
export function denyReasonModal(changeId: string, title: string): Modal {
  return modal({
    callbackId: callbackIds.denyReason,
    title: "Deny",
    submit: "Deny",
    metadata: changeId,
    blocks: [
      section(mrkdwn`*${title}*\nIf you deny this, nothing is changed. One denial is enough.`),
      input({
        id: reasonBlock,
        label: "Why?",
        hint: "The asker and everybody who sees the card can read it.",
        optional: true,
        element: {
          type: "plain_text_input",
          action_id: valueId,
          multiline: true,
          max_length: 500,
          focus_on_load: true,
          placeholder: plain("It ends tomorrow anyway", 150),
        },
      }),
    ],
  });
}

export function readDenyReasonModal(values: StateValues): { reason?: string } {
  const reason = typed(values, reasonBlock);
  return reason === undefined ? {} : { reason };
}
