import { describe, expect, it } from "vitest";
import { ownTerminal } from "./own-terminal.ts";

const subcommands = [
  "serve",
  "demo",
  "connect",
  "connections",
  "disconnect",
  "policy",
  "policy show",
  "policy apply",
  "policy check",
  "policy versions",
  "policy replay",
  "changes",
  "change",
  "audit",
  "audit verify",
  "audit export",
  "keys",
  "keys new",
  "keys status",
  "doctor",
];

describe("the command line", () => {
  it.each(["", ...subcommands])("answers `fermata %s --help`", async (subcommand) => {
    const { types } = ownTerminal({ FERMATA_KEYRING: undefined });
    const { code, out, err } = await types(`${subcommand} --help`);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain(`Usage: fermata ${subcommand}`.trimEnd());
  });

  it.each(subcommands.filter((one) => !/^(serve|demo|policy|audit|keys)$/.test(one)))(
    "offers --json for `%s`",
    async (subcommand) => {
      expect((await ownTerminal().types(`${subcommand} --help`)).out).toContain("--json");
    },
  );

  it.each([
    ["conect", "connect"],
    ["conections --workspace T1", "connections"],
    ["chnges", "changes"],
    ["policy shw", "show"],
    ["audit verfy", "verify"],
  ])("names the nearest subcommand of `%s`", async (typed, nearest) => {
    const { code, out, err } = await ownTerminal().types(typed);
    expect([code, out]).toEqual([64, ""]);
    expect(err).toContain(`Did you mean ${nearest}?`);
  });

  it.each([
    "",
    "policy",
    "nothing-like-it",
    "changes --colour",
    "changes --state paused",
    "changes --limit 0",
    "changes --limit many",
    "change",
    "change one two",
    "connections",
    "connect --workspace T1",
    "connect --workspace T1 --vendor mailchimp",
    "disconnect --workspace T1",
    "policy apply --workspace T1",
    "policy show",
    "audit export --format xml",
    "audit verify --workspace T1 --head 4",
    `audit verify --head 4:${"a".repeat(64)}`,
    "demo --port none",
    "doctor burki",
  ])("takes `%s` for bad usage", async (typed) => {
    const { code, out, err } = await ownTerminal().types(typed);
    expect([code, out]).toEqual([64, ""]);
    expect(err).not.toBe("");
  });

  it.each(["connections", "policy show", "changes", "audit verify", "audit export", "doctor"])(
    "refuses for `%s` what is not a workspace's id",
    async (subcommand) => {
      for (const workspace of ["acme", "t0123", "C0123456789", "T1;--"]) {
        const { code, err } = await ownTerminal().types(`${subcommand} --workspace ${workspace}`);
        expect(code).toBe(64);
        expect(err).toContain("T0123456789");
      }
    },
  );
});
