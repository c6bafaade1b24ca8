import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { App } from "@slack/bolt";
import { type AppsManifestValidateArguments, WebClient } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Leaving } from "../src/slack/install/app-gone.ts";
import { redirectPath } from "../src/slack/install/oauth-app.ts";
import { botScopes } from "../src/slack/install/scopes.ts";
import type { Desk } from "../src/slack/listeners/desk.ts";
import { commandName, register } from "../src/slack/register.ts";
import { manifestSchema } from "./support/manifest-schema.ts";

type OAuth = NonNullable<AppsManifestValidateArguments["manifest"]["oauth_config"]>;
type BotScope = NonNullable<NonNullable<OAuth["scopes"]>["bot"]>[number];

/**
 * What each Web API method that we call needs, from its page under https://docs.slack.dev/reference/methods.
 * `chat:write.public` lets `chat.postMessage` reach the channel where a command was typed.
 */
const scopesOf: Record<string, readonly BotScope[]> = {
  "auth.teams.list": [],
  "auth.test": [],
  "chat.postEphemeral": ["chat:write"],
  "chat.postMessage": ["chat:write", "chat:write.public"],
  "chat.update": ["chat:write"],
  "conversations.info": ["channels:read", "groups:read"],
  // Of private channels only: whoever could decide is asked directly where this says no more.
  "conversations.members": ["groups:read"],
  "oauth.v2.access": [],
  "usergroups.list": ["usergroups:read"],
  "usergroups.users.list": ["usergroups:read"],
  "users.info": ["users:read"],
  "users.list": ["users:read"],
  "views.open": [],
  "views.push": [],
  "views.update": [],
};
const scopesOfCommands: readonly BotScope[] = ["commands"];
const scopesOfEvents: readonly BotScope[] = ["app_mentions:read"];

const text = readFileSync("manifest.yml", "utf8");
const manifest = manifestSchema.parse(parse(text));
const bot = manifest.oauth_config?.scopes?.bot ?? [];
const listened = whatIsListenedTo();
const called = methodsCalledIn(sourcesIn("src"));

describe("the Slack manifest", () => {
  it("registers the one command that there is a listener for", () => {
    const commands = manifest.features?.slash_commands?.map(({ command }) => command);
    expect(commands).toEqual([commandName]);
    // Under whatever name a manifest gives it.
    expect(listened.command).toEqual(["/^/"]);
  });

  it("asks Slack to send people, channels and links as ids", () => {
    expect(manifest.features?.slash_commands?.[0]?.should_escape).toBe(true);
  });

  it("sends presses, forms and the type-ahead, for all of which there are listeners", () => {
    const { interactivity } = manifest.settings ?? {};
    expect(interactivity?.is_enabled).toBe(true);
    expect(listened.action?.length).toBeGreaterThan(0);
    expect(listened.view?.length).toBeGreaterThan(0);
    expect(interactivity?.message_menu_options_url !== undefined).toBe(
      listened.options !== undefined,
    );
  });

  it("subscribes to exactly the events that there is a listener for", () => {
    const events = manifest.settings?.event_subscriptions?.bot_events ?? [];
    expect([...events].sort()).toEqual([...(listened.event ?? [])].sort());
  });

  it("offers no shortcut, since nothing listens for one", () => {
    expect(manifest.features?.shortcuts).toBeUndefined();
    expect(listened.shortcut).toBeUndefined();
  });

  it("names one address, on a host that is yet to be filled in", () => {
    const { interactivity } = manifest.settings ?? {};
    const urls = [
      manifest.features?.slash_commands?.[0]?.url,
      interactivity?.request_url,
      interactivity?.message_menu_options_url,
      manifest.settings?.event_subscriptions?.request_url,
    ];
    expect(new Set(urls)).toEqual(new Set(["https://YOUR-HOST/slack/events"]));
  });

  it("sends browsers back to where installs are finished", () => {
    expect(manifest.oauth_config?.redirect_urls).toEqual([`https://YOUR-HOST${redirectPath}`]);
  });

  it("opens the tab without which Slack refuses direct messages", () => {
    expect(manifest.features?.app_home?.messages_tab_enabled).toBe(true);
  });

  it("knows the scopes of every Web API method that the code calls, and of no other", () => {
    expect(called).toEqual(Object.keys(scopesOf).sort());
  });

  it("asks for the scopes that the code uses and for none besides", () => {
    const needed = [
      ...called.flatMap((method) => scopesOf[method] ?? []),
      ...scopesOfCommands,
      ...scopesOfEvents,
    ];
    expect([...bot].sort()).toEqual([...new Set(needed)].sort());
    expect(manifest.oauth_config?.scopes?.user).toBeUndefined();
    expect([...bot].sort()).toEqual([...botScopes].sort());
  });

  it("says of every scope what it is for", () => {
    const lines = text.split("\n").map((line) => line.trim());
    for (const scope of bot) expect(lines[lines.indexOf(`- ${scope}`) - 1]).toMatch(/^# /);
  });
});

describe("the schema it is held to", () => {
  it.each([
    ["a name of 36 characters", "name: Fermata", `name: ${"x".repeat(36)}`],
    [
      "a long description of a few words",
      /long_description: >-(\n {4}.+)+/,
      "long_description: Short",
    ],
    ["a colour that is none", '"#1f2937"', '"#12345"'],
    ["a command without its slash", "command: /campaign", "command: campaign"],
    ["an address that is none", "request_url: https://", "request_url: "],
    ["a key that Slack does not know", "socket_mode_enabled", "socket_mode"],
    ["a bot without a name", "display_name: Fermata", ""],
    ["a flag that is no flag", "always_online: true", "always_online: sometimes"],
  ])("finds %s", (_, right, wrong) => {
    const spoilt = text.replace(right, wrong);
    expect(spoilt).not.toBe(text);
    expect(manifestSchema.safeParse(parse(spoilt)).success).toBe(false);
  });
});

/** What `register` listens to, by kind; for commands and events by name. */
function whatIsListenedTo(): Partial<Record<string, string[]>> {
  const heard: Record<string, string[]> = {};
  const recorder = new Proxy(
    {},
    {
      get: (_, kind) => (name: unknown) => {
        heard[String(kind)] = [...(heard[String(kind)] ?? []), String(name)];
      },
    },
  );
  register(recorder as App, {} as Desk, {} as Leaving);
  return heard;
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => readFileSync(join(folder, path), "utf8"));
}

/** Every method of the Web API that is called by its name, however the lines are broken. */
function methodsCalledIn(sources: readonly string[]): string[] {
  let rest = sources.join("\n");
  expect(rest).not.toMatch(/(?<!super\.|async )\bapiCall\(/);
  const found: string[] = [];
  // Longest first, so that `usergroups.users.list` is not taken for `users.list`.
  for (const method of methodsOf(new WebClient()).sort((a, b) => b.length - a.length)) {
    const call = new RegExp(`\\b${method.split(".").join("\\s*\\.\\s*")}\\s*\\(`, "g");
    const without = rest.replace(call, "");
    if (without !== rest) found.push(method);
    rest = without;
  }
  return found.sort();
}

function methodsOf(client: object, path: readonly string[] = []): string[] {
  return Object.entries(client).flatMap(([name, value]) => {
    const here = [...path, name];
    if (typeof value === "function") return path.length > 0 ? [here.join(".")] : [];
    const isPlain =
      Object.prototype.toString.call(value) === "[object Object]" && value.constructor === Object;
    return isPlain ? methodsOf(value, here) : [];
  });
}
