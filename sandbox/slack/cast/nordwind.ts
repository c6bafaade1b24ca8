import { anybody, botIn, type Cast, openChannel } from "./cast.ts";

const team = { id: "T0NORDWIND", name: "Nordwind", domain: "nordwind" };
const bot = { botId: "B0NORDWIND", botUserId: "U0NORDWIND" };

/**
 * Another company, which has nothing to do with the first. Some names are the same on purpose:
 * nothing but ids tells the two "#outreach" apart, nor the two "ana".
 */
export function nordwindCast(): Cast {
  const member = anybody(team.id);
  const house = ["U0NANA0001", "U0NIKO0002", "U0NORA0003"];
  const withBot = { ...openChannel, members: [...house, bot.botUserId], botIsMember: true };
  return {
    team,
    ...bot,
    people: [
      { ...member, id: "U0NANA0001", name: "ana", realName: "Ana Nordin", color: "#2f6f8f" },
      { ...member, id: "U0NIKO0002", name: "niko", realName: "Niko Berg", color: "#a0522d" },
      {
        ...member,
        id: "U0NORA0003",
        name: "nora",
        realName: "Nora Lind",
        color: "#5b7f2a",
        isAdmin: true,
      },
      botIn(team.id, bot.botUserId),
    ],
    channels: [
      { ...withBot, id: "C0NORDOUTR", name: "outreach" },
      { ...withBot, id: "C0NORDAPPR", name: "approvals" },
    ],
    groups: [{ id: "S0NORDSALE", handle: "sales", name: "Sales", users: ["U0NIKO0002"] }],
  };
}
