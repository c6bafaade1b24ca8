import { describe, expect, it } from "vitest";
import { createLog, type Facts } from "../../src/ops/log.ts";
import { known } from "../slack/cards/hostile.ts";

/** What was written, line by line. */
function aLog(secrets: readonly string[] = [], level = "info") {
  const written: string[] = [];
  const stream = { write: (line: string) => void written.push(line) };
  return { log: createLog({ level, secrets, stream }), written };
}

describe("the log", () => {
  it("writes one JSON object per line, with the facts it is allowed", () => {
    const { log, written } = aLog();
    log.info("a change was approved", { change: "chg_1", workspace: "T1", tries: 2 });
    expect(written).toHaveLength(1);
    expect(JSON.parse(written[0] ?? "")).toMatchObject({
      level: "info",
      msg: "a change was approved",
      change: "chg_1",
      workspace: "T1",
      tries: 2,
    });
  });

  it("leaves out whatever it was not told to keep", () => {
    const { log, written } = aLog();
    const careless = {
      change: "chg_1",
      headers: { authorization: "k3y" },
      body: "k3y",
      person: {},
    };
    log.info("careless", careless as unknown as Facts);
    expect(JSON.parse(written[0] ?? "")).not.toHaveProperty("person");
    expect(written.join()).not.toContain("k3y");
  });

  it("D28: keeps of an error what helps, and not what hangs on it", () => {
    const { log, written } = aLog();
    const cause = Object.assign(new Error("no route"), { code: "ECONNREFUSED", request: "k3y" });
    log.error("it failed", { error: new Error("outer", { cause }) });
    const { error } = JSON.parse(written[0] ?? "");
    expect(error).toMatchObject({
      name: "Error",
      message: "outer",
      cause: { code: "ECONNREFUSED", message: "no route" },
    });
    expect(written.join()).not.toContain("k3y");
  });

  it("does not repeat the values of a failed query", () => {
    const { log, written } = aLog();
    log.error("it failed", { error: new Error("Failed query: insert …\nparams: k3y") });
    expect(written.join()).not.toContain("k3y");
  });

  it("says nothing of what is thrown that is no error", () => {
    const { log, written } = aLog();
    log.error("it failed", { error: { apiKey: "k3y" } });
    log.error("it failed", { error: "k3y" });
    expect(written.join()).not.toContain("k3y");
  });

  it("D28: hides known secrets and whatever looks like Slack's, even in a message", () => {
    const { log, written } = aLog(['sig"ning-secret']);
    log.info('used sig"ning-secret and xoxb-12-34-abc', { reason: "Bearer abc.def" });
    expect(written.join()).not.toMatch(/ning-secret|xoxb-12|abc\.def/);
    expect(JSON.parse(written[0] ?? "")).toMatchObject({ reason: "[redacted]" });
  });

  it("E43: keeps to one line for each event, whatever a name holds", () => {
    const { log, written } = aLog();
    for (const [n, name] of known.entries()) {
      log.info(`renamed ${name}`, { reason: name, person: `${name}\n{"level":"error"}` });
      log.error(name, { error: new Error(`${name}\n\u001b[2J${n}`) });
    }
    const text = written.join("");
    expect(text.trimEnd().split(/\r\n|[\n\r\v\f]/)).toHaveLength(2 * known.length);
    expect(text).not.toContain("\u001b");
    for (const line of text.trimEnd().split("\n")) expect(typeof JSON.parse(line)).toBe("object");
  });

  it("says no more than its level", () => {
    const { log, written } = aLog([], "warn");
    log.info("quiet");
    log.debug("quiet");
    log.warn("heard");
    expect(written).toHaveLength(1);
  });
});
