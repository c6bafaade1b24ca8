import type { ServerResponse } from "node:http";
import type { Answer } from "./answer.ts";

export function send(res: ServerResponse, { status, headers, body }: Answer): void {
  if (status === 204) res.writeHead(204, headers).end();
  else res.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) }).end(body);
}

/** 2 MB of valid JSON, in pieces and with no length announced. */
export function sendHuge(res: ServerResponse, { status }: Answer): void {
  res.writeHead(status, { "content-type": "application/json" });
  res.write('{"padding":"');
  for (let written = 0; written < 32; written += 1) res.write("x".repeat(65_536));
  res.end('"}');
}

/** One byte at a time: no pause is long enough for an idle timeout, and the whole takes too long. */
export function sendSlowly(
  res: ServerResponse,
  { status, headers, body }: Answer,
  ms: number,
  after: (ms: number, run: () => void) => void,
): void {
  const bytes = Buffer.from(body === "" ? " ".repeat(200) : body);
  let next = 0;
  res.writeHead(status, headers).flushHeaders();
  const step = () => {
    if (res.destroyed) return;
    if (next >= bytes.length) return void res.end();
    res.write(bytes.subarray(next, next + 1));
    next += 1;
    after(ms, step);
  };
  step();
}
