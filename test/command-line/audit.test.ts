import { describe, expect, it } from "vitest";
import { csvRow } from "../../src/command-line/csv.ts";
import { readConfig } from "../../src/config.ts";
import { openWorld } from "../../src/open-world.ts";
import { appendAudit } from "../../src/store/audit.ts";
import { known } from "../slack/cards/hostile.ts";
import { tamper } from "../store/tamper.ts";
import { type OwnTerminal, ownTerminal } from "./own-terminal.ts";

/** Three lines in one workspace's record and one in another's. */
async function withRecord(): Promise<OwnTerminal> {
  const own = ownTerminal();
  for (const [workspace, name] of [
    ["T1", "one"],
    ["T1", "two"],
    ["T2", "three"],
    ["T1", "four"],
  ]) {
    const line = `connect --workspace ${workspace} --vendor burki --name ${name} --no-check`;
    expect((await own.types(line, `{"apiKey":"canary-1234567890-${name}"}`)).code).toBe(0);
  }
  return own;
}

/** The same database, for whoever writes to it without a command. */
async function opened(own: OwnTerminal) {
  const read = readConfig(["keyring"], own.environment);
  if (read.kind === "problems") throw new Error(read.problems.join());
  const { world, close } = await openWorld({ ...read.config, logLevel: "silent" });
  return { store: world.store, close };
}

const changed = (own: OwnTerminal, ...statements: string[]) =>
  tamper(own.environment.DATABASE_URL ?? "", ...statements);

describe("fermata audit verify", () => {
  it("finds a record whole that nobody touched", async () => {
    const { types, reads } = await withRecord();
    expect(await types("audit verify")).toMatchObject({
      code: 0,
      out: "The record is whole: 4 lines.",
    });
    expect(await reads("audit verify --workspace T1 --json")).toEqual({ ok: true, lines: 3 });
  });

  it.each([
    ["an altered line", "UPDATE audit SET actor = 'U1' WHERE workspace = 'T1' AND seq = 2", 2],
    ["a removed line", "DELETE FROM audit WHERE workspace = 'T1' AND seq = 2", 2],
    ["a cut end", "DELETE FROM audit WHERE workspace = 'T1' AND seq = 3", 3],
  ])(
    "H59: ends with 65 and the first bad sequence number for %s",
    async (_what, statement, seq) => {
      const own = await withRecord();
      await changed(own, statement);
      const { code, out, err } = await own.types("audit verify");
      expect([code, out]).toEqual([65, ""]);
      expect(err).toContain("T1");
      expect(err).toContain(`The first bad sequence number is ${seq}.`);
      const asJson = await own.types("audit verify --workspace T1 --json");
      expect(asJson.code).toBe(65);
      expect(JSON.parse(asJson.out)).toMatchObject({ ok: false, workspace: "T1", seq });
      expect((await own.types("audit verify --workspace T2")).code).toBe(0);
    },
  );
});

describe("fermata audit verify --head", () => {
  it("H59: holds the record against a line that the log named", async () => {
    const { types } = await withRecord();
    const lines = (await types("audit export --workspace T1")).out.split("\n");
    const { seq, hash } = JSON.parse(lines.at(-1) ?? "");
    const verify = `audit verify --workspace T1 --head`;
    expect((await types(`${verify} ${seq}:${hash}`)).code).toBe(0);
    const ahead = await types(`${verify} ${seq + 1}:${hash}`);
    expect(ahead.code).toBe(65);
    expect(ahead.err).toContain("The first bad sequence number is 4.");
    const other = await types(`${verify} ${seq}:${"0".repeat(64)}`);
    expect(other.code).toBe(65);
    expect(other.err).toContain("The first bad sequence number is 3.");
  });
});

describe("fermata audit export", () => {
  it("prints a JSON object per line, workspace by workspace, oldest first", async () => {
    const { types } = await withRecord();
    const { out } = await types("audit export");
    const lines = out.split("\n").map((line) => JSON.parse(line));
    expect(lines.map(({ workspace, seq }) => `${workspace} ${seq}`)).toEqual([
      "T1 1",
      "T1 2",
      "T1 3",
      "T2 1",
    ]);
    expect(lines[0]).toMatchObject({
      actor: "the command line",
      event: "connected",
      detail: { name: "one", vendor: "burki" },
    });
    expect((await types("audit export --workspace T2")).out.split("\n")).toHaveLength(1);
  });

  it("prints a table with a header for spreadsheets", async () => {
    const { types } = await withRecord();
    const { code, out } = await types("audit export --workspace T2 --format csv");
    expect(code).toBe(0);
    const [header, line] = out.split("\n");
    expect(header).toBe("workspace,seq,at,actor,event,subject,detail,previousHash,hash");
    expect(line).toContain('"{""name"":""three"",""vendor"":""burki"",""version"":1}"');
  });

  it.each(["jsonl", "csv"])(
    "E43: prints one line for each event, whatever stands in it: %s",
    async (format) => {
      const own = ownTerminal();
      const { store, close } = await opened(own);
      for (const text of known) {
        const line = {
          event: text,
          subject: `=${text}`,
          detail: { name: text, "\u001b[2J": text },
        };
        const entry = { workspace: "T1", at: new Date(0), actor: `@${text}`, lines: [line] };
        await store.write((q) => appendAudit(q, entry));
      }
      await close();
      const { code, out } = await own.types(`audit export --format ${format}`);
      const lines = out.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/);
      expect([code, lines.length]).toEqual([0, known.length + (format === "csv" ? 1 : 0)]);
      expect(lines.join()).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
      expect(lines.filter((line) => /(?:^|,)"?[=+\-@\t]/.test(line))).toEqual([]);
    },
  );

  it("still prints a record that was tampered with", async () => {
    const own = await withRecord();
    await changed(own, "UPDATE audit SET detail = '=not json', actor = '=1+1' WHERE seq = 1");
    const asJson = await own.types("audit export --workspace T2");
    expect(JSON.parse(asJson.out)).toMatchObject({ detail: "=not json" });
    const asCsv = await own.types("audit export --workspace T2 --format csv");
    expect(asCsv.out).toContain(",'=1+1,");
    expect(asCsv.out).toContain(",'=not json,");
  });
});

describe("E43: a row of CSV", () => {
  it.each([
    ["plain", "plain"],
    ["with, comma", '"with, comma"'],
    ['says "hi"', '"says ""hi"""'],
    ["two\nlines", '"two\nlines"'],
    ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
    ["+49", "'+49"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["  =1", "'  =1"],
    ["\t=1", '"\'\t=1"'],
    ["\uff1dcmd", "'\uff1dcmd"],
    ["", ""],
  ])("writes %j as %j", (text, cell) => {
    expect(csvRow([text, "x"])).toBe(`${cell},x`);
  });
});
