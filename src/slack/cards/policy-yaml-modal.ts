import { context, section } from "./blocks.ts";
import { callbackIds } from "./ids.ts";
import { input, type Modal, modal, type StateValues, typed, valueId } from "./modal-blocks.ts";
import { chunks } from "./policy-answer.ts";
import { type PolicyPlace, placeText } from "./policy-place.ts";
import { code, mrkdwn, preformatted } from "./text.ts";

const mostCharacters = 3_000;
export const yamlBlock = "yaml";

/** A text area that takes a whole policy file in the draft's place. */
export function policyImportModal(place: PolicyPlace): Modal {
  return modal({
    callbackId: callbackIds.policyImport,
    title: "Import YAML",
    submit: "Put into draft",
    metadata: placeText(place),
    blocks: [
      input({
        id: yamlBlock,
        label: "A policy file",
        hint: "It takes the place of all rules in your draft. Nothing holds until you save the draft.",
        element: {
          type: "plain_text_input",
          action_id: valueId,
          multiline: true,
          max_length: mostCharacters,
          focus_on_load: true,
        },
      }),
      context(
        mrkdwn`Slack takes ${mostCharacters} characters at most. A longer file: ${code("fermata policy apply FILE")}.`,
      ),
    ],
  });
}

export function readPolicyImport(values: StateValues): string {
  return typed(values, yamlBlock) ?? "";
}

/** The draft as the file it could be saved as. */
export function policyExportModal(yaml: string): Modal {
  const blocks =
    yaml.length > mostCharacters
      ? [
          section(
            mrkdwn`This draft is longer than ${mostCharacters} characters, which is more than Slack shows.`,
          ),
          context(mrkdwn`The policy in force, once it is saved: ${code("fermata policy show")}.`),
        ]
      : chunks(yaml.trimEnd().split("\n")).map((lines) => section(preformatted(lines)));
  return modal({ callbackId: "policy_export_modal", title: "Export", blocks });
}
