import { createLimits } from "./api/limits.ts";
import { createDeliver } from "./inbound/deliver.ts";
import { readAsk } from "./oauth/ask.ts";
import { decide } from "./oauth/consent.ts";
import { createPlatform, orgNamed, type Platform, workspaceNamed } from "./platform.ts";
import { startServer } from "./server.ts";
import type { Consent, PretendSlack, PretendSlackOptions } from "./types.ts";
import { orgOf, workspaceOf } from "./workspace.ts";

export { signRequest } from "./signature.ts";
export type * from "./types.ts";

const slackPatienceMs = 3000;
const pretendSecret = "0123456789abcdef0123456789abcdef";
const defaultTeam = "T0FERMATA1";

/** A Slack of one's own: its Web API on one side, people in four workspaces who do things on the other. */
export async function startPretendSlack(options: PretendSlackOptions): Promise<PretendSlack> {
  let botUrl: string | undefined;
  const platform = platformFor(options, () => botUrl);
  const limits = options.limits ? createLimits(options.now) : undefined;
  const server = await startServer(platform, options.port ?? 0, limits);
  const commands = options.commands ?? ["/campaign"];
  const workspaces = platform.workspaces.map((one) => workspaceOf(one, platform, commands));
  const withId = (id: string) => workspaces.find(({ team }) => team.id === id);
  const workspace = (wanted: string) => {
    const found = withId(workspaceNamed(platform, wanted).team.id);
    if (!found) throw new Error(`No pretend workspace is called "${wanted}"`);
    return found;
  };
  const first = workspace(defaultTeam);
  const { app, faults } = platform;
  return {
    ...first,
    get botToken() {
      return first.botToken ?? "";
    },
    get installed() {
      return first.installed;
    },
    url: platform.url,
    signingSecret: app.signingSecret,
    appId: app.id,
    clientId: app.clientId,
    clientSecret: app.clientSecret,
    workspaces,
    workspace,
    org: (wanted) => orgOf(orgNamed(platform, wanted), platform),
    setBot: (url) => {
      botUrl = url;
    },
    consent: (authorizeUrl, consent) => answerConsent(platform, authorizeUrl, consent),
    send: platform.deliver,
    calls: () => [...platform.calls],
    faults: {
      set: (fault) => {
        if (fault) faults.push({ ...fault });
        else faults.length = 0;
      },
    },
    now: options.now,
    reset: platform.reset,
    close: server.close,
  };
}

function platformFor(options: PretendSlackOptions, botUrl: () => string | undefined): Platform {
  const { now, random = Math.random, signingSecret = pretendSecret } = options;
  const patienceMs = options.patienceMs ?? slackPatienceMs;
  const app = {
    id: "A0FERMATA1",
    name: "Fermata",
    clientId: options.clientId ?? "2711004242.3911004243",
    clientSecret: options.clientSecret ?? [...pretendSecret].reverse().join(""),
    signingSecret,
    redirectUrls: options.redirectUrls,
    rotation: options.rotation ?? false,
  };
  const deliver = createDeliver({ now, signingSecret, patienceMs, botUrl });
  return createPlatform({
    app,
    deliver,
    installed: options.installed ?? [defaultTeam],
    now,
    random,
  });
}

function answerConsent(platform: Platform, authorizeUrl: string, consent: Consent): string {
  const given = new URL(authorizeUrl).searchParams;
  if (consent.where !== undefined) given.set("where", consent.where);
  const ask = readAsk(given, platform);
  if (typeof ask === "string") throw new Error(`Slack's page would only say: ${ask}`);
  const target = decide(ask, { person: consent.person, allow: consent.allow ?? true }, platform);
  if (!target) throw new Error(`"${consent.person}" may not install apps there`);
  return target.href;
}
