import { z } from "zod";
import { inTheClear, ofNoWorkspace } from "./config-rules.ts";
import { readSecretFile } from "./secret-file.ts";
import { parseKeyring } from "./store/seal.ts";
import { Secret } from "./store/secret.ts";

const url = z.url({ protocol: /^https?$/, error: "is not an http(s) address" });
const ownAddress = url.refine(
  (text) => !URL.canParse(text) || new URL(text).href === `${new URL(text).origin}/`,
  "must be an address without a path, like https://fermata.example.com",
);
const adminWords = "must be Slack user ids like U012ABC, or pairs like T012ABC/U012ABC";
const userIds = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(z.string().regex(/^(T[A-Z0-9]{2,}\/)?[UW][A-Z0-9]{2,}$/, adminWords)));
const hostPorts = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(z.string().regex(/^.+:\d{1,5}$/, "must be host:port, comma-separated")));

const portWords = "must be a port number, 0 to 65535";
const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
const keyring = z.string().check(({ value, issues }) => {
  const read = parseKeyring(value);
  for (const problem of read.ok ? [] : read.problems) {
    const message = problem.replace(/^(the )?keyring /, "");
    issues.push({ code: "custom", input: undefined, message });
  }
});

/** `person=30,workspace=600`: commands, clicks and forms a minute; 0 is no limit. */
const limits = z
  .string()
  .regex(/^\s*(person|workspace)=\d{1,6}(\s*,\s*(person|workspace)=\d{1,6})?\s*$/, {
    error: "must read like person=30,workspace=600",
  })
  .transform((text) => {
    const given = [...text.matchAll(/(person|workspace)=(\d+)/g)];
    const named = given.map(([, name = "", count]) => [name, Number(count)]);
    return { person: 30, workspace: 600, ...(Object.fromEntries(named) as object) };
  });

const leastSecret = 8;
const tooShort = "is too short to sign anything; take it from the app's Basic Information";
/** As long as Slack's own are. */
const usualSecret = 32;

const botToken = z.string().check(({ value, issues }) => {
  const problem = (message: string) =>
    void issues.push({ code: "custom", input: undefined, message });
  if (value.startsWith("xoxe.")) problem(rotates);
  else if (!value.startsWith("xoxb-")) problem("must start with xoxb-");
});
const rotates =
  "is one that ends after twelve hours and is replaced, which a value in the environment cannot be. Install the app by OAuth instead (SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, PUBLIC_URL), or take an app without token rotation";

