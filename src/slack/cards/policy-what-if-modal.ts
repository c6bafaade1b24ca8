import { type PolicyAction, policyActions } from "../../domain/policy.ts";
import { plain, section } from "./blocks.ts";
import { actionIds, callbackIds } from "./ids.ts";
import {
  chosen,
  chosenMany,
  input,
  type Modal,
  modal,
  picked,
  type Read,
  type StateValues,
  typedLine,
  valueId,
} from "./modal-blocks.ts";
import { type PolicyPlace, placeText } from "./policy-place.ts";
import { choiceField, textField } from "./policy-rule-fields.ts";
import { type Mrkdwn, mrkdwn } from "./text.ts";

const mostCampaigns = 50;
export const whatIfBlocks = { person: "who", action: "what", campaigns: "which", at: "at" };

/** Asks a draft what it would say of a wish. Nothing is asked for and nothing happens. */
export function policyWhatIfModal(place: PolicyPlace, answer?: readonly Mrkdwn[]): Modal {
  return modal({
    callbackId: callbackIds.policyWhatIf,
    title: "What if?",
    submit: "See",
    metadata: placeText(place),
    blocks: [
      ...(answer ?? [mrkdwn`See what your draft would say. Nothing is asked for.`]).map((one) =>
        section(one),
      ),
      input({
        id: whatIfBlocks.person,
        label: "If this person",
        element: { type: "users_select", action_id: valueId },
      }),
      choiceField({
        id: whatIfBlocks.action,
        label: "wanted to",
        options: policyActions.map((one) => [one, one]),
        chosen: "pause",
      }),
      input({
        id: whatIfBlocks.campaigns,
        label: "these campaigns",
        element: {
          type: "multi_external_select",
          action_id: actionIds.campaigns,
          placeholder: plain("Type a name or an id", 150),
          min_query_length: 0,
          max_selected_items: mostCampaigns,
        },
      }),
      textField({
        id: whatIfBlocks.at,
        label: "at",
        hint: "Such as 18:00, tomorrow 9:00 or sat 02:00. Now, if left empty.",
      }),
    ],
  });
}

export interface WhatIf {
  person: string;
  action: PolicyAction;
  campaigns: readonly string[];
  /** As typed; now if left out. */
  at?: string;
}

export function readPolicyWhatIf(values: StateValues): Read<WhatIf> {
  const person = picked(values, whatIfBlocks.person, "selected_user");
  const action = policyActions.find((one) => one === chosen(values, whatIfBlocks.action));
  const campaigns = chosenMany(values, whatIfBlocks.campaigns, actionIds.campaigns);
  const at = typedLine(values, whatIfBlocks.at);
  const errors = {
    ...(!person && { [whatIfBlocks.person]: "Choose somebody." }),
    ...(!action && { [whatIfBlocks.action]: "Choose what they would do." }),
    ...(campaigns.length === 0 && { [whatIfBlocks.campaigns]: "Choose at least one campaign." }),
  };
  return person && action && campaigns.length > 0
    ? { ok: true, content: { person, action, campaigns, ...(at !== undefined && { at }) } }
    : { ok: false, errors };
}
