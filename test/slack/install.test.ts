import type { IncomingMessage } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type House, startHouse } from "../../sandbox/house.ts";
import { type MovedClock, movedClock } from "../../sandbox/moved-clock.ts";
import { begin as begun } from "../../src/slack/install/begun.ts";
import { scopeReasons } from "../../src/slack/install/install-page.ts";
import { botScopes } from "../../src/slack/install/scopes.ts";
import { Secret } from "../../src/store/secret.ts";
import { everyInstall } from "../../src/store/workspaces.ts";
import { linkToSlack } from "../support/install.ts";
import { settled, textOf } from "../support/journey.ts";

let house: House;
let clock: MovedClock;
beforeEach(async () => {
  clock = movedClock();
  house = await startHouse({ oauth: true, logLevel: "fatal", now: clock.now });
});
afterEach(() => house.close());

const at = (path: string) => `${house.app().url}${path}`;
const installs = () => house.world.store.read(everyInstall);

/** Begins in a fresh browser; `to` is where it is sent, `cookie` what it keeps. */
async function begin() {
  const response = await fetch(at("/slack/install"), { redirect: "manual" });
  const setCookie = response.headers.get("set-cookie") ?? "";
  const text = await response.text();
  const to = new URL(linkToSlack(text));
  return { status: response.status, text, to, setCookie, cookie: setCookie.split(";", 1)[0] ?? "" };
}

