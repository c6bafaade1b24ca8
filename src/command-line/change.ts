import type { Command } from "commander";
import type { Change } from "../domain/change.ts";
import { type Attempt, attemptsOf } from "../store/attempts.ts";
import { auditOf, type ChainedLine } from "../store/audit.ts";
import { listChanges } from "../store/changes.ts";
import type { Q } from "../store/handle.ts";
import { attemptAsJson, auditAsJson, changeAsJson } from "./change-json.ts";
import { Exit, exitCodes } from "./exit.ts";
import { withWorld } from "./open.ts";
import { minute, plain, printJson, printTable, type Terminal } from "./terminal.ts";

/** A change and all that is on record about it. */
interface Story {
  change: Change;
  attempts: readonly Attempt[];
  audit: readonly ChainedLine[];
}

export function changeCommand(program: Command, terminal: Terminal): void {
  program
    .command("change")
    .description("show one change with its votes, its calls to the vendor and its audit lines")
    .argument("<id>", "the change's id, as `fermata changes` prints it")
    .option("--json", "print JSON")
    .action(async (id: string, { json }: { json?: boolean }) => {
      const story = await withWorld(terminal, ({ store }) => store.read((q) => storyOf(q, id)));
      if (!story) throw new Exit(exitCodes.data, `There is no change ${plain(id)}.`);
      if (json) printJson(terminal, storyAsJson(story));
      else tell(story, terminal);
    });
}

async function storyOf(q: Q, id: string): Promise<Story | undefined> {
  const [change] = await listChanges(q, { id, limit: 1 });
  if (!change) return undefined;
  const attempts = await attemptsOf(q, change.workspace, id);
  return { change, attempts, audit: await auditOf(q, change.workspace, id) };
}

function storyAsJson({ change, attempts, audit }: Story) {
  return {
    ...changeAsJson(change),
    attempts: attempts.map((attempt) => attemptAsJson(change, attempt)),
    audit: audit.map(auditAsJson),
  };
}

function tell(story: Story, terminal: Terminal): void {
  const { change } = story;
  printTable(terminal, [
    ["id", change.id],
    ["workspace", change.workspace],
    ["action", change.action],
    ["state", change.state],
    ["asked", `${minute(change.askedAt)} by ${change.askedBy}`],
    ["reason", change.reason ?? "none given"],
  ]);
  section(terminal, "Campaigns", targetRows(change));
  section(terminal, "Votes", voteRows(change));
  section(terminal, "Calls to the vendor", attemptRows(story));
  section(
    terminal,
    "Audit",
    story.audit.map(({ seq, at, actor, event, detail }) => [
      String(seq),
      minute(at),
      actor,
      event,
      detail,
    ]),
  );
}

function section(terminal: Terminal, title: string, rows: readonly (readonly string[])[]): void {
  terminal.out("");
  terminal.out(rows.length > 0 ? title : `${title}: none`);
  printTable(
    terminal,
    rows.map((row) => ["", ...row]),
  );
}

function targetRows({ targets }: Change): string[][] {
  return targets.map(({ connection, campaign, state, before, after, sentence }) => [
    `${connection}:${campaign.id}`,
    campaign.name,
    state,
    before || after ? `${before ?? "?"} → ${after ?? "?"}` : "",
    sentence ?? "",
  ]);
}

function voteRows({ votes }: Change): string[][] {
  return votes.map(({ by, kind, at, reason }) => [minute(at), by, kind, reason ?? ""]);
}

function attemptRows({ change, attempts }: Story): string[][] {
  return attempts.map((attempt) => {
    const target = change.targets.find(({ id }) => id === attempt.targetId);
    return [
      minute(attempt.startedAt),
      target ? `${target.connection}:${target.campaign.id}` : "",
      `${attempt.action}, try ${attempt.number}`,
      attempt.result ?? "no answer on record",
      attempt.detail ?? "",
    ];
  });
}