const schema = z.object({
  SLACK_SIGNING_SECRET: z.string().min(leastSecret, tooShort).optional(),
  SLACK_BOT_TOKEN: botToken.optional(),
  SLACK_CLIENT_ID: z.string().min(1).optional(),
  SLACK_CLIENT_SECRET: z.string().min(1).optional(),
  SLACK_API_URL: url.default("https://slack.com/api/"),
  SLACK_AUTHORIZE_URL: url.default("https://slack.com/oauth/v2/authorize"),
  PUBLIC_URL: ownAddress.optional(),
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, portWords)
    .transform(Number)
    .refine((port) => port <= 65_535, portWords)
    .default(3000),
  DATABASE_URL: z
    .string()
    .regex(/^(file:.+|postgres(ql)?:\/\/.+)$/, "must be file:PATH or postgres://…")
    .default("file:./data/fermata.db"),
  FERMATA_KEYRING: keyring.optional(),
  FERMATA_ADMINS: userIds.default([]),
  FERMATA_EGRESS_ALLOW: hostPorts.default([]),
  FERMATA_METRICS_TOKEN: z.string().min(1).optional(),
  FERMATA_LIMITS: limits.default({ person: 30, workspace: 600 }),
  FERMATA_HASTE: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, "must be a whole number from 1")
    .transform(Number)
    .default(1),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(", ")}`).default("info"),
});

const secretNames = [
  "SLACK_SIGNING_SECRET",
  "SLACK_BOT_TOKEN",
  "SLACK_CLIENT_SECRET",
  "FERMATA_KEYRING",
  "FERMATA_METRICS_TOKEN",
  // It may hold a password.
  "DATABASE_URL",
] as const;

/** Everything the environment says, parsed once. */
export interface Config {
  signingSecret: Secret | undefined;
  /** One workspace: its bot token. Many: the next two and `publicUrl`. Never both. */
  botToken: Secret | undefined;
  clientId: string | undefined;
  clientSecret: Secret | undefined;
  slackApiUrl: string;
  authorizeUrl: string;
  /** Our own address, without a path. */
  publicUrl: string | undefined;
  host: string;
  port: number;
  databaseUrl: string;
  /** The keyring's text: lines `kid:base64(32 bytes)`. */
  keyring: Secret | undefined;
  /** Slack user ids, or where many workspaces are served `T…/U…`. */
  admins: readonly string[];
  /** `host:port` that vendor calls may reach although private or plain http. */
  egressAllow: readonly string[];
  metricsToken: Secret | undefined;
  /** Commands, clicks and forms a minute; 0 is no limit. */
  limits: { person: number; workspace: number };
  /** For tests: every wait for a platform is divided by it. */
  haste: number;
  logLevel: string;
}

/** What a command cannot do without. */
export type Need = "signingSecret" | "slackApp" | "keyring";
const needNames: Record<Exclude<Need, "slackApp">, string> = {
  signingSecret: "SLACK_SIGNING_SECRET",
  keyring: "FERMATA_KEYRING",
};

export type ConfigReading =
  /** `cautions`: what can be worked with and should not stay so, a line each. */
  | { kind: "config"; config: Config; cautions: readonly string[] }
  /** One line per problem; none of them holds a value of a secret. */
  | { kind: "problems"; problems: readonly string[] };

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the whole environment and reports all that is wrong with it at once. */
export function readConfig(needs: readonly Need[], environment: Environment): ConfigReading {
  const problems: string[] = [];
  const cautions: string[] = [];
  const filled = withSecretFiles(environment, problems, cautions);
  const parsed = schema.safeParse(filled);
  for (const issue of parsed.error?.issues ?? []) {
    problems.push(`${String(issue.path[0])} ${issue.message}`);
  }
  const isGiven = (name: string) => Boolean(filled[name] || environment[`${name}_FILE`]);
  for (const need of needs) {
    if (need === "slackApp") problems.push(...appProblems(isGiven));
    else if (!isGiven(needNames[need])) problems.push(missing(need));
  }
  if (environment.NODE_TLS_REJECT_UNAUTHORIZED === "0") {
    problems.push(
      "NODE_TLS_REJECT_UNAUTHORIZED=0 would send keys to anybody; name your own authority in NODE_EXTRA_CA_CERTS instead",
    );
  }
  if (parsed.success) {
    problems.push(...inTheClear(parsed.data), ...ofNoWorkspace(parsed.data));
    const { length = usualSecret } = parsed.data.SLACK_SIGNING_SECRET ?? {};
    if (length < usualSecret)
      cautions.push("SLACK_SIGNING_SECRET is shorter than those that Slack makes");
  }
  return parsed.success && problems.length === 0
    ? { kind: "config", config: toConfig(parsed.data), cautions }
    : { kind: "problems", problems: [...new Set(problems)] };
}

type Parsed = z.infer<typeof schema>;

function withSecretFiles(
  environment: Environment,
  problems: string[],
  cautions: string[],
): Environment {
  const filled: Record<string, string | undefined> = {};
  for (const name of Object.keys(schema.shape)) filled[name] = environment[name] || undefined;
  for (const name of secretNames) {
    const path = environment[`${name}_FILE`];
    if (!path) continue;
    if (filled[name]) problems.push(`${name} and ${name}_FILE are both set; keep one`);
    const read = readSecretFile(path, { isKeyring: name === "FERMATA_KEYRING" });
    if (read.kind === "problem") {
      problems.push(`${name}_FILE ${read.problem}`);
      continue;
    }
    filled[name] = read.text;
    if (read.caution) cautions.push(`${name}_FILE ${read.caution}`);
  }
  return filled;
}

function toConfig(env: Parsed): Config {
  return {
    signingSecret: secret(env.SLACK_SIGNING_SECRET),
    botToken: secret(env.SLACK_BOT_TOKEN),
    clientId: env.SLACK_CLIENT_ID,
    clientSecret: secret(env.SLACK_CLIENT_SECRET),
    slackApiUrl: env.SLACK_API_URL.endsWith("/") ? env.SLACK_API_URL : `${env.SLACK_API_URL}/`,
    authorizeUrl: env.SLACK_AUTHORIZE_URL,
    publicUrl: env.PUBLIC_URL,
    host: env.HOST,
    port: env.PORT,
    databaseUrl: env.DATABASE_URL,
    keyring: secret(env.FERMATA_KEYRING),
    admins: env.FERMATA_ADMINS,
    egressAllow: env.FERMATA_EGRESS_ALLOW,
    metricsToken: secret(env.FERMATA_METRICS_TOKEN),
    limits: env.FERMATA_LIMITS,
    haste: env.FERMATA_HASTE,
    logLevel: env.LOG_LEVEL,
  };
}

function secret(value: string | undefined): Secret | undefined {
  return value === undefined ? undefined : new Secret(value);
}

/** One workspace by its token, or many by OAuth: exactly one of the two ways, and that one whole. */
function appProblems(isGiven: (name: string) => boolean): string[] {
  const many = ["SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"];
  if (!many.some(isGiven)) {
    const or = "; for many workspaces set SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and PUBLIC_URL";
    return isGiven("SLACK_BOT_TOKEN") ? [] : [`SLACK_BOT_TOKEN is missing${or}`];
  }
  const both = "SLACK_BOT_TOKEN and SLACK_CLIENT_ID are both set; keep one";
  const lacking = [...many, "PUBLIC_URL"].filter((name) => !isGiven(name));
  return [
    ...(isGiven("SLACK_BOT_TOKEN") ? [both] : []),
    ...lacking.map((name) => `${name} is missing; installs by OAuth need it`),
  ];
}

function missing(need: Exclude<Need, "slackApp">): string {
  const hint = need === "keyring" ? "; make one with `fermata keys new`" : "";
  return `${needNames[need]} is missing${hint}`;
}

/** The names of secrets that stand in the environment itself, where `/proc` shows them, and not in a file. */
export function secretsInEnvironment(environment: Environment): string[] {
  return secretNames.filter((name) => {
    const value = environment[name];
    return value && !(name === "DATABASE_URL" && value.startsWith("file:"));
  });
}

/** Takes what is secret out of this process's own environment, which every crash report shows. */
export function forgetSecrets(): void {
  for (const name of secretNames) delete process.env[name];
}

/** The environment of this process, for whoever is handed it instead of reading it. */
export function processEnvironment(): Environment {
  return process.env;
}
