import { connect } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
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
  it("A8: is sent away after ten seconds, with its headers or its body unfinished, and holds nobody up", async () => {
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

/** They are given some seconds before they have to go. */
const patience = { timeout: 10_000 };

describe("three hundred clients that send one byte and then nothing", () => {
  const ways = [
    "P",
    "POST /slack/events HTTP/1.1\r\nx-slack: ",
    "POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf",
  ];

  async function crowd(port: number, count: number) {
    const sockets = await Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const socket = connect(port, "127.0.0.1");
        socket.on("error", () => {});
        await new Promise<void>((resolve) => socket.on("connect", resolve));
        socket.write(ways[index % ways.length] ?? "");
        return socket;
      }),
    );
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
    });
    return sockets;
  }

  it("A8: lock nobody out: whoever comes after them is answered while they still wait", async () => {
    const { port, post, kept } = await aReceiver();
    const sockets = await crowd(port, 300);
    await expect.poll(() => sockets.filter(({ closed }) => !closed).length, patience).toBe(200);
    for (let times = 0; times < 50; times += 1)
      expect((await post(`${command}&times=${times}`)).status).toBe(200);
    expect(kept).toHaveLength(50);
    expect(sockets.filter(({ closed }) => !closed).length).toBeGreaterThan(100);
  });

  it("A8: end no request that is in hand", async () => {
    let done = () => {};
    const working = new Promise<void>((resolve) => {
      done = resolve;
    });
    const { port, post, raw } = await aReceiver(
      { keep: () => working.then(() => true) },
      { "/page": () => working.then(() => ({ status: 200, type: "text/plain", body: "" })) },
    );
    const posted = post(command);
    const page = raw("GET /page HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    const sockets = await crowd(port, 300);
    await expect.poll(() => sockets.filter(({ closed }) => !closed).length, patience).toBe(198);
    done();
    expect((await posted).status).toBe(200);
    expect(await page).toMatch(/^HTTP\/1\.1 200/);
  });
});
