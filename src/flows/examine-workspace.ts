import { isGrammarWord } from "../domain/connection-name.ts";
import type { Finding } from "../domain/finding.ts";
import { whatNeverMatches } from "../domain/policy-never.ts";
import { shorten } from "../domain/shorten.ts";
import { type Connection, listConnections } from "../store/connections.ts";
import { explain } from "../vendors/explain.ts";
import { VendorFailure } from "../vendors/failure.ts";
import { inTime } from "../waiting.ts";
import type { World } from "../world.ts";
import { loadPolicy } from "./load-policy.ts";
import { openAccount } from "./open-connection.ts";
import { policyNotes } from "./policy-notes.ts";

/** What to do about it shall still fit behind. */
const mostOfProblem = 300;

const mostNotes = 5;

/** Which policy holds, whether it says what does nothing, and whether it can be read. */
export async function examinePolicy(world: World, workspace: string): Promise<Finding> {
  const { policy, version, broken } = await loadPolicy(world, workspace);
  const about = { what: "policy", workspace };
  if (broken !== undefined) {
    const denied = `Version ${version} cannot be read, so everything is denied (${shorten(broken, mostOfProblem)}).`;
    const remedy = `An admin can save another one with /campaign policy, or whoever runs Fermata with \`fermata policy apply\`.`;
    return { ...about, ok: false, sentence: `${denied} ${remedy}` };
  }
  const holds = version === 0 ? "The built-in one holds." : `Version ${version} holds.`;
  const notes = await policyNotes(world, workspace, policy);
  const shown = notes.slice(0, mostNotes);
  const more = notes.length > shown.length ? [`And ${notes.length - shown.length} more.`] : [];
  const remedy = notes.length > 0 ? ["`/campaign policy` changes it."] : [];
  const sentence = [holds, ...shown, ...more, ...remedy].join(" ");
  return { ...about, ok: whatNeverMatches(policy).length === 0, sentence };
}

const atOnce = 3;
const answerWithinMs = 5_000;
const allWithinMs = 60_000;

/** Whether each platform answers and takes its key: one cheap call for each, three at once, a minute for all. */
export async function examineConnections(world: World, workspace: string): Promise<Finding[]> {
  const connections = await world.store.read((q) => listConnections(q, workspace));
  if (connections.length === 0) {
    const sentence = "No platform is connected. An admin can connect one with /campaign connect.";
    return [{ what: "connections", workspace, ok: true, sentence }];
  }
  const until = world.now().getTime() + allWithinMs;
  const found: Finding[] = [];
  const left = [...connections.entries()];
  const look = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [place, connection] = next;
      const state = world.now() < new Date(until) ? await stateOf(world, connection) : notLooked;
      found[place] = { what: `connection ${connection.name}`, workspace, ...state };
    }
  };
  await Promise.all(Array.from({ length: atOnce }, look));
  return found;
}

type State = Pick<Finding, "ok" | "sentence">;

const notLooked: State = {
  ok: false,
  sentence:
    "It was not looked at, for the others took too long to answer. Look again in a few minutes.",
};

async function stateOf(world: World, connection: Connection): Promise<State> {
  const opened = await openAccount(world, connection);
  if (opened.kind !== "open") return { ok: false, sentence: opened.sentence };
  const { title } = opened.vendor;
  try {
    const answered = opened.account.check().then(() => true);
    if (await inTime(answered, answerWithinMs / world.haste))
      return {
        ok: true,
        sentence: `${title} answers and takes its key.${notedBroken(connection)}${wordOfGrammar(connection)}`,
      };
    const slow = `${title} did not answer within five seconds.`;
    return {
      ok: false,
      sentence: `${slow} Changes there wait for it. Look again in a few minutes.`,
    };
  } catch (error) {
    if (!(error instanceof VendorFailure)) throw error;
    const { sentence, next } = explain(error.facts, { changing: false });
    return { ok: false, sentence: next ? `${sentence} ${next}` : sentence };
  }
}

function notedBroken({ brokenSince }: Connection): string {
  if (!brokenSince) return "";
  const day = brokenSince.toISOString().slice(0, 10);
  return ` It was noted as broken on ${day}; connecting it again clears that.`;
}

function wordOfGrammar({ name }: Connection): string {
  if (!isGrammarWord(name)) return "";
  return ` Its name is also a word of the command, which may take it for that: disconnect it and connect it under another name, ${name}-1 for example.`;
}
