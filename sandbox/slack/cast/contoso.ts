import type { PretendPerson } from "../types.ts";
import { anybody, botIn, type Cast, openChannel } from "./cast.ts";

const contoso = { id: "E0CONTOSO", name: "Contoso", domain: "contoso" };

const berlin = { id: "T0CONTOSO1", name: "Contoso Berlin", domain: "contoso-berlin" };
const oslo = { id: "T0CONTOSO2", name: "Contoso Oslo", domain: "contoso-oslo" };
/** One for the whole organisation. */
const bot = { botId: "B0CONTOSO1", botUserId: "U0CONTOSO1" };

/**
 * Two sister workspaces of an Enterprise Grid. Eva belongs to both, Finn and Hugo to Berlin, Greta
 * to Oslo; she meets Berlin in "#all-hands", which the organisation shares.
 */
export function contosoCasts(): Cast[] {
  const { eva, finn, greta, hugo } = people();
  const shared = { ...bot, enterprise: contoso };
  return [
    {
      ...shared,
      team: berlin,
      people: [eva, finn, greta, hugo, botIn(berlin.id, bot.botUserId)],
      channels: [
        channel("C0CONBERL1", "outreach", [eva, finn, hugo]),
        {
          ...channel("C0CONHANDS", "all-hands", [eva, finn, greta, hugo]),
          isOrgShared: true,
          connectedTeams: [oslo.id],
        },
      ],
      groups: [{ id: "S0CONBERL1", handle: "berlin", name: "Berlin", users: [finn.id] }],
    },
    {
      ...shared,
      team: oslo,
      people: [eva, greta, botIn(oslo.id, bot.botUserId)],
      channels: [channel("C0CONOSLO1", "outreach", [eva, greta])],
      groups: [{ id: "S0CONOSLO1", handle: "oslo", name: "Oslo", users: [greta.id] }],
    },
  ];
}

function people() {
  return {
    eva: somebody("EVA", "Eva Roth", [berlin.id, oslo.id]),
    finn: somebody("FINN", "Finn Adler", [berlin.id]),
    greta: somebody("GRETA", "Greta Holm", [oslo.id]),
    hugo: { ...somebody("HUGO", "Hugo Brandt", [berlin.id], true), isAdmin: true },
  };
}

/** The first of the workspaces is home. */
function somebody(
  name: string,
  realName: string,
  teams: [string, ...string[]],
  isAdmin = false,
): PretendPerson {
  const rest = name.padEnd(8, "0");
  return {
    ...anybody(teams[0]),
    id: `U0${rest}`,
    name: name.toLowerCase(),
    realName,
    color: "#356a9e",
    enterprise: { id: `W0${rest}`, isAdmin, teams: [...teams] },
  };
}

function channel(id: string, name: string, members: PretendPerson[]) {
  const ids = [...members.map((person) => person.id), bot.botUserId];
  return { ...openChannel, id, name, members: ids, botIsMember: true };
}
