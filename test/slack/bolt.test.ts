import { describe, expect, it } from "vitest";
import { createRouting } from "../../src/slack/bolt.ts";
import { keptLog } from "../queue/kept-log.ts";
import { click, commandFields, submission, suggestion } from "./a-receiver.ts";

function aRouting() {
  const { log, lines } = keptLog();
  const authorize = async () => ({ botToken: "xoxb-1" });
  return { ...createRouting({ apiUrl: "http://127.0.0.1:1/", authorize, log }), lines };
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

  it("lets a button pass that nobody listens to", async () => {
    const { route, ask } = aRouting();
    await expect(route({ ...click }, "key")).resolves.toBe(undefined);
    await expect(ask({ ...submission }, "key")).resolves.toBe(undefined);
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
