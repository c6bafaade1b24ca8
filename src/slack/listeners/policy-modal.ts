import { moveRule, removeRule } from "../../domain/policy-edit.ts";
import { groupsNamed } from "../../domain/rights.ts";
import { beginDraft, editDraft, findDraft, openDraft } from "../../flows/policy-draft.ts";
import { textOfPolicy } from "../../flows/policy-text.ts";
import { replayPolicy } from "../../flows/replay-policy.ts";
import { type RuleDeed, readRuleDeed } from "../cards/policy-modal.ts";
import { policyReplayModal } from "../cards/policy-replay-modal.ts";
import { policyExportModal } from "../cards/policy-yaml-modal.ts";
import type { Desk, Origin } from "./desk.ts";
import { drawView, openModal } from "./open-modal.ts";
import { listOf, onPolicyPress, onPolicyPush, type PolicyPress } from "./policy-press.ts";
import { editRule } from "./policy-rule.ts";
import type { PressArgs } from "./press.ts";

const broken =
  "The saved policy cannot be read, so everything is denied. Import a policy file, or begin here, and save.";

/** `/campaign policy` of an admin: the rules, to look at and to change. */
export async function openPolicyModal(
  desk: Desk,
  origin: Origin,
  triggerId: string,
): Promise<void> {
  await openModal(desk, origin, triggerId, "Policy", async ({ person, policy }) => {
    const draft = await openDraft(desk.world, origin.workspace, person.id);
    return listOf(draft, policy.version, 0, policy.broken === undefined ? undefined : broken);
  });
}

/** Edit opens the rule's form; the others move rules about in the draft. */
export const policyRuleMenu = (desk: Desk) => {
  const edit = editRule(desk);
  const move = onPolicyPress(desk, (press) => moveInDraft(desk, press));
  return async (args: PressArgs): Promise<void> => {
    const picked = args.action.type === "overflow" ? args.action.selected_option.value : "";
    await (readRuleDeed(picked)?.deed === "edit" ? edit(args) : move(args));
  };
};

const moved = "The draft had changed when you pressed, so nothing was done. This is how it is now.";

async function moveInDraft(desk: Desk, press: PolicyPress): Promise<void> {
  const { origin, visitor, draft, place, viewId, value } = press;
  const picked = readRuleDeed(value);
  const after =
    picked &&
    (await editDraft(desk.world, draft, picked.revision, (policy) => {
      const { deed, rule } = picked;
      return deed === "remove" ? removeRule(policy, rule) : moveRule(policy, rule, steps[deed]);
    }));
  const now = after ?? (await findDraft(desk.world, draft)) ?? draft;
  const list = listOf(now, visitor.policy.version, place.page, after ? undefined : moved);
  await drawView(desk, origin.workspace, viewId, list);
}

const steps: Record<Exclude<RuleDeed, "remove">, -1 | 1> = { edit: 1, up: -1, down: 1 };

export const policyPageButton = (desk: Desk) =>
  onPolicyPress(desk, ({ origin, visitor, draft, viewId, value }) => {
    const page = /^\d{1,3}$/.test(value) ? Number(value) : 0;
    return drawView(desk, origin.workspace, viewId, listOf(draft, visitor.policy.version, page));
  });

export const policyAnewButton = (desk: Desk) =>
  onPolicyPress(desk, async ({ origin, visitor, viewId }) => {
    const draft = await beginDraft(desk.world, origin.workspace, visitor.person.id);
    const notice = "Your draft was thrown away. This is the policy that holds.";
    await drawView(
      desk,
      origin.workspace,
      viewId,
      listOf(draft, visitor.policy.version, 0, notice),
    );
  });

export const policyExportButton = (desk: Desk) =>
  onPolicyPush(desk, "Export", async ({ draft }) => policyExportModal(textOfPolicy(draft.policy)));

const replayedDays = 90;

export const policyReplayButton = (desk: Desk) =>
  onPolicyPush(desk, "Replay", async ({ origin, draft }) => {
    const { workspace } = origin;
    const groups = await membersNow(desk, workspace, draft);
    return groups
      ? policyReplayModal(
          await replayPolicy(desk.world, {
            workspace,
            policy: draft.policy,
            days: replayedDays,
            groups,
          }),
        )
      : {
          sentence:
            "Slack could not say just now who is in the policy's user groups, so nothing was replayed. Please try again in a minute.",
        };
  });

async function membersNow(
  { people }: Desk,
  workspace: string,
  { policy }: PolicyPress["draft"],
): Promise<Record<string, readonly string[]> | undefined> {
  const named = groupsNamed(policy);
  const lists = await Promise.all(named.map((group) => people.members(workspace, group)));
  if (lists.includes(undefined)) return undefined;
  const known = named.map((group, at) => [group, lists[at]] as const);
  // Of a group that cannot be read nothing is known.
  return Object.fromEntries(
    known.flatMap(([group, ids]) => (typeof ids === "object" ? [[group, ids]] : [])),
  );
}
