import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type PretendSlack, startPretendSlack } from "../../sandbox/slack/index.ts";
import { type PretendVendor, startPretendVendors } from "../../sandbox/vendors/index.ts";
import { newKeyLine } from "../../src/store/seal.ts";
import { buildProgram, type Child, cleanUp, startChild } from "./child.ts";
import { ownTerminal } from "./own-terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "fermata-serve-"));
const now = () => new Date();
let slack: PretendSlack;
let burki: PretendVendor;
beforeAll(async () => {
  await buildProgram();
  slack = await startPretendSlack({ now, limits: false, signingSecret: "canary-signing-secret" });
  ({ burki } = await startPretendVendors({ now, latencyMs: 0, only: ["burki"] }));
});
afterAll(async () => {
  cleanUp();
  await Promise.all([slack.close(), burki.close()]);
  rmSync(folder, { recursive: true, force: true });
});

function environment(name: string) {
  return {
    SLACK_API_URL: `${slack.url}/api/`,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_BOT_TOKEN: slack.botToken,
    DATABASE_URL: `file:${join(folder, name)}`,
    FERMATA_KEYRING: newKeyLine("test"),
    FERMATA_EGRESS_ALLOW: new URL(burki.url).host,
    HOST: "127.0.0.1",
    PORT: "0",
  };
}

/** What the system shows of a process to others: how it was called, or what it was given. */
const shown = (child: Child, what: string) =>
  readFileSync(`/proc/${child.process.pid}/${what}`, "utf8");

const hasProc = existsSync("/proc/self/environ");
if (!hasProc) process.stdout.write("SKIPPED: H73 looks into /proc, which this system has not\n");

const statusOf = async (url: string) => (await fetch(url)).status;

describe.concurrent("fermata serve", () => {
  it("H63: holds its database against a second one, and leaves it free when it is killed", async () => {
    const env = environment("held.db");
    const first = startChild(["serve"], env);
    const url = await first.ready();
    expect(await statusOf(`${url}/healthz`)).toBe(200);
    expect(await statusOf(`${url}/readyz`)).toBe(200);
    const second = await startChild(["serve"], env).ended;
    expect(second).toMatchObject({ code: 75, out: "" });
    expect(second.err).toContain("Another process runs on");
    first.process.kill("SIGKILL");
    await first.ended;
    const third = startChild(["serve"], env);
    expect(await statusOf(`${await third.ready()}/readyz`)).toBe(200);
    third.process.kill("SIGINT");
    expect(await third.ended).toMatchObject({ code: 0, err: "" });
  });

  it("D32: opens no debugger when it is sent SIGUSR1", async () => {
    const bot = startChild(["serve"], environment("debugged.db"));
    const url = await bot.ready();
    for (const _ of [1, 2, 3]) bot.process.kill("SIGUSR1");
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await statusOf(`${url}/healthz`)).toBe(200);
    bot.process.kill("SIGINT");
    const { code, err } = await bot.ended;
    expect([code, err]).toEqual([0, ""]);
  });

  it("H73: warns by name of what should not stay so", async () => {
    const file = join(folder, "readable-token");
    writeFileSync(file, slack.botToken, { mode: 0o644 });
    const { SLACK_BOT_TOKEN: _, ...rest } = environment("cautious.db");
    const bot = startChild(["serve"], { ...rest, SLACK_BOT_TOKEN_FILE: file });
    await bot.ready();
    bot.process.kill("SIGINT");
    expect((await bot.ended).out).toContain(
      '"reason":"SLACK_BOT_TOKEN_FILE may be read by others; make it 0600 with chmod 600","msg":"the configuration should not stay as it is"',
    );
  });

  it("H65: ends with 0 within 12 seconds of SIGTERM, even while a vendor hangs", async () => {
    const env = environment("hanging.db");
    const { types } = ownTerminal(env);
    const place = `--workspace ${slack.team.id} --vendor burki --base-url ${burki.url}`;
    expect((await types(`connect ${place}`, JSON.stringify(burki.secret))).code).toBe(0);
    burki.faults.set({ kind: "hang", on: "change" });
    const bot = startChild(["serve"], env);
    slack.setBot(`${await bot.ready()}/slack/events`);
    await slack.typeCommand("U0ANA00001", "C0OUTREACH", "/campaign pause burki:42");
    await vi.waitFor(() => expect(burki.log().some(({ changing }) => changing)).toBe(true), 10_000);
    const told = Date.now();
    bot.process.kill("SIGTERM");
    expect((await bot.ended).code).toBe(0);
    expect(Date.now() - told).toBeLessThan(12_000);
  });

  it.skipIf(!hasProc)(
    "H73: shows a secret from a file in no argument and no environment of a process, and warns of one that is",
    async () => {
      const { SLACK_SIGNING_SECRET, SLACK_BOT_TOKEN, FERMATA_KEYRING, ...plain } =
        environment("shown.db");
      const secrets = { SLACK_SIGNING_SECRET, SLACK_BOT_TOKEN, FERMATA_KEYRING };
      const files = Object.entries(secrets).map(([name, text]) => {
        const file = join(folder, name);
        writeFileSync(file, text, { mode: 0o600 });
        return [`${name}_FILE`, file];
      });
      const inFiles = startChild(["serve"], { ...plain, ...Object.fromEntries(files) });
      await inFiles.ready();
      const inEnvironment = startChild(["serve"], environment("bare.db"));
      await inEnvironment.ready();
      const seen = ["cmdline", "environ"].map((what) => shown(inFiles, what));
      const bare = shown(inEnvironment, "cmdline");
      for (const child of [inFiles, inEnvironment]) child.process.kill("SIGINT");
      for (const secret of Object.values(secrets))
        for (const place of [...seen, bare]) expect(place).not.toContain(secret);
      expect(seen[1]).toContain("SLACK_BOT_TOKEN_FILE");
      const [quiet, warned] = [await inFiles.ended, await inEnvironment.ended];
      expect(quiet.out).not.toContain("secrets are in the environment");
      expect(warned.out).toContain(
        '"reason":"SLACK_SIGNING_SECRET, SLACK_BOT_TOKEN, FERMATA_KEYRING","msg":"secrets are in the environment, not in files"',
      );
    },
  );

  it("says everything that is wrong before it starts, and ends with 78", async () => {
    const env = { ...environment("never.db"), FERMATA_KEYRING: "test:canary", PORT: "canary" };
    const { code, out, err } = await startChild(["serve"], env).ended;
    expect([code, out]).toEqual([78, ""]);
    expect(err.trim().split("\n").sort()).toEqual([
      "FERMATA_KEYRING line 1 must hold 32 bytes in base64",
      "PORT must be a port number, 0 to 65535",
    ]);
  });
}, 40_000);
