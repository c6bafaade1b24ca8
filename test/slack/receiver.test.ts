import { describe, expect, it } from "vitest";
import { seeded } from "../hostile/mutator.ts";
import {
  aReceiver,
  click,
  command,
  commandFields,
  form,
  interaction,
  noonSeconds,
  signed,
  submission,
} from "./a-receiver.ts";

describe("what comes in at /slack/events", () => {
  it("is kept and answered with nothing when it is Slack's", async () => {
    const { post, kept } = await aReceiver();
    expect(await post(command)).toEqual({ status: 200, body: "" });
    expect(kept).toMatchObject([{ workspace: "T1", body: commandFields }]);
  });

  it("A1: is refused without a word when its signature is missing or wrong", async () => {
    const { post, send, kept } = await aReceiver();
    const good = signed(command)["x-slack-signature"] ?? "";
    const forged = [
      good.replace("v0=", "v1="),
      good.toUpperCase(),
      `${good}00`,
      good.slice(0, -1),
      `v0=${"0".repeat(64)}`,
      "v0=",
      "",
    ];
    for (const signature of forged) {
      expect(await post(command, { signature })).toEqual({ status: 401, body: "" });
    }
    expect((await send("POST", "/slack/events", {}, command)).status).toBe(401);
    expect((await post(`${command}&x=1`, { signature: good })).status).toBe(401);
    expect(kept).toEqual([]);
  });

  it("A1: is refused with any one character of its signature changed, moved or left out", async () => {
    const { post, kept } = await aReceiver();
    const good = signed(command)["x-slack-signature"] ?? "";
    const forged = [...good].flatMap((was, at) => {
      const put = (text: string) => good.slice(0, at) + text + good.slice(at + 1);
      const other = was === "0" ? "1" : "0";
      return [put(other), put(""), put(`${was}${was}`), put(was.toUpperCase()), put("é")];
    });
    for (const signature of forged.filter((one) => one !== good)) {
      expect(await post(command, { signature })).toEqual({ status: 401, body: "" });
    }
    expect(kept).toEqual([]);
  });

  it("A1: is refused when a header comes twice", async () => {
    const { raw, kept } = await aReceiver();
    const headers = Object.entries(signed(command)).map(([name, value]) => `${name}: ${value}`);
    const twice = [...headers, headers.find((one) => one.startsWith("x-slack-signature"))];
    const answer = await raw(
      `POST /slack/events HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${twice.join("\r\n")}\r\ncontent-length: ${command.length}\r\n\r\n${command}`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 401/);
    expect(kept).toEqual([]);
  });

  it.each([
    ["now", noonSeconds, 200],
    ["five minutes old", noonSeconds - 300, 200],
    ["five minutes ahead", noonSeconds + 300, 200],
    ["older", noonSeconds - 301, 401],
    ["further ahead", noonSeconds + 301, 401],
    ["a day ahead", noonSeconds + 86_400, 401],
    ["no number", "NaN", 401],
    ["endless", "Infinity", 401],
    ["a fraction", `${noonSeconds}.5`, 401],
    ["a power", "1e3", 401],
    ["in hexadecimal", `0x${noonSeconds.toString(16)}`, 401],
    ["with a zero before it", `0${noonSeconds}`, 401],
    ["signed", `+${noonSeconds}`, 401],
    ["empty", "", 401],
  ])(
    "A3: is taken only within five minutes of now, as whole seconds: %s",
    async (_name, at, status) => {
      const { post } = await aReceiver();
      expect((await post(command, { timestamp: String(at) })).status).toBe(status);
    },
  );

  it("A8: may be 256 kB long and no longer, whether it says so or not", async () => {
    const { post, send, outcomes } = await aReceiver();
    const long = "x".repeat(256 * 1024 + 1);
    expect((await post(long)).status).toBe(413);
    const chunked = { ...signed(long), "transfer-encoding": "chunked" };
    expect((await send("POST", "/slack/events", chunked, long)).status).toBe(413);
    expect((await post("x".repeat(256 * 1024))).status).toBe(400);
    expect(outcomes).toEqual(["too_large", "too_large", "400"]);
  });

  it("A4: is a certificate probe when it says ssl_check=1: 200, and nothing is touched", async () => {
    const { send, kept, asked } = await aReceiver();
    const payload = encodeURIComponent(JSON.stringify(submission));
    const pressed = encodeURIComponent(JSON.stringify(click));
    const event = encodeURIComponent(JSON.stringify({ type: "event_callback", event: {} }));
    const probes = [
      "ssl_check=1",
      "ssl_check=1&token=x",
      "token=x&ssl_check=1",
      "ssl_check=1&ssl_check=0",
      "ssl_check=1&ssl_check=1",
      "ssl_check=%31",
      "%73sl_check=%31&payload=null",
      "%73%73%6C%5F%63%68%65%63%6B=1&payload=null",
      "&&ssl_check=1&&",
      "=&ssl_check=1",
      "ssl_check=1&payload=null",
      "payload=null&ssl_check=1",
      `ssl_check=1&payload=${payload}`,
      `payload=${payload}&ssl_check=1`,
      `ssl_check=1&payload=${pressed}`,
      `payload=${pressed}&ssl_check=1`,
      `payload=${pressed}&ssl_check=1&payload=${payload}`,
      `ssl_check=1&payload=${event}`,
      `${command}&ssl_check=1`,
      `ssl_check=1&${command}`,
      `ssl_check=1&type=url_verification&challenge=x`,
    ];
    const types = [form, `${form}; charset=utf-8`];
    for (const [index, probe] of probes.entries()) {
      const headers = { "content-type": types[index % types.length] ?? form };
      expect(await send("POST", "/slack/events", headers, probe)).toEqual({
        status: 200,
        body: "",
      });
    }
    expect([...kept, ...asked]).toEqual([]);
  });

  it.each([
    "ssl_check=0",
    "ssl_check=11",
    "ssl_check=0&ssl_check=1",
    "SSL_CHECK=1",
    "x=ssl_check=1",
  ])("A4: is no certificate probe when it only looks like one: %s", async (probe) => {
    const { send } = await aReceiver();
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    expect((await send("POST", "/slack/events", headers, probe)).status).toBe(401);
  });

  it.each([
    ["null as JSON", "null", "application/json"],
    ["5", "5", "application/json"],
    ["an empty list", "[]", "application/json"],
    ["half of a JSON", "{", "application/json"],
    ["nothing", "", "application/json"],
    ["payload=null", "payload=null", undefined],
    ["payload=5", "payload=5", undefined],
    ["payload=[]", "payload=[]", undefined],
    ["an empty payload", "payload=", undefined],
    ["a click without a person", interaction({ ...click, user: undefined }), undefined],
    ["a click without actions", interaction({ ...click, actions: [] }), undefined],
    ["a form without a view", interaction({ ...submission, view: undefined }), undefined],
    ["a view without a name", interaction({ ...submission, view: { id: "V1" } }), undefined],
    ["a payload without a kind", interaction({ user: { id: "U1" } }), undefined],
    ["a command without a person", new URLSearchParams({ team_id: "T1" }).toString(), undefined],
    ["broken escapes", "payload=%ff%zz&%", undefined],
  ])("A5: is answered 400 when it is %s, and nothing breaks", async (_name, body, type) => {
    const { post, faults, kept, asked } = await aReceiver();
    expect(await post(body, type ? { type } : {})).toEqual({ status: 400, body: "" });
    expect([...faults, ...kept, ...asked]).toEqual([]);
  });

  it("A7: is refused when any field is given twice", async () => {
    const { post, kept } = await aReceiver();
    for (const name of Object.keys(commandFields)) {
      expect((await post(`${command}&${name}=other`)).status).toBe(400);
    }
    expect((await post(`${interaction(click)}&payload=null`)).status).toBe(400);
    expect(kept).toEqual([]);
  });

  it("answers Slack's first question about the address", async () => {
    const { post } = await aReceiver();
    const body = JSON.stringify({ type: "url_verification", challenge: "c1" });
    const answer = await post(body, { type: "application/json" });
    expect(answer).toEqual({ status: 200, body: '{"challenge":"c1"}' });
  });

  it("survives a client that leaves in the middle", async () => {
    const { port, post, faults } = await aReceiver();
    const { connect } = await import("node:net");
    await new Promise<void>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.write("POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf");
        setTimeout(() => socket.destroy(), 20);
      });
      socket.on("close", () => resolve());
    });
    expect((await post(command)).status).toBe(200);
    expect(faults).toEqual([]);
  });
});

