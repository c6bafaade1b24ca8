import type { PretendChannel, PretendGroup, PretendPerson } from "../types.ts";
import { anybody, botIn, type Cast, openChannel as open } from "./cast.ts";

const team = { id: "T0FERMATA1", name: "Fermata Demo", domain: "fermata-demo" };
const otherTeam = "T0ACMECORP";
const bot = { botId: "B0FERMATA1", botUserId: "U0FERMATA1" };
const member = anybody(team.id);

/** The workspace where the app is at home. */
export function fermataCast(): Cast {
  const lists = { people: defaultPeople(), channels: defaultChannels(), groups: defaultGroups() };
  return { team, ...bot, ...lists };
}

/** Everybody a demo or a test needs: who asks, who approves, who may not. */
function defaultPeople(): PretendPerson[] {
  return [
    { ...member, id: "U0ANA00001", name: "ana", realName: "Ana Ferrer", color: "#4a7bd0" },
    { ...member, id: "U0BEN00002", name: "ben", realName: "Ben Okafor", color: "#2e8b6f" },
    { ...member, id: "U0CHI00003", name: "chi", realName: "Chi Nguyen", color: "#b8663d" },
    {
      ...member,
      id: "U0DEE00004",
      name: "dee",
      realName: "Dee Larsson",
      color: "#8a5bb5",
      isAdmin: true,
    },
    {
      ...member,
      id: "U0GUS00005",
      name: "gus",
      realName: "Gus Moreau",
      color: "#7a7f87",
      isRestricted: true,
    },
    {
      ...member,
      id: "U0SAM00006",
      name: "sam",
      realName: "Sam Patel",
      color: "#c0476b",
      isStranger: true,
      teamId: otherTeam,
      tz: "America/New_York",
    },
    botIn(team.id, bot.botUserId),
  ];
}

const house = ["U0ANA00001", "U0BEN00002", "U0CHI00003", "U0DEE00004"];

function defaultChannels(): PretendChannel[] {
  return [
    {
      ...open,
      id: "C0OUTREACH",
      name: "outreach",
      members: [...house, "U0GUS00005", bot.botUserId],
      botIsMember: true,
    },
    {
      ...open,
      id: "C0APPROVALS",
      name: "approvals",
      members: [...house, bot.botUserId],
      botIsMember: true,
    },
    {
      ...open,
      id: "C0SHAREDACME",
      name: "shared-acme",
      isExtShared: true,
      connectedTeams: [otherTeam],
      members: ["U0ANA00001", "U0BEN00002", "U0DEE00004", "U0SAM00006", bot.botUserId],
      botIsMember: true,
    },
    { ...open, id: "C0GENERAL1", name: "general", members: [...house], botIsMember: false },
  ];
}

function defaultGroups(): PretendGroup[] {
  return [
    {
      id: "S0MARKETNG",
      handle: "marketing",
      name: "Marketing",
      users: ["U0BEN00002", "U0CHI00003"],
    },
  ];
}
