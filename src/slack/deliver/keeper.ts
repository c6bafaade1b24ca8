import { mayConfigure } from "../../domain/rights.ts";
import { loadPolicy } from "../../flows/load-policy.ts";
import { isNobody } from "../people.ts";
import { mayPass, NotKnownYet } from "../troubles.ts";
import type { Voice } from "./in-thread.ts";

/** More are not looked up for one letter. */
const mostAsked = 10;

type Asking = Pick<Voice, "world" | "web" | "people" | "admins">;

/**
 * Who gets what only people can put right: whoever installed us, or else one of the policy's admins, or in that
 * person's place one of Slack's. Whether they are admins is asked of Slack each time, for a letter may hold what not
 * everybody may read. Undefined where we know of nobody; throws where Slack cannot say just now.
 */
export async function keeperOf(voice: Asking, workspace: string): Promise<string | undefined> {
  const { policy } = await loadPolicy(voice.world, workspace);
  const installer = await voice.web.installer(workspace);
  const known = [...(installer ? [installer] : []), ...(policy.admins ?? [])];
  const [first] = await adminsAmong(voice, workspace, known, 1);
  if (first !== undefined || !installer) return first;
  const others = (await voice.admins.of(workspace)).filter((one) => !known.includes(one));
  return (await adminsAmong(voice, workspace, others, 1))[0];
}

/** Those of them who are admins there now, in their order. */
export async function adminsAmong(
  { world, people }: Pick<Asking, "world" | "people">,
  workspace: string,
  ids: readonly string[],
  most = mostAsked,
): Promise<string[]> {
  const { policy } = await loadPolicy(world, workspace);
  const found: string[] = [];
  for (const id of [...new Set(ids)].slice(0, mostAsked)) {
    if (found.length >= most) break;
    const known = await people.know(workspace, id, {
      admins: policy.admins ?? [],
      groups: [],
      look: true,
    });
    if (known.kind === "person") {
      if (mayConfigure(known.person, policy).ok) found.push(id);
    } else if (!isNobody(known) && mayPass(known.reason)) throw new NotKnownYet(known.reason);
  }
  return found;
}
