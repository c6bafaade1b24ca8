import { readFileSync, statSync } from "node:fs";
import { z } from "zod";
import { parseKeyring } from "./store/seal.ts";
import { Secret } from "./store/secret.ts";

const url = z.url({ protocol: /^https?$/, error: "is not an http(s) address" });
const userIds = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(z.string().regex(/^[UW][A-Z0-9]{2,}$/, "must be Slack user ids like U012ABC")));
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

const schema = z.object({
  SLACK_SIGNING_SECRET: z.string().min(1).optional(),
  SLACK_BOT_TOKEN: z.string().startsWith("xoxb-", "must start with xoxb-").optional(),
  SLACK_API_URL: url.default("https://slack.com/api/"),
  HOST: z.string().min(1).default("0.0.0.0"),
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
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(", ")}`).default("info"),
});

const secretNames = [
  "SLACK_SIGNING_SECRET",
  "SLACK_BOT_TOKEN",
  "FERMATA_KEYRING",
  "FERMATA_METRICS_TOKEN",
  // It may hold a password.
  "DATABASE_URL",
] as const;

/** Everything the environment says, parsed once. */
export interface Config {
  signingSecret: Secret | undefined;
  botToken: Secret | undefined;
  slackApiUrl: string;
  host: string;
  port: number;
  databaseUrl: string;
  /** The keyring's text: lines `kid:base64(32 bytes)`. */
  keyring: Secret | undefined;
  admins: readonly string[];
  /** `host:port` that vendor calls may reach although private or plain http. */
  egressAllow: readonly string[];
  metricsToken: Secret | undefined;
  logLevel: string;
}

/** What a command cannot do without. */
export type Need = "signingSecret" | "botToken" | "keyring";
const needNames: Record<Need, string> = {
  signingSecret: "SLACK_SIGNING_SECRET",
  botToken: "SLACK_BOT_TOKEN",
  keyring: "FERMATA_KEYRING",
};

export type ConfigReading =
  | { kind: "config"; config: Config }
  /** One line per problem; none of them holds a value of a secret. */
  | { kind: "problems"; problems: readonly string[] };

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the whole environment and reports all that is wrong with it at once. */
export function readConfig(needs: readonly Need[], environment: Environment): ConfigReading {
  const problems: string[] = [];
  const filled = withSecretFiles(environment, problems);
  const parsed = schema.safeParse(filled);
  for (const issue of parsed.error?.issues ?? []) {
    problems.push(`${String(issue.path[0])} ${issue.message}`);
  }
  for (const need of needs) {
    const name = needNames[need];
    if (!filled[name] && !environment[`${name}_FILE`]) problems.push(missing(need));
  }
  if (environment.NODE_TLS_REJECT_UNAUTHORIZED === "0") {
    problems.push(
      "NODE_TLS_REJECT_UNAUTHORIZED=0 would send keys to anybody; name your own authority in NODE_EXTRA_CA_CERTS instead",
    );
  }
  return parsed.success && problems.length === 0
    ? { kind: "config", config: toConfig(parsed.data) }
    : { kind: "problems", problems: [...new Set(problems)] };
}

function withSecretFiles(environment: Environment, problems: string[]): Environment {
  const filled: Record<string, string | undefined> = {};
  for (const name of Object.keys(schema.shape)) filled[name] = environment[name] || undefined;
  for (const name of secretNames) {
    const path = environment[`${name}_FILE`];
    if (!path) continue;
    if (filled[name]) problems.push(`${name} and ${name}_FILE are both set; keep one`);
    try {
      if (name === "FERMATA_KEYRING" && othersMayRead(path)) {
        problems.push(`${name}_FILE may be read by others; make it 0600 with chmod 600`);
        continue;
      }
      filled[name] = readFileSync(path, "utf8").trim() || undefined;
      if (!filled[name]) problems.push(`${name}_FILE names an empty file`);
    } catch {
      problems.push(`${name}_FILE names a file that cannot be read`);
    }
  }
  return filled;
}

/** Any right at all for the group or for everybody. */
function othersMayRead(path: string): boolean {
  const file = statSync(path);
  return file.isFile() && (file.mode & 0o077) !== 0;
}

function toConfig(env: z.infer<typeof schema>): Config {
  return {
    signingSecret: secret(env.SLACK_SIGNING_SECRET),
    botToken: secret(env.SLACK_BOT_TOKEN),
    slackApiUrl: env.SLACK_API_URL.endsWith("/") ? env.SLACK_API_URL : `${env.SLACK_API_URL}/`,
    host: env.HOST,
    port: env.PORT,
    databaseUrl: env.DATABASE_URL,
    keyring: secret(env.FERMATA_KEYRING),
    admins: env.FERMATA_ADMINS,
    egressAllow: env.FERMATA_EGRESS_ALLOW,
    metricsToken: secret(env.FERMATA_METRICS_TOKEN),
    logLevel: env.LOG_LEVEL,
  };
}

function secret(value: string | undefined): Secret | undefined {
  return value === undefined ? undefined : new Secret(value);
}

function missing(need: Need): string {
  const hint = need === "keyring" ? "; make one with `fermata keys new`" : "";
  return `${needNames[need]} is missing${hint}`;
}

/** What a process that holds other people's keys must not be started with. */
const loose = /--(inspect|report-|heapsnapshot-|heap-prof|cpu-prof|abort-on-uncaught-exception)/;

/** Takes what is secret out of this process's own environment, which every crash report shows. */
export function forgetSecrets(): void {
  for (const name of secretNames) delete process.env[name];
}

/** One line per flag of Node that would open this process's memory to others. */
export function looseFlags(
  environment: Environment,
  flags: readonly string[] = process.execArgv,
): string[] {
  const given = [...flags, ...(environment.NODE_OPTIONS ?? "").split(/\s+/)];
  return given
    .filter((flag) => loose.test(flag))
    .map((flag) => `Node's ${flag.split("=")[0]} shows what is in memory; start without it`);
}

/** The environment of this process, for whoever is handed it instead of reading it. */
export function processEnvironment(): Environment {
  return process.env;
}