async function comeBack(address: string, cookie?: string) {
  const response = await fetch(address, { headers: cookie ? { cookie } : {} });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

const allow = (to: URL) => house.slack.consent(to.href, { person: "ana" });

async function refuses(address: string, cookie?: string): Promise<string> {
  const back = await comeBack(address, cookie);
  expect(back.status).toBe(400);
  expect(back.text).toContain("Nothing was installed.");
  expect(await installs()).toEqual([]);
  expect(house.slack.calls()).toEqual([]);
  return back.text;
}

describe("the way to Slack", () => {
  it("G51: asks for our scopes, with a state and a cookie that nobody can guess", async () => {
    const { status, to, setCookie } = await begin();
    expect(status).toBe(200);
    expect(to.searchParams.get("client_id")).toBe(house.slack.clientId);
    expect(to.searchParams.get("scope")).toContain("chat:write");
    expect(to.searchParams.get("redirect_uri")).toBe(at("/slack/oauth_redirect"));
    expect(to.searchParams.get("state")).toMatch(/^[\w.-]{90,110}$/);
    expect(setCookie).toMatch(
      /^fermata_install=[\w-]{43}; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/,
    );
    expect((await begin()).to.searchParams.get("state")).not.toBe(to.searchParams.get("state"));
  });

  it("G51: keeps nothing of whoever only begins, however often, and lets everybody else begin", async () => {
    for (let visits = 0; visits < 1_100; visits += 100)
      await Promise.all(Array.from({ length: 100 }, begin));
    const states = () => house.world.store.read((q) => q.select().from(q.t.installStates));
    expect(await states()).toEqual([]);
    const { to, cookie } = await begin();
    expect((await comeBack(allow(to), cookie)).status).toBe(200);
    const rows = await states();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(to.searchParams.get("state"));
    expect(JSON.stringify(rows)).not.toContain(cookie.split("=")[1]);
  });

  it("G51: serves two tabs of one browser", async () => {
    const first = await begin();
    const second = await fetch(at("/slack/install"), { headers: { cookie: first.cookie } });
    expect(second.headers.get("set-cookie")).toContain(first.cookie);
    const link = new URL(linkToSlack(await second.text()));
    expect((await comeBack(allow(first.to), first.cookie)).status).toBe(200);
    expect((await comeBack(allow(link), first.cookie)).status).toBe(200);
  });

  it("begins with a page that says what it does, what it reads and why, and where privacy and help are", async () => {
    const { text } = await begin();
    for (const scope of botScopes) {
      expect(text).toContain(`<code>${scope}</code>`);
      expect(scopeReasons[scope]).toMatch(/^to /);
    }
    for (const part of ["does", "reads", "privacy", "help"]) expect(text).toContain(`id="${part}"`);
    expect(text).not.toMatch(/<script|src=/);
  });
});

describe("G51: the cookie of an https address", () => {
  it("is one that nobody else under the same domain can set", () => {
    const request = { headers: {} } as IncomingMessage;
    const signing = { clientSecret: new Secret("s"), secure: true };
    const { cookie } = begun(house.world, request, signing);
    expect(cookie).toMatch(
      /^__Host-fermata_install=[\w-]{43}; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/,
    );
    const planted = { headers: { cookie: cookie.replace("__Host-", "") } } as IncomingMessage;
    expect(begun(house.world, planted, signing).cookie).not.toContain(cookie.split(/[=;]/)[1]);
  });
});

describe("G51: the way back is refused", () => {
  it("without a state", async () => {
    const { to, cookie } = await begin();
    const back = new URL(allow(to));
    back.searchParams.delete("state");
    await refuses(back.href, cookie);
  });

  it("with a state that is not ours, or is given twice", async () => {
    const { to, cookie } = await begin();
    const back = new URL(allow(to));
    const twice = `${back.href}&state=${back.searchParams.get("state")}`;
    await refuses(twice, cookie);
    const [end = "", ...rest] = back.searchParams.get("state")?.split(".") ?? [];
    const later = (Number.parseInt(end, 36) + 1).toString(36);
    for (const forged of [
      "A".repeat(43),
      [later, ...rest].join("."),
      `${end}.${"A".repeat(43)}.${"A".repeat(43)}`,
    ]) {
      back.searchParams.set("state", forged);
      await refuses(back.href, cookie);
    }
  });

  it("in a browser that did not begin it, and stays open for the one that did", async () => {
    const { to, cookie } = await begin();
    const other = await begin();
    const back = allow(to);
    await refuses(back);
    await refuses(back, other.cookie);
    await refuses(back, `${cookie}; ${other.cookie}`);
    expect((await comeBack(back, cookie)).status).toBe(200);
  });

  it("after ten minutes", async () => {
    const { to, cookie } = await begin();
    const back = allow(to);
    clock.advance(10 * 60_000);
    await refuses(back, cookie);
  });

  it("a second time", async () => {
    const { to, cookie } = await begin();
    const back = allow(to);
    expect((await comeBack(back, cookie)).status).toBe(200);
    const again = await comeBack(back, cookie);
    expect(again.status).toBe(400);
    expect(await installs()).toHaveLength(1);
    expect((await installs())[0]?.version).toBe(1);
  });

  it("to somebody who cancelled at Slack", async () => {
    const { to, cookie } = await begin();
    const back = house.slack.consent(to.href, { person: "ana", allow: false });
    expect(await refuses(back, cookie)).toContain("It was cancelled at Slack.");
  });

  it("with a code that Slack does not know", async () => {
    const { to, cookie } = await begin();
    const back = new URL(allow(to));
    back.searchParams.set("code", "1.2.<script>");
    const { status, text } = await comeBack(back.href, cookie);
    expect(status).toBe(400);
    expect(text).toContain("invalid_code");
    expect(text).not.toContain("<script>");
    expect(await installs()).toEqual([]);
  });

  it("while Slack is away, and says that nothing was installed", async () => {
    const { to, cookie } = await begin();
    const back = allow(to);
    house.slack.faults.set({ method: "oauth.v2.access", status: 503 });
    const { status, text } = await comeBack(back, cookie);
    expect(status).toBe(502);
    expect(text).toContain("Nothing was installed.");
    expect(await installs()).toEqual([]);
  });
});

describe("an install", () => {
  it("seals its token, is on record and shows no secret", async () => {
    const { to, cookie } = await begin();
    const back = await comeBack(allow(to), cookie);
    const [install] = await installs();
    const { botToken, botId, botUserId, appId, team } = house.slack;
    expect(install).toMatchObject({ id: team.id, botId, botUserId, appId, version: 1 });
    expect(install?.installedBy).toBe("U0ANA00001");
    expect(botToken).toMatch(/^xoxb-/);
    const kept = await house.world.store.read(async (q) => [
      await q.select().from(q.t.workspaces),
      await q.select().from(q.t.audit),
      await q.select().from(q.t.jobs),
    ]);
    for (const secret of [botToken, house.slack.clientSecret])
      for (const place of [back.text, JSON.stringify([...back.headers]), JSON.stringify(kept)])
        expect(place).not.toContain(secret);
    const lines = await house.world.store.read((q) => q.select().from(q.t.audit));
    expect(lines.map(({ event, actor }) => [event, actor])).toEqual([
      ["app.installed", "U0ANA00001"],
    ]);
  });

  it("is a page that no cache keeps and that loads nothing", async () => {
    const { to, cookie } = await begin();
    const { headers, text } = await comeBack(allow(to), cookie);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("set-cookie")).toContain("fermata_install=; Path=/; Max-Age=0");
    expect(text).not.toMatch(/<script|src=|href=/);
  });

  it("tells whoever installed it what comes next, once", async () => {
    for (const _ of [1, 2]) {
      const { to, cookie } = await begin();
      await comeBack(allow(to), cookie);
      await settled(house);
    }
    const said = house.slack.messages("@ana");
    expect(said).toHaveLength(1);
    expect(textOf(said[0])).toContain("Fermata is installed. Three steps are next");
  });

  it("takes the place of an older one, whose token is used no more", async () => {
    const first = await begin();
    await comeBack(allow(first.to), first.cookie);
    await settled(house);
    const older = house.slack.botToken;
    const second = await begin();
    const { text } = await comeBack(allow(second.to), second.cookie);
    expect(text).toContain("Fermata is up to date in Fermata Demo");
    expect((await installs()).map(({ version }) => version)).toEqual([2]);
    expect(house.slack.botToken).not.toBe(older);
    const lines = await house.world.store.read((q) => q.select().from(q.t.audit));
    expect(lines.map(({ event }) => event)).toEqual(["app.installed", "app.reinstalled"]);
  });
});
