import type { AllMiddlewareArgs, SlackViewMiddlewareArgs } from "@slack/bolt";
import type { Rule } from "../../domain/policy.ts";
import { putRule } from "../../domain/policy-edit.ts";
import { editDraft } from "../../flows/policy-draft.ts";
import { readRuleDeed } from "../cards/policy-modal.ts";
import { readPlace } from "../cards/policy-place.ts";
import { outcomeOf, policyRuleModal, readOutcome } from "../cards/policy-rule-modal.ts";
import { readPolicyRule } from "../cards/policy-rule-read.ts";
import { configuringVisitor, type Desk } from "./desk.ts";
import { drawView } from "./open-modal.ts";
import { keyOf, listOf, onPolicyPress, onPolicyPush, type PolicyPress } from "./policy-press.ts";

type Args = SlackViewMiddlewareArgs & AllMiddlewareArgs;

const tooMuch =
  "This rule says more than a form can hold. Nothing was changed. Use Export, change the file, and use Import YAML.";

export const editRule = (desk: Desk) =>
  onPolicyPush(desk, "Rule", async ({ draft, place, viewId, value }) => {
    const picked = readRuleDeed(value);
    const rule = picked && draft.policy.rules[picked.rule];
    if (!picked || !rule || picked.revision !== draft.revision) {
      return { sentence: `${changedMeanwhile} Close this, and send /campaign policy again.` };
    }
    const outcome = outcomeOf(rule);
    const at = { ...place, revision: draft.revision, list: viewId, rule: picked.rule };
    return outcome ? policyRuleModal({ place: at, rule, outcome }) : { sentence: tooMuch };
  });

const changedMeanwhile = "The draft has changed since you looked, so this was not done.";

export const addRuleButton = (desk: Desk) =>
  onPolicyPush(desk, "Rule", async ({ draft, place, viewId }) =>
    policyRuleModal({
      place: { ...place, revision: draft.revision, list: viewId },
      rule: undefined,
      outcome: "approve1",
    }),
  );

/** Another outcome has other fields. */
export const policyThenChoice = (desk: Desk) =>
  onPolicyPress(desk, async ({ origin, draft, place, viewId, value }) => {
    const outcome = readOutcome(value);
    if (!outcome) return;
    const rule = ruleAt({ draft, place });
    await drawView(desk, origin.workspace, viewId, policyRuleModal({ place, rule, outcome }));
  });

function ruleAt({ draft, place }: Pick<PolicyPress, "draft" | "place">): Rule | undefined {
  return place.rule === undefined ? undefined : draft.policy.rules[place.rule];
}

/** The rule is checked as one in a file is, and put into the draft. */
export const submitPolicyRule =
  (desk: Desk) =>
  async ({ ack, view, body }: Args): Promise<void> => {
    const workspace = body.team?.id ?? "";
    const refuse = (errors: Record<string, string>) => ack({ response_action: "errors", errors });
    const visitor = await configuringVisitor(desk, workspace, body.user.id);
    if ("sentence" in visitor) return refuse({ name: visitor.sentence });
    const read = readPolicyRule(view.state.values);
    if (!read.ok) return refuse(read.errors);
    const place = readPlace(view.private_metadata);
    const after =
      place &&
      (await editDraft(desk.world, keyOf({ workspace }, visitor, place), place.revision, (policy) =>
        putRule(policy, read.content, place.rule),
      ));
    if (!after) return refuse({ name: `${changedMeanwhile} Copy what you typed, and edit again.` });
    const list = listOf(after, visitor.policy.version, place.page);
    if (place.list) await drawView(desk, workspace, place.list, list);
    await ack();
  };
