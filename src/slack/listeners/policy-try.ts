import type { AllMiddlewareArgs, SlackViewMiddlewareArgs } from "@slack/bolt";
import { judge } from "../../domain/judge.ts";
import type { Policy } from "../../domain/policy.ts";
import { groupsNamed } from "../../domain/rights.ts";
import { parseTime } from "../../domain/said-time.ts";
import { editDraft, findDraft } from "../../flows/policy-draft.ts";
import { readPolicyText } from "../../flows/policy-text.ts";
import { suggestedCampaigns } from "../../flows/what-if.ts";
import { readPlace } from "../cards/policy-place.ts";
import { verdictWords } from "../cards/policy-verdict-words.ts";
import {
  policyWhatIfModal,
  readPolicyWhatIf,
  type WhatIf,
  whatIfBlocks,
} from "../cards/policy-what-if-modal.ts";
import { policyImportModal, readPolicyImport, yamlBlock } from "../cards/policy-yaml-modal.ts";
import { configuringVisitor, type Desk, type Known } from "./desk.ts";
import { drawView } from "./open-modal.ts";
import { draftGone, keyOf, listOf, onPolicyPush } from "./policy-press.ts";

type Args = SlackViewMiddlewareArgs & AllMiddlewareArgs;

export const policyWhatIfButton = (desk: Desk) =>
  onPolicyPush(desk, "What if?", async ({ place, viewId }) =>
    policyWhatIfModal({ ...place, list: viewId }),
  );

export const policyImportButton = (desk: Desk) =>
  onPolicyPush(desk, "Import YAML", async ({ draft, place, viewId }) =>
    policyImportModal({ ...place, revision: draft.revision, list: viewId }),
  );

/** A file in the draft's place, or every line that is wrong beside it. */
export const submitPolicyImport =
  (desk: Desk) =>
  async ({ ack, view, body }: Args): Promise<void> => {
    const workspace = body.team?.id ?? "";
    const refuse = (sentence: string) =>
      ack({ response_action: "errors", errors: { [yamlBlock]: sentence } });
    const visitor = await configuringVisitor(desk, workspace, body.user.id);
    if ("sentence" in visitor) return refuse(visitor.sentence);
    const read = readPolicyText(readPolicyImport(view.state.values));
    if (read.kind === "problems") return refuse(read.problems.slice(0, 5).join(" "));
    const place = readPlace(view.private_metadata);
    const key = place && keyOf({ workspace }, visitor, place);
    const after =
      place && key && (await editDraft(desk.world, key, place.revision, () => read.policy));
    if (!after) return refuse(draftGone);
    if (place.list) {
      const list = listOf(after, visitor.policy.version, 0);
      await drawView(desk, workspace, place.list, list);
    }
    await ack();
  };

/** What the draft would say; the form stays, so that the next question is one change away. */
export const submitPolicyWhatIf =
  (desk: Desk) =>
  async ({ ack, view, body }: Args): Promise<void> => {
    const workspace = body.team?.id ?? "";
    const refuse = (errors: Record<string, string>) => ack({ response_action: "errors", errors });
    const visitor = await configuringVisitor(desk, workspace, body.user.id);
    if ("sentence" in visitor) return refuse({ [whatIfBlocks.person]: visitor.sentence });
    const read = readPolicyWhatIf(view.state.values);
    if (!read.ok) return refuse(read.errors);
    const place = readPlace(view.private_metadata);
    const draft = place && (await findDraft(desk.world, keyOf({ workspace }, visitor, place)));
    if (!draft) return refuse({ [whatIfBlocks.person]: draftGone });
    const tried = await tryOut(desk, workspace, { draft: draft.policy, visitor }, read.content);
    if ("errors" in tried) return refuse(tried.errors);
    const answer = verdictWords({ ...tried, policy: draft.policy });
    await ack({ response_action: "update", view: policyWhatIfModal(place, answer) });
  };

/** Slack waits three seconds; a platform that is slower has its campaigns left out. */
const readWithinMs = 1_000;

async function tryOut(
  desk: Desk,
  workspace: string,
  { draft, visitor }: { draft: Policy; visitor: Known },
  wish: WhatIf,
) {
  const { world, people } = desk;
  const now = world.now();
  const when =
    wish.at === undefined ? undefined : parseTime(wish.at, { now, zone: visitor.person.zone });
  if (when && !when.ok) return { errors: { [whatIfBlocks.at]: when.sentence } };
  const [known, targets] = await Promise.all([
    people.know(workspace, wish.person, {
      admins: draft.admins ?? [],
      groups: groupsNamed(draft),
    }),
    suggestedCampaigns(world, workspace, wish.campaigns, readWithinMs),
  ]);
  if (known.kind !== "person")
    return { errors: { [whatIfBlocks.person]: "Slack could not say just now who this is." } };
  if (targets.length < wish.campaigns.length)
    return {
      errors: { [whatIfBlocks.campaigns]: "One of these could not be read. Choose again." },
    };
  const asked = { action: wish.action, by: known.person, targets, at: when?.at ?? now };
  return { ...asked, campaigns: targets.length, verdict: judge(draft, asked) };
}
