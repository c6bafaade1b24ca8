import { describe, expect, it } from "vitest";
import { createRouting } from "../../src/slack/bolt.ts";
import type { Installs } from "../../src/slack/install/installs.ts";
import { keptLog } from "../queue/kept-log.ts";
import { click, commandFields, submission, suggestion } from "./a-receiver.ts";
import { installedEverywhere } from "./a-web-at.ts";

function aRouting(installs: Pick<Installs, "recognise"> = installedEverywhere()) {
  const { log, lines } = keptLog();
  const told: unknown[] = [];
  const routing = createRouting({
    apiUrl: "http://127.0.0.1:1/",
    installs,
    answer: async (address, message) => {
      told.push([address, message]);
      return true;
    },
    log,
  });
  return { ...routing, lines, told };
}

describe("routing", () => {
  it("brings a command to its listener, with the key of its request", async () => {
    const { app, route } = aRouting();
    const seen: unknown[] = [];
    app.command("/campaign", async ({ ack, command, context }) => {
      await ack();
      seen.push(command.text, context.requestKey);
    });
    await route({ ...commandFields }, "key_1");
    expect(seen).toEqual(["pause burki:42", "key_1"]);
  });

  it("waits for the listener's end and throws what it threw, for the queue to try again", async () => {
    const { app, route } = aRouting();
    app.action("review_approve", async ({ ack }) => {
      await ack();
      throw new Error("the database is away");
    });
    await expect(route({ ...click }, "key")).rejects.toThrow("the database is away");
  });

  it("answers what nobody listens to: a button in words, a form in its place, a list with nothing", async () => {
    const { route, ask, told } = aRouting();
    await route({ ...click, response_url: "https://hooks.slack.com/1" }, "key");
    expect(JSON.stringify(told)).toContain("does not know what you pressed or sent");
    expect(JSON.stringify(await ask({ ...submission }, "key"))).toContain("nothing was done");
    expect(await ask({ ...suggestion }, "key")).toEqual({ options: [] });
  });

  it("drops an event from where nobody has installed us, with a line in the log", async () => {
    const { route, lines } = aRouting({ recognise: async () => undefined });
    const event = { type: "app_mention", user: "U1", channel: "C1" };
    await route({ type: "event_callback", team_id: "T9", event_id: "Ev1", event }, "key");
    expect(lines).toMatchObject([
      {
        event: "something came from where Fermata is not installed",
        facts: { workspace: "T9" },
      },
    ]);
  });
});

describe("asking", () => {
  it("gives the answer as soon as it is there, without waiting for what comes after", async () => {
    const { app, ask } = aRouting();
    app.view("connect_modal", async ({ ack }) => {
      await ack({ response_action: "clear" });
      await new Promise(() => {});
    });
    expect(await ask({ ...submission }, "key")).toEqual({ response_action: "clear" });
  });

  it("gives the options that were found", async () => {
    const { app, ask } = aRouting();
    app.options("campaign_search", async ({ ack }) => ack({ options: [] }));
    expect(await ask({ ...suggestion }, "key")).toEqual({ options: [] });
  });

  it("throws what was thrown before the answer", async () => {
    const { app, ask } = aRouting();
    app.view("connect_modal", async () => {
      throw new Error("a bug");
    });
    await expect(ask({ ...submission }, "key")).rejects.toThrow("a bug");
  });

  it("logs what was thrown after it", async () => {
    const { app, ask, lines } = aRouting();
    app.view("connect_modal", async ({ ack }) => {
      await ack();
      throw new Error("too late to matter");
    });
    await ask({ ...submission }, "key");
    await expect
      .poll(() => lines.map(({ event }) => event))
      .toContain("a listener failed after its answer");
  });
});

describe("a request from where nobody has installed us", () => {
  const nowhere = { recognise: async () => undefined };
  const words = /^Fermata is not installed here \(any more\)\. Nothing was done\./;

  it("reaches no listener, and its sender is told by the request's own address", async () => {
    const { app, route, told } = aRouting(nowhere);
    app.command("/campaign", async () => {
      throw new Error("reached");
    });
    await route({ ...commandFields }, "key");
    expect(told).toEqual([
      [commandFields.response_url, expect.objectContaining({ text: expect.stringMatching(words) })],
    ]);
  });

  it("is answered in the form's place, or with nothing to choose from", async () => {
    const { ask } = aRouting(nowhere);
    const answered = await ask({ ...submission }, "key");
    expect(answered).toMatchObject({ response_action: "update" });
    expect(JSON.stringify(answered)).toContain("Fermata is not installed here");
    expect(await ask({ ...suggestion }, "key")).toEqual({ options: [] });
  });

  it("B16: is refused where Slack does not even say which workspace it is", async () => {
    const { route, told } = aRouting();
    const scene = { team: null, is_enterprise_install: true, enterprise: { id: "E1" } };
    await route({ ...click, ...scene, response_url: "https://hooks.slack.com/1" }, "key");
    expect(JSON.stringify(told)).toContain("Slack did not say in which workspace");
  });
});
