/** Names of everything that can be pressed; listeners match them with `pressed`. */
export const actionIds = {
  approve: "review_approve",
  approveAnyway: "review_approve_anyway",
  deny: "review_deny",
  withdraw: "change_withdraw",
  checkAgain: "target_check_again",
  tryAgain: "change_try_again",
  ratify: "change_ratify",
  reverse: "change_reverse",
  undo: "change_undo",
  extend: "change_extend",
  details: "change_details",
  choose: "choice_take",
  clause: "clause_take",
  connect: "connect_open",
  connectVendor: "connect_vendor_pick",
  campaigns: "campaign_search",
  digestOff: "digest_off",
  policyRule: "policy_rule",
  policyAdd: "policy_add",
  policyPage: "policy_page",
  policyWhatIf: "policy_what_if",
  policyImport: "policy_import",
  policyExport: "policy_export",
  policyReplay: "policy_replay",
  policySave: "policy_save",
  policyAnew: "policy_anew",
  policyThen: "policy_then",
} as const;
export type ActionName = keyof typeof actionIds;

export const callbackIds = {
  campaign: "campaign_modal",
  denyReason: "deny_reason_modal",
  reverseReason: "reverse_reason_modal",
  extend: "extend_modal",
  connect: "connect_modal",
  connectVendor: "connect_vendor_modal",
  digest: "digest_modal",
  policy: "policy_modal",
  policyRule: "policy_rule_modal",
  policyWhatIf: "policy_what_if_modal",
  policyImport: "policy_import_modal",
  policySave: "policy_save_modal",
} as const;

/** Slack wants each action id once per message, so repeated buttons are numbered. */
export function numbered(id: string, place: number): string {
  return `${id}:${place}`;
}

/** Matches an action id with or without its number. */
export function pressed(name: ActionName): RegExp {
  return new RegExp(`^${actionIds[name]}(?::\\d+)?$`);
}
