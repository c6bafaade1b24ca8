import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Config, looseFlags, type Need, readConfig } from "../src/config.ts";
import { newKeyLine } from "../src/store/seal.ts";
import { Secret } from "../src/store/secret.ts";

type Environment = Record<string, string>;

function configOf(environment: Environment, needs: readonly Need[] = []): Config {
  const read = readConfig(needs, environment);
  if (read.kind === "problems") throw new Error(read.problems.join("\n"));
  return read.config;
}

function problemsOf(environment: Environment, needs: readonly Need[] = []): readonly string[] {
  const read = readConfig(needs, environment);
  return read.kind === "problems" ? read.problems : [];
}

/** With its secrets in the clear, to compare them. */
function shown(config: Config): Record<string, unknown> {
  const entries = Object.entries(config).map(([name, value]) => [
    name,
    value instanceof Secret ? value.reveal() : value,
  ]);
  return Object.fromEntries(entries);
}

function fileWith(text: string, mode = 0o600): string {
  const folder = mkdtempSync(join(tmpdir(), "fermata-config-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "secret");
  writeFileSync(file, text, { mode });
  return file;
}

describe("the configuration", () => {
  it("has a default for everything that is no secret", () => {
    expect(configOf({})).toMatchObject({
      signingSecret: undefined,
      botToken: undefined,
      clientId: undefined,
      clientSecret: undefined,
      slackApiUrl: "https://slack.com/api/",
      authorizeUrl: "https://slack.com/oauth/v2/authorize",
      publicUrl: undefined,
      host: "0.0.0.0",
      port: 3000,
      databaseUrl: "file:./data/fermata.db",
      keyring: undefined,
      admins: [],
      egressAllow: [],
      metricsToken: undefined,
      logLevel: "info",
    });
  });

  it("reads everything that is set", () => {
    const keyring = `${newKeyLine("b")}\n# older\n${newKeyLine("a")}`;
    const config = configOf({
      SLACK_SIGNING_SECRET: "shh",
      SLACK_BOT_TOKEN: "xoxb-1",
      SLACK_API_URL: "http://127.0.0.1:9/api",
      HOST: "127.0.0.1",
      PORT: "0",
      DATABASE_URL: "postgres://u:p@localhost/fermata",
      FERMATA_KEYRING: keyring,
      FERMATA_ADMINS: "U012ABC, W034DEF",
      FERMATA_EGRESS_ALLOW: "127.0.0.1:81,[::1]:82",
      FERMATA_METRICS_TOKEN: "t",
      LOG_LEVEL: "warn",
    });
    expect(shown(config)).toMatchObject({
      signingSecret: "shh",
      botToken: "xoxb-1",
      slackApiUrl: "http://127.0.0.1:9/api/",
      host: "127.0.0.1",
      port: 0,
      databaseUrl: "postgres://u:p@localhost/fermata",
      keyring,
      admins: ["U012ABC", "W034DEF"],
      egressAllow: ["127.0.0.1:81", "[::1]:82"],
      metricsToken: "t",
      logLevel: "warn",
    });
  });

  it("takes an empty variable for one that is not set", () => {
    expect(configOf({ PORT: "", FERMATA_ADMINS: "", LOG_LEVEL: "" }).port).toBe(3000);
    expect(problemsOf({ FERMATA_KEYRING: "" }, ["keyring"])).toEqual([
      "FERMATA_KEYRING is missing; make one with `fermata keys new`",
    ]);
  });

  it("asks only for what the command needs", () => {
    expect(problemsOf({})).toEqual([]);
    expect(problemsOf({}, ["signingSecret", "slackApp", "keyring"])).toEqual([
      "SLACK_SIGNING_SECRET is missing",
      "SLACK_BOT_TOKEN is missing; for many workspaces set SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and PUBLIC_URL",
      "FERMATA_KEYRING is missing; make one with `fermata keys new`",
    ]);
  });

  it("takes one workspace by its token or many by OAuth, and never half of either", () => {
    const many = {
      SLACK_CLIENT_ID: "1.2",
      SLACK_CLIENT_SECRET: "canary",
      PUBLIC_URL: "https://fermata.example.com",
    };
    expect(problemsOf(many, ["slackApp"])).toEqual([]);
    expect(problemsOf({ ...many, SLACK_BOT_TOKEN: "xoxb-canary" }, ["slackApp"])).toEqual([
      "SLACK_BOT_TOKEN and SLACK_CLIENT_ID are both set; keep one",
    ]);
    expect(problemsOf({ SLACK_CLIENT_ID: "1.2" }, ["slackApp"])).toEqual([
      "SLACK_CLIENT_SECRET is missing; installs by OAuth need it",
      "PUBLIC_URL is missing; installs by OAuth need it",
    ]);
  });

  it.each([
    ["PUBLIC_URL", "canary", "is not an http(s) address"],
    [
      "PUBLIC_URL",
      "https://example.com/canary",
      "must be an address without a path, like https://fermata.example.com",
    ],
    ["SLACK_BOT_TOKEN", "xoxp-canary", "must start with xoxb-"],
    ["SLACK_API_URL", "canary", "is not an http(s) address"],
    ["SLACK_API_URL", "ftp://canary", "is not an http(s) address"],
    ["PORT", "canary", "must be a port number, 0 to 65535"],
    ["PORT", "65536", "must be a port number, 0 to 65535"],
    ["PORT", "-1", "must be a port number, 0 to 65535"],
    ["PORT", "80.5", "must be a port number, 0 to 65535"],
    ["DATABASE_URL", "mysql://canary", "must be file:PATH or postgres://…"],
    ["DATABASE_URL", "file:", "must be file:PATH or postgres://…"],
    ["FERMATA_KEYRING", "canary", "line 1 must read NAME:KEY"],
    ["FERMATA_KEYRING", "a:canary", "line 1 must hold 32 bytes in base64"],
    ["FERMATA_KEYRING", "# canary", "holds no key"],
    ["FERMATA_ADMINS", "@canary", "must be Slack user ids like U012ABC"],
    ["FERMATA_EGRESS_ALLOW", "canary", "must be host:port, comma-separated"],
    ["LOG_LEVEL", "canary", "must be one of trace, debug, info, warn, error, fatal, silent"],
  ])("says what is wrong with %s=%s, and repeats no value", (name, value, words) => {
    expect(problemsOf({ [name]: value })).toEqual([`${name} ${words}`]);
  });

  it("prints nothing of its secrets, however it is printed", () => {
    const config = configOf({
      SLACK_SIGNING_SECRET: "canary-signing",
      SLACK_BOT_TOKEN: "xoxb-canary",
      FERMATA_KEYRING: `canary:${Buffer.alloc(32, 7).toString("base64")}`,
      FERMATA_METRICS_TOKEN: "canary-metrics",
    });
    const printed = `${inspect(config, { depth: 9, showHidden: true })}${JSON.stringify(config)}${config.botToken}`;
    expect(printed).not.toContain("canary");
    expect(printed).toContain("[redacted]");
  });

  it("F47: refuses a process that would trust every certificate", () => {
    const [problem] = problemsOf({ NODE_TLS_REJECT_UNAUTHORIZED: "0" });
    expect(problem).toContain("NODE_TLS_REJECT_UNAUTHORIZED=0");
    expect(problemsOf({ NODE_TLS_REJECT_UNAUTHORIZED: "1" })).toEqual([]);
  });

  it("names everything that is wrong or missing at once", () => {
    const problems = problemsOf({ PORT: "x", LOG_LEVEL: "x", SLACK_BOT_TOKEN: "x" }, [
      "signingSecret",
      "slackApp",
    ]);
    expect(problems.map((problem) => problem.split(" ")[0]).sort()).toEqual([
      "LOG_LEVEL",
      "PORT",
      "SLACK_BOT_TOKEN",
      "SLACK_SIGNING_SECRET",
    ]);
  });
});

describe("a secret in a file", () => {
  it.each([
    ["SLACK_SIGNING_SECRET", "signingSecret", "shh"],
    ["SLACK_BOT_TOKEN", "botToken", "xoxb-1"],
    ["SLACK_CLIENT_SECRET", "clientSecret", "shh"],
    ["FERMATA_KEYRING", "keyring", newKeyLine("a")],
    ["FERMATA_METRICS_TOKEN", "metricsToken", "t"],
    ["DATABASE_URL", "databaseUrl", "postgres://u:p@localhost/fermata"],
  ] as const)("H73: is read for %s, without the line break at its end", (name, key, value) => {
    const config = configOf({ [`${name}_FILE`]: fileWith(`${value}\n`) });
    expect(shown(config)[key]).toBe(value);
  });

  it.each([0o640, 0o604, 0o620, 0o666, 0o700 | 0o001])(
    "is refused for the keyring if others may read or write it (%o)",
    (mode) => {
      const file = fileWith(newKeyLine("a"), mode);
      chmodSync(file, mode);
      expect(problemsOf({ FERMATA_KEYRING_FILE: file }, ["keyring"])).toEqual([
        "FERMATA_KEYRING_FILE may be read by others; make it 0600 with chmod 600",
      ]);
    },
  );

  it("may be readable by its owner alone, with or without the right to write", () => {
    for (const mode of [0o600, 0o400]) {
      const file = fileWith(newKeyLine("a"), mode);
      expect(problemsOf({ FERMATA_KEYRING_FILE: file }, ["keyring"])).toEqual([]);
    }
  });

  it("is checked like any other", () => {
    expect(problemsOf({ SLACK_BOT_TOKEN_FILE: fileWith("canary") })).toEqual([
      "SLACK_BOT_TOKEN must start with xoxb-",
    ]);
  });

  it("must be there, hold something and be the only one", () => {
    const need = ["signingSecret"] as const;
    const name = "SLACK_SIGNING_SECRET_FILE";
    expect(problemsOf({ [name]: "/nowhere/canary" }, need)).toEqual([
      `${name} names a file that cannot be read`,
    ]);
    expect(problemsOf({ [name]: fileWith("\n") }, need)).toEqual([`${name} names an empty file`]);
    expect(problemsOf({ [name]: fileWith("a"), SLACK_SIGNING_SECRET: "b" }, need)).toEqual([
      `SLACK_SIGNING_SECRET and ${name} are both set; keep one`,
    ]);
  });
});

describe("a process that is to serve", () => {
  it.each([
    "--inspect",
    "--inspect-brk=0.0.0.0:9229",
    "--report-on-signal",
    "--heapsnapshot-signal=SIGUSR2",
  ])("D32: may not be started with %s", (flag) => {
    expect(looseFlags({}, [flag])).toHaveLength(1);
    expect(looseFlags({ NODE_OPTIONS: `--enable-source-maps ${flag}` }, [])).toHaveLength(1);
  });

  it("may be started with what shows nothing", () => {
    expect(looseFlags({ NODE_OPTIONS: "--max-old-space-size=512" }, ["--import", "tsx"])).toEqual(
      [],
    );
  });
});
