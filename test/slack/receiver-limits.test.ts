import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { aReceiver, command } from "./a-receiver.ts";

function stalled(port: number, bytes: string): Promise<{ ms: number; answer: string }> {
  const begun = Date.now();
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.on("data", (chunk) => {
      answer += chunk.toString();
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve({ ms: Date.now() - begun, answer }));
  });
}

describe("a client that keeps us waiting", () => {
  it("is sent away after ten seconds, with its headers or its body unfinished, and holds nobody up", async () => {
    const { port, post } = await aReceiver();
    const slow = Promise.all([
      stalled(port, "POST /slack/events HTTP/1.1\r\nhost: x\r\nx-slack"),
      stalled(port, "POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf"),
    ]);
    expect((await post(command)).status).toBe(200);
    for (const { ms, answer } of await slow) {
      expect(answer).toMatch(/^HTTP\/1\.1 408/);
      expect(ms).toBeGreaterThan(9_000);
      expect(ms).toBeLessThan(14_000);
    }
  });
});
