/** Who someone is to us, looked up fresh at Slack whenever they decide something. */
export type PersonKind = "member" | "guest" | "bot" | "deactivated" | "stranger";

export interface Person {
  /** Canonical id: the same for one person across a Grid. */
  id: string;
  /** Slack's other ids of the same person: on a Grid one for each workspace. */
  otherIds?: readonly string[];
  kind: PersonKind;
  /** Slack's own owner or admin, or named as admin by the operator or the policy. */
  admin: boolean;
  /** Slack user groups, as far as the policy at hand names them. */
  groups: readonly string[];
  /** User groups that they are known not to be in. */
  notIn?: readonly string[];
  /** User groups of which nobody could say whether this person is in them. */
  unread?: readonly string[];
  /** IANA zone of their Slack profile, or an offset (`+02:00`) where that could not be read. */
  zone: string;
  /** The zone could not be read, so that times are taken by an offset. */
  zoneGuessed?: boolean;
}

/** Whether a list that was written by hand means this person, whichever of their ids it names. */
export function isCalled(
  { id, otherIds = [] }: Pick<Person, "id" | "otherIds">,
  name: string,
): boolean {
  return name === id || otherIds.includes(name);
}
