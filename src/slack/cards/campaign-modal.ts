import type { RadioButtons } from "@slack/types";
import { type Action, actions } from "../../domain/campaign.ts";
import { mostAtOnce } from "../../domain/how-many.ts";
import { option, plain } from "./blocks.ts";
import { actionIds, callbackIds } from "./ids.ts";
import {
  chosen,
  chosenMany,
  input,
  type Modal,
  modal,
  type Read,
  type StateValues,
  typedLine,
  valueId,
} from "./modal-blocks.ts";
import { verbs } from "./words.ts";

const blocks = { action: "action", campaigns: "campaigns", length: "length", reason: "reason" };
export const campaignModalBlocks = blocks;

/** The words of the command's grammar, so that a form and a typed command mean the same. */
const lengths = [
  ["open", "Until someone resumes it"],
  ["for 1h", "For 1 hour"],
  ["for 2h", "For 2 hours"],
  ["for 4h", "For 4 hours"],
  ["for 8h", "For 8 hours"],
  ["until tomorrow 9:00", "Until tomorrow at 9:00"],
  ["until mon 9:00", "Until Monday at 9:00"],
  ["for 7d", "For 7 days"],
] as const;
type Length = (typeof lengths)[number][0];

/** The bare `/campaign`. Campaigns come by type-ahead, from every connection; the metadata is the channel. */
export function campaignModal(look: { action?: Action; channel: string }): Modal {
  const lengthOptions = lengths.map(([value, label]) => option(label, value));
  const [open] = lengthOptions;
  return modal({
    callbackId: callbackIds.campaign,
    title: "Campaigns",
    submit: "Send",
    metadata: look.channel,
    blocks: [
      input({
        id: blocks.action,
        label: "What should happen?",
        element: actionChoice(look.action),
      }),
      input({
        id: blocks.campaigns,
        label: "Which campaigns?",
        element: {
          type: "multi_external_select",
          action_id: actionIds.campaigns,
          placeholder: plain("Type a name or an id", 150),
          min_query_length: 0,
          max_selected_items: mostAtOnce,
          focus_on_load: true,
        },
      }),
      input({
        id: blocks.length,
        label: "How long?",
        hint: "Only a pause has a length.",
        optional: true,
        element: {
          type: "static_select",
          action_id: valueId,
          options: lengthOptions,
          ...(open && { initial_option: open }),
        },
      }),
      input({
        id: blocks.reason,
        label: "Why?",
        hint: "Everybody who sees the card can read it, and it is kept in the history.",
        optional: true,
        element: {
          type: "plain_text_input",
          action_id: valueId,
          max_length: 500,
          placeholder: plain("wrong price in step 2", 150),
        },
      }),
    ],
  });
}

function actionChoice(action: Action = "pause"): RadioButtons {
  const options = actions.map((one) => option(verbs[one].ask, one));
  const initial = options.find(({ value }) => value === action);
  return {
    type: "radio_buttons",
    action_id: valueId,
    options,
    ...(initial && { initial_option: initial }),
  };
}

export interface CampaignForm {
  action: Action;
  /** The values of the options that were offered. */
  campaigns: string[];
  /** In the grammar's words ("for 2h", "until mon 9:00"); left out: open, or not a pause. */
  length?: Exclude<Length, "open">;
  reason?: string;
}

export function readCampaignModal(values: StateValues): Read<CampaignForm> {
  const action = actions.find((one) => one === chosen(values, blocks.action));
  const campaigns = [...new Set(chosenMany(values, blocks.campaigns, actionIds.campaigns))];
  if (!action) return { ok: false, errors: { [blocks.action]: "Choose what should happen." } };
  if (campaigns.length === 0) {
    return { ok: false, errors: { [blocks.campaigns]: "Choose at least one campaign." } };
  }
  const known = lengths
    .map(([value]) => value)
    .find((one) => one === chosen(values, blocks.length));
  const length = action === "pause" && known !== "open" ? known : undefined;
  const reason = typedLine(values, blocks.reason);
  return {
    ok: true,
    content: { action, campaigns, ...(length && { length }), ...(reason && { reason }) },
  };
}
