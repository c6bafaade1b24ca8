import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Config, type Need, readConfig } from "../src/config.ts";
import { looseFlags } from "../src/node-flags.ts";
import { namedIn } from "../src/slack/operator-admins.ts";
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
      host: "127.0.0.1",
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
      SLACK_SIGNING_SECRET: "shh-a-secret",
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
      signingSecret: "shh-a-secret",
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
    [
      "FERMATA_ADMINS",
      "@canary",
      "must be Slack user ids like U012ABC, or pairs like T012ABC/U012ABC",
    ],
    [
      "SLACK_SIGNING_SECRET",
      "c",
      "is too short to sign anything; take it from the app's Basic Information",
    ],
    [
      "PUBLIC_URL",
      "http://canary.example.com",
      "must be https, but for an address of this machine alone",
    ],
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
    ["SLACK_SIGNING_SECRET", "signingSecret", "shh-a-secret"],
    ["SLACK_BOT_TOKEN", "botToken", "xoxb-1"],
    ["SLACK_CLIENT_SECRET", "clientSecret", "shh-a-secret"],
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

  it.each([0o666, 0o622, 0o660])("is refused if others may write it (%o)", (mode) => {
    const file = fileWith("xoxb-canary", mode);
    chmodSync(file, mode);
    expect(problemsOf({ SLACK_BOT_TOKEN_FILE: file })).toEqual([
      "SLACK_BOT_TOKEN_FILE may be written by others; make it 0600 with chmod 600",
    ]);
  });

  it("is taken with a caution if others may only read it", () => {
    const file = fileWith("xoxb-canary");
    chmodSync(file, 0o444);
    expect(readConfig([], { SLACK_BOT_TOKEN_FILE: file })).toMatchObject({
      kind: "config",
      cautions: ["SLACK_BOT_TOKEN_FILE may be read by others; make it 0600 with chmod 600"],
    });
  });

  it.runIf(process.geteuid?.() === 0)("is refused if it belongs to somebody else", () => {
    for (const name of ["FERMATA_KEYRING", "SLACK_BOT_TOKEN"]) {
      const file = fileWith(name === "FERMATA_KEYRING" ? newKeyLine("a") : "xoxb-canary");
      chownSync(file, 12345, 12345);
      expect(problemsOf({ [`${name}_FILE`]: file })).toEqual([
        `${name}_FILE belongs to somebody else; make it your own with chown`,
      ]);
    }
  });

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
    expect(
      problemsOf({ [name]: fileWith("a-secret"), SLACK_SIGNING_SECRET: "b-secret" }, need),
    ).toEqual([`SLACK_SIGNING_SECRET and ${name} are both set; keep one`]);
  });
});

describe("an address", () => {
  const bare = { SLACK_BOT_TOKEN: "xoxb-1" };

  it("may be plain http on this machine", () => {
    for (const host of ["127.0.0.1:9", "localhost:9", "[::1]:9", "127.8.8.8", "fermata.localhost"])
      for (const name of ["PUBLIC_URL", "SLACK_API_URL", "SLACK_AUTHORIZE_URL"])
        expect(problemsOf({ ...bare, [name]: `http://${host}/` })).toEqual([]);
  });

  it("of Slack's stand-in may be plain http elsewhere only where the operator names it", () => {
    for (const name of ["SLACK_API_URL", "SLACK_AUTHORIZE_URL"]) {
      const given = { ...bare, [name]: "http://slack.internal:8080/x" };
      expect(problemsOf(given)[0]).toMatch(new RegExp(`^${name} must be https`));
      expect(problemsOf({ ...given, FERMATA_EGRESS_ALLOW: "slack.internal:80" })).toHaveLength(1);
      expect(problemsOf({ ...given, FERMATA_EGRESS_ALLOW: "slack.internal:8080" })).toEqual([]);
    }
  });

  it.each(["http://127.0.0.1.example.com", "http://localhost.example.com", "http://10.0.0.7"])(
    "is not of this machine: %s",
    (PUBLIC_URL) => expect(problemsOf({ PUBLIC_URL })).toHaveLength(1),
  );
});

describe("admins whom the operator names", () => {
  const many = {
    SLACK_CLIENT_ID: "1.2",
    SLACK_CLIENT_SECRET: "s",
    PUBLIC_URL: "https://f.example",
  };

  it("B14: are pairs where many workspaces are served, and a bare id is refused", () => {
    const [problem] = problemsOf({ ...many, FERMATA_ADMINS: "T012ABC/U012ABC U034DEF" }, [
      "slackApp",
    ]);
    expect(problem).toMatch(/^FERMATA_ADMINS must be pairs like T012ABC\/U012ABC/);
    expect(problemsOf({ ...many, FERMATA_ADMINS: "T012ABC/U012ABC,T034DEF/W034DEF" })).toEqual([]);
  });

  it("B14: are admins in their own workspace and in no other", () => {
    const admins = ["U0ALL", "T01/U0ONE", "T02/U0TWO"];
    expect(namedIn(admins, "T01")).toEqual(["U0ALL", "U0ONE"]);
    expect(namedIn(admins, "T03")).toEqual(["U0ALL"]);
  });
});

describe("a bot token that rotates", () => {
  it("is refused in the environment, with the reason and the way out", () => {
    const [problem] = problemsOf({ SLACK_BOT_TOKEN: "xoxe.xoxb-1-canary" });
    expect(problem).toMatch(/^SLACK_BOT_TOKEN is one that ends after twelve hours/);
    expect(problem).toContain("SLACK_CLIENT_ID");
    expect(problem).not.toContain("canary");
  });
});

describe("a process that is to serve", () => {
  it.each([
    "--inspect",
    "--inspect_brk",
    "--heapsnapshot_signal=SIGUSR2",
    "--report_on_signal",
    '"--inspect=0"',
    "--inspect-brk=0.0.0.0:9229",
    "--report-on-signal",
    "--heapsnapshot-signal=SIGUSR2",
  ])("D32: may not be started with %s", (flag) => {
    expect(looseFlags({}, [flag])).toHaveLength(1);
    expect(looseFlags({ NODE_OPTIONS: `--enable-source-maps ${flag}` }, [])).toHaveLength(1);
  });

  it("D32: may not go on where the debugger was opened before it could hear", () => {
    expect(looseFlags({}, [], true)).toHaveLength(1);
    expect(looseFlags({}, [], false)).toEqual([]);
  });

  it("may be started with what shows nothing", () => {
    expect(looseFlags({ NODE_OPTIONS: "--max-old-space-size=512" }, ["--import", "tsx"])).toEqual(
      [],
    );
  });
});
