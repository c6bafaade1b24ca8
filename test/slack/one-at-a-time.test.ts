import { Agent, request } from "node:http";
import { connect, type Socket } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { type AReceiver, aReceiver, command, signed } from "./a-receiver.ts";

const ok = async () => ({ status: 200, type: "text/plain", body: "ok" });
const get = "GET /page HTTP/1.1\r\nhost: x\r\n\r\n";
const post = (body: string) =>
  `POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
const chunked = (body: string) =>
  `POST /slack/events HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;

/** Pages that are asked for, and a receiver that shows them. */
async function withPage(page = ok): Promise<AReceiver & { shown: () => number }> {
  let asked = 0;
  const receiver = await aReceiver(
    {},
    {
      "/page": () => {
        asked += 1;
        return page();
      },
    },
  );
  return { ...receiver, shown: () => asked };
}

interface Client {
  socket: Socket;
  answers(): number;
  isOpen(): boolean;
  /** The last answer, with its head. */
  last(): string;
}

async function client(port: number): Promise<Client> {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  let open = true;
  socket.on("data", (chunk) => {
    text += chunk;
  });
  socket.on("error", () => {});
  socket.on("close", () => {
    open = false;
  });
  onTestFinished(() => void socket.destroy());
  await new Promise<void>((resolve) => socket.on("connect", resolve));
  const all = () => text.split("HTTP/1.1 ");
  return {
    socket,
    answers: () => all().length - 1,
    isOpen: () => open,
    last: () => all().at(-1) ?? "",
  };
}

describe("a client that sends one request after another's answer", () => {
  it("is served on the same connection, a hundred times", async () => {
    const { port } = await aReceiver();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    const ports = new Set<number | undefined>();
    const send = () =>
      new Promise<number>((resolve, reject) => {
        const options = { port, agent, method: "POST", path: "/slack/events" };
        const call = request({ ...options, headers: signed(command) }, (answer) => {
          ports.add(call.socket?.localPort);
          answer.resume().on("end", () => resolve(answer.statusCode ?? 0));
        });
        call.on("error", reject);
        call.end(command);
      });
    for (let times = 0; times < 100; times += 1) expect(await send()).toBe(200);
    expect(ports.size).toBe(1);
  });

  it.each([
    ["without a body", get],
    ["with a body of empty lines", post("\n\n\r\n\r\n\n")],
    ["with a body of no stated length", chunked("a\n\nb")],
  ])("is served however its bytes are cut up: %s", async (_name, bytes) => {
    const { port } = await withPage();
    const { socket, answers, isOpen } = await client(port);
    socket.setNoDelay(true);
    for (let at = 0; at < bytes.length; at += 7) {
      socket.write(bytes.slice(at, at + 7));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await expect.poll(answers).toBe(1);
    socket.write(bytes);
    await expect.poll(answers).toBe(2);
    expect(isOpen()).toBe(true);
  });

  it("is told to connect anew after a thousand, and cut off if it does not", async () => {
    const { port } = await withPage();
    const { socket, answers, isOpen, last } = await client(port);
    for (let times = 1; times <= 1_000; times += 1) {
      socket.write(get);
      await expect.poll(answers, { interval: 1 }).toBe(times);
    }
    expect(last()).toContain("Connection: close");
    socket.write(get);
    await expect.poll(isOpen).toBe(false);
  });
});

describe("A8: a client that sends the next request before it was answered", () => {
  const lineEnds = ["\r\n", "\n"];
  it.each([
    ["at once", [get + get]],
    ["a moment later", [get, get]],
    ["thousands of them", [get.repeat(2_400)]],
    ["behind a body", [post("x") + get.repeat(2_400)]],
    ["behind a body that comes in pieces", [post("xxxx").slice(0, -2), `xx${get.repeat(2_400)}`]],
    ["behind a body of no stated length", [chunked("x") + get.repeat(2_400)]],
    ["after empty lines", ["\r\n\n".repeat(9_000) + get.repeat(2)]],
    ...lineEnds.flatMap((head) =>
      lineEnds.map((last): [string, string[]] => [
        `with other ends of lines ${JSON.stringify([head, last])}`,
        [`GET /page HTTP/1.1${head}host: x${head}${last}`.repeat(2_400)],
      ]),
    ),
  ])("is cut off, and no more than one of them is worked: %s", async (_name, writes) => {
    let done = () => {};
    const working = new Promise<void>((resolve) => {
      done = resolve;
    });
    onTestFinished(done);
    const { port, shown, send } = await withPage(() => working.then(ok));
    const { socket, isOpen } = await client(port);
    for (const bytes of writes) {
      socket.write(bytes);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await expect.poll(isOpen).toBe(false);
    expect(shown()).toBeLessThanOrEqual(1);
    expect((await send("GET", "/nothing")).status).toBe(404);
  });
});

describe("A8: a client that cuts its body into pieces too small to be anything", () => {
  it("is refused before they are many", async () => {
    const { port, outcomes } = await aReceiver();
    const { socket, isOpen } = await client(port);
    const head = "POST /slack/events HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n";
    socket.write(head + "1\r\nx\r\n".repeat(20_000));
    await expect.poll(isOpen).toBe(false);
    expect(outcomes).toEqual(["too_large"]);
  });
});
