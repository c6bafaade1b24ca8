import { plain, section } from "./blocks.ts";
import { callbackIds } from "./ids.ts";
import { input, type Modal, modal, type StateValues, typedLine, valueId } from "./modal-blocks.ts";
import { type Mrkdwn, mrkdwn } from "./text.ts";

const reasonBlock = "reason";

/** After Deny: why, if they like. The metadata is the change's id; `title` says what would be denied. */
export function denyReasonModal(changeId: string, title: string): Modal {
  return reasonModal({
    callbackId: callbackIds.denyReason,
    label: "Deny",
    changeId,
    about: mrkdwn`*${title}*\nIf you deny this, nothing is changed. One denial is enough.`,
    example: "It ends tomorrow anyway",
  });
}

/** After Reverse: why, if they like. */
export function reverseReasonModal(changeId: string, title: string): Modal {
  return reasonModal({
    callbackId: callbackIds.reverseReason,
    label: "Reverse",
    changeId,
    about: mrkdwn`*${title}*\nIf you reverse this, what still stands paused by it is resumed. A campaign that has never run is not started.`,
    example: "The price was right after all",
  });
}

function reasonModal(look: {
  callbackId: string;
  label: string;
  changeId: string;
  about: Mrkdwn;
  example: string;
}): Modal {
  return modal({
    callbackId: look.callbackId,
    title: look.label,
    submit: look.label,
    metadata: look.changeId,
    blocks: [
      section(look.about),
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
          placeholder: plain(look.example, 150),
        },
      }),
    ],
  });
}

export function readReasonModal(values: StateValues): { reason?: string } {
  const reason = typedLine(values, reasonBlock);
  return reason === undefined ? {} : { reason };
}
