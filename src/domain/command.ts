import { type AwayCommand, readAway } from "./away-command.ts";
import {
  type Action,
  actions,
  listedPhases,
  type Phase,
  type VendorName,
  vendorNames,
} from "./campaign.ts";
import { type ChangeCommand, readChange, type WhichClause } from "./change-command.ts";
import type { ClauseContext } from "./reason-clause.ts";
import { shorten } from "./shorten.ts";
import { readStop, type StopCommand } from "./stop-command.ts";
import { readTargets, type TargetText } from "./target-text.ts";
import { meantBy, nearest, type Subcommand, subcommands, usages } from "./usages.ts";
import { cleanText, longestCommand, splitWords, type Word } from "./words.ts";

export type Command =
  | ChangeCommand
  | StopCommand
  | WhichClause
  | { kind: "status"; targets: TargetText[] }
  | { kind: "list"; connection?: string; phase?: Phase }
  | { kind: "history"; targets: TargetText[] }
  | { kind: "connect"; vendor?: VendorName }
  | { kind: "connections" }
  | { kind: "digest" }
  | { kind: "policy" }
  | AwayCommand
  | { kind: "doctor" }
  | { kind: "help"; topic?: string }
  | { kind: "open_modal" }
  | NotUnderstood;

/** Nothing was done; `usage` holds the lines that may help. */
export interface NotUnderstood {
  kind: "not_understood";
  sentence: string;
  usage: string[];
}

/** Where and when a command was typed: `zone` is the typist's (IANA). */
export type CommandContext = ClauseContext;

/** Reads what follows `/campaign`. Never throws; what cannot be read is an answer in words. */
export function parseCommand(text: string, context: CommandContext): Command {
  if (text.length > longestCommand) return notUnderstood(tooLong(text), "help");
  const lines = cleanText(text);
  // Of the same length, so that the words still know where they stood.
  const cleaned = lines.replaceAll("\n", " ");
  const [first, ...rest] = splitWords(lines).filter(isNoEmptyLine);
  if (!first) return { kind: "open_modal" };
  const word = first.text.toLowerCase();
  const subcommand = subcommands.find((known) => known === word);
  if (!subcommand) return unknownWord(word);
  const action = actions.find((known) => known === subcommand);
  if (subcommand === "stop") return readStopOrSay(cleaned, rest, context);
  if (subcommand === "policy") return readPolicy(text, rest, context);
  return action ? readChangeOrSay(action, cleaned, rest, context) : readView(subcommand, rest);
}

function tooLong(text: string): string {
  return `This is a text of ${text.length} characters, and ${longestCommand} is the most that is read. Nothing was changed.`;
}

/** In front of the first word there is nothing to part. */
function isNoEmptyLine(word: Word, place: number): boolean {
  return place > 0 || !word.comma;
}

function readChangeOrSay(
  action: Action,
  text: string,
  words: readonly Word[],
  context: CommandContext,
): Command {
  const read = readChange(action, text, words, context);
  return read.ok ? read.command : notUnderstood(`${read.sentence} Nothing was changed.`, action);
}

function readStopOrSay(text: string, words: readonly Word[], context: CommandContext): Command {
  const read = readStop(text, words, context);
  if (read.ok) return read.command;
  return notUnderstood(`${read.sentence} Nothing was changed.`, "stop", "pause", "cancel");
}

function readPolicy(text: string, words: readonly Word[], context: CommandContext): Command {
  const [first] = words;
  if (!first) return { kind: "policy" };
  const away = readAway(text.replace(/^\s*\S+/, ""), context);
  if (away?.ok) return away.command;
  const sentence = away?.sentence ?? `“${shorten(first.text)}” says nothing about the policy.`;
  return notUnderstood(`${sentence} Nothing was changed.`, "policy");
}

function readView(subcommand: Subcommand, words: readonly Word[]): Command {
  const [first] = words;
  switch (subcommand) {
    case "status":
    case "history": {
      const read = readTargets(words);
      return read.ok
        ? { kind: subcommand, targets: read.targets }
        : notUnderstood(read.sentence, subcommand);
    }
    case "list":
      return readList(words.filter((word) => !word.comma));
    case "connect":
      return first ? readConnect(first.text.toLowerCase()) : { kind: "connect" };
    case "help":
      return first ? { kind: "help", topic: first.text.toLowerCase() } : { kind: "help" };
    case "digest":
    case "doctor":
      return { kind: subcommand };
    default:
      return { kind: "connections" };
  }
}

function readList(words: readonly Word[]): Command {
  const texts = words.map((word) => word.text);
  const states = texts.map(phaseOf);
  const connections = texts.filter((_, at) => states[at] === undefined);
  const [phase, second] = states.filter((state) => state !== undefined);
  const [connection, wrong] = connections;
  if (wrong !== undefined || second !== undefined) {
    const known = listedPhases.filter((state) => state !== "unknown").join(", ");
    return notUnderstood(
      `A list can be narrowed to one connection and one state: ${known}.`,
      "list",
    );
  }
  return { kind: "list", ...(connection !== undefined && { connection }), ...(phase && { phase }) };
}

function phaseOf(text: string): Phase | undefined {
  const word = text.toLowerCase();
  return listedPhases.find((phase) => phase === (word === "canceled" ? "cancelled" : word));
}

function readConnect(word: string): Command {
  const vendor = vendorNames.find((name) => name === word);
  if (vendor) return { kind: "connect", vendor };
  const near = nearest(word, vendorNames);
  const hint = near ? `Did you mean ${near}?` : `The vendors are ${vendorNames.join(", ")}.`;
  return notUnderstood(`“${shorten(word)}” is not a vendor I know. ${hint}`, "connect");
}

function unknownWord(word: string): NotUnderstood {
  const meant = meantBy(word);
  const hint =
    meant.length > 0 ? `Did you mean ${meant.join(" or ")}?` : "These are the words I know.";
  return notUnderstood(
    `“${shorten(word)}” is not a word I know. ${hint} Nothing was changed.`,
    ...(meant.length > 0 ? meant : subcommands),
  );
}

function notUnderstood(sentence: string, ...about: readonly Subcommand[]): NotUnderstood {
  return { kind: "not_understood", sentence, usage: about.map((subcommand) => usages[subcommand]) };
}