describe("the doors behind the receiver", () => {
  it("answer a command in words when nothing can be written down", async () => {
    const { post, faults } = await aReceiver({
      keep: () => Promise.reject(new Error("disk full")),
    });
    const { status, body } = await post(command);
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ response_type: "ephemeral" });
    expect(body).toContain("nothing was done");
    expect(faults).toHaveLength(1);
  });

  it("answer a click with 503 then, so that Slack shows its warning", async () => {
    const { post } = await aReceiver({ keep: () => Promise.reject(new Error("disk full")) });
    expect((await post(interaction(click))).status).toBe(503);
  });

  it("end neither the process nor the socket when a listener throws", async () => {
    const { post, faults } = await aReceiver({ ask: () => Promise.reject(new Error("a bug")) });
    const { status, body } = await post(interaction(submission));
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ response_action: "push", view: { type: "modal" } });
    expect(body).toContain("Something went wrong on our side");
    expect(faults).toHaveLength(1);
    expect((await post(command)).status).toBe(200);
  });
});

describe("every other address", () => {
  const methods = [
    "GET",
    "POST",
    "HEAD",
    "PUT",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "PRI",
    "get",
    "\u0000",
  ];
  const versions = [
    "HTTP/1.1",
    "HTTP/1.0",
    "HTTP/0.9",
    "HTTP/2.0",
    "HTTP/1.1 HTTP/1.1",
    "HTTP/x",
    "",
  ];
  const pathParts = [
    ...[
      "/",
      "//",
      "/..",
      "%2e%2e",
      "%ff",
      "%",
      "%00",
      "\u0000",
      "\t",
      "?",
      "#",
      ";",
      "\\",
      "é",
      "*",
    ],
    ...[
      "/slack",
      "/slack/events",
      "/install",
      "/metrics",
      "http://",
      "[::1]",
      "@evil.example",
      ":80",
    ],
    ...["__proto__", "constructor", "a".repeat(900), "?team_id[]=1&team_id=2"],
  ];
  const page = async () => ({ status: 200, type: "text/plain", body: "ok\n" });

  it.each([
    "/",
    "//",
    "/x/%ff",
    "/slack",
    "/slack/events/",
    "/slack/events/..",
    "/healthz/",
    "/%",
    "/?",
  ])("A6: is not found: %s", async (path) => {
    const { send } = await aReceiver({}, { "/healthz": page });
    expect((await send("GET", path)).status).toBe(404);
    expect((await send("POST", path)).status).toBe(404);
  });

  it("A6: is not found by a name that every object has", async () => {
    const { send } = await aReceiver({}, {});
    for (const path of ["/__proto__", "/constructor", "/toString"]) {
      expect((await send("GET", path)).status).toBe(404);
    }
  });

  it("A6: takes only the method it is for", async () => {
    const { send } = await aReceiver({}, { "/healthz": page });
    expect(await send("GET", "/healthz?x=1")).toEqual({ status: 200, body: "ok\n" });
    for (const method of ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
      expect((await send(method, "/healthz")).status).toBe(405);
    }
    for (const method of ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
      expect((await send(method, "/slack/events")).status).toBe(405);
    }
  });

  it("answers 500 when its page breaks, and goes on", async () => {
    const breaks = () => Promise.reject(new Error("a bug"));
    const { send, faults } = await aReceiver({}, { "/healthz": page, "/metrics": breaks });
    expect((await send("GET", "/metrics")).status).toBe(500);
    expect((await send("GET", "/healthz")).status).toBe(200);
    expect(faults).toHaveLength(1);
  });

  it("A6: survives five hundred request lines made at random, and answers none of them 2xx or 5xx", async () => {
    const { raw, send, faults, kept } = await aReceiver({}, { "/healthz": page });
    const random = seeded(20_270_104);
    const pick = (parts: readonly string[]) => parts[Math.floor(random() * parts.length)] ?? "";
    for (let shot = 0; shot < 500; shot += 25) {
      const lines = Array.from({ length: 25 }, () => {
        const path = Array.from({ length: 1 + Math.floor(random() * 5) }, () => pick(pathParts));
        return `${pick(methods)}${pick(["", " ", " /"])}${path.join("")}${pick([" ", ""])}${pick(versions)}`;
      });
      const answers = await Promise.all(
        lines.map((line) => raw(`${line}\r\nhost: x\r\nconnection: close\r\n\r\n`)),
      );
      for (const [index, answer] of answers.entries())
        expect(answer, JSON.stringify(lines[index])).not.toMatch(/^HTTP\/1\.1 [25]/);
    }
    expect([...faults, ...kept]).toEqual([]);
    expect((await send("GET", "/healthz")).status).toBe(200);
  });

  it("A6: survives request lines that no browser would send", async () => {
    const { raw, send } = await aReceiver({}, { "/healthz": page });
    const lines = [
      "GET  HTTP/1.1",
      "GET * HTTP/1.1",
      "OPTIONS * HTTP/1.1",
      "GET http://[ HTTP/1.1",
      "GET //evil.example/slack/events HTTP/1.1",
      "GET /slack/events\u0000 HTTP/1.1",
      "CONNECT a:1 HTTP/1.1",
      "BREW /pot HTCPCP/1.0",
      "\u0000\u0001\u0002",
      `GET /${"a".repeat(20_000)} HTTP/1.1`,
    ];
    for (const line of lines) {
      const answer = await raw(`${line}\r\nhost: x\r\nconnection: close\r\n\r\n`);
      expect(answer).not.toMatch(/^HTTP\/1\.1 (2|5)/);
    }
    expect((await send("GET", "/healthz")).status).toBe(200);
  });
});
