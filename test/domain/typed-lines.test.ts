import { expect, it } from "vitest";
import { type Command, parseCommand } from "../../src/domain/command.ts";
import type { TargetText } from "../../src/domain/target-text.ts";
import { longestCommand } from "../../src/domain/words.ts";
import { monday } from "./builders.ts";
import { typedLines } from "./typed-lines.ts";

const here = { now: monday, zone: "Europe/Berlin", connections: ["burki", "sales-eu"] };

/** Nothing that cannot be seen, and one line. */
function shown(text: string): string {
  return text.replace(/[\n\r\t]|(?! )[\p{Cf}\p{Zs}\p{Zl}\p{Zp}]/gu, (sign) =>
    sign === "\u200D" ? sign : `\\u${sign.codePointAt(0)?.toString(16).padStart(4, "0")}`,
  );
}

function targetWords(target: TargetText): string {
  switch (target.kind) {
    case "exact":
      return `${target.connection} → ${target.quoted ? `“${target.id}”` : target.id}`;
    case "id":
      return `id ${target.id}`;
    case "link":
      return `link ${target.host} → ${target.id}`;
    case "name":
      return target.quoted ? `exactly “${target.text}”` : `“${target.text}”`;
  }
}

function when(at: Date): string {
  const format = new Intl.DateTimeFormat("sv", {
    dateStyle: "short",
    timeStyle: "short",
    timeZone: "Europe/Berlin",
  });
  return format.format(at);
}

function meaning(command: Command): string {
  if (command.kind === "not_understood") return `✗ ${command.sentence}`;
  if (command.kind === "which_clause") return `? limit or reason: ${command.clause}`;
  if (command.kind !== "change") return JSON.stringify(command);
  const { action, targets, until, note, reason } = command;
  return [
    `✓ ${action} ${targets.map(targetWords).join(" + ")}`,
    ...(until ? [`until ${when(until)}`] : []),
    ...(reason === undefined ? [] : [`because ${reason}`]),
    ...(note === undefined ? [] : [`NOTE ${note}`]),
  ].join(" | ");
}

it("four hundred typed lines mean this", async () => {
  const all = Object.entries(typedLines).map(([group, lines]) =>
    [
      `## ${group}`,
      ...lines.map((line) => `${shown(line)}\n    ${shown(meaning(parseCommand(line, here)))}`),
    ].join("\n"),
  );
  const head =
    "It is Monday, 4 January 2027, 13:00 in Berlin. Each line as it is typed, and what it is read as.";
  expect(Object.values(typedLines).flat().length).toBeGreaterThanOrEqual(400);
  await expect(`${head}\n\n${all.join("\n\n")}\n`).toMatchFileSnapshot("snapshots/typed-lines.txt");
});

it("a line that is longer than anybody types is not read, and answered in words", () => {
  for (const sign of [
    '"',
    "`",
    "“",
    "'",
    "「",
    "<",
    "[",
    ":x:",
    'a:"',
    ",",
    "\n",
    "for 2h ",
    "until ",
    "and ",
  ]) {
    const command = parseCommand(`pause ${sign.repeat(256_000)}`, here);
    expect(command).toMatchObject({ kind: "not_understood" });
    expect(meaning(command)).toContain(
      `${longestCommand} is the most that is read. Nothing was changed.`,
    );
  }
});
