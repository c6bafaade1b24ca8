import type { Enterprise, PretendChannel, PretendGroup, PretendPerson, Team } from "../types.ts";

export const botName = "fermata";

/** Everybody and everything a workspace begins with. */
export interface Cast {
  team: Team;
  /** The organisation of a workspace on Enterprise Grid. */
  enterprise?: Enterprise;
  botId: string;
  botUserId: string;
  people: PretendPerson[];
  channels: PretendChannel[];
  groups: PretendGroup[];
}

export function anybody(teamId: string): Omit<PretendPerson, "id" | "name" | "realName" | "color"> {
  return {
    tz: "Europe/Berlin",
    isAdmin: false,
    isOwner: false,
    isRestricted: false,
    isUltraRestricted: false,
    isBot: false,
    deleted: false,
    isStranger: false,
    teamId,
  };
}

export function botIn(teamId: string, id: string): PretendPerson {
  const looks = { name: botName, realName: "Fermata", color: "#1f2937", tz: "UTC" };
  return { ...anybody(teamId), ...looks, id, isBot: true };
}

export const openChannel = {
  isPrivate: false,
  isArchived: false,
  isExtShared: false,
  isIm: false,
};
