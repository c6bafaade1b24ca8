import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";

const mostConnections = 200;
/**
 * What a thousand people press at one moment comes on as many connections, and some late: nobody has kept us waiting
 * before this. Whoever takes longer is answered too late for Slack anyway.
 */
const graceMs = 3_000;
/** With so many open at once nobody gets any grace. */
const mostAtOnce = 2_000;

/**
 * Keeps room for the next client. Above so many connections those that have kept us waiting longest for a whole
 * request are ended; to turn newcomers away instead would let so many idle clients lock out Slack.
 */
export function keepRoom(server: Server): void {
  const open = new Set<Socket>();
  /** Those from which a request, or the rest of one, is still to come, the longest waiting first, and since when. */
  const waiting = new Map<Socket, number>();
  let sweeping = false;

  /** After whatever has come meanwhile is read: where we are late ourselves, nobody has kept us waiting. */
  function sweepSoon(): void {
    if (sweeping) return;
    sweeping = true;
    const sweep = () => {
      sweeping = false;
      makeRoom(performance.now() - graceMs);
    };
    setTimeout(() => setImmediate(sweep), graceMs).unref();
  }

  function makeRoom(before: number): void {
    for (const [socket, since] of waiting) {
      if (open.size <= mostConnections) return;
      if (since > before && open.size <= mostAtOnce) break;
      forget(socket);
      socket.destroy();
    }
    if (open.size > mostConnections) sweepSoon();
  }

  function forget(socket: Socket): void {
    open.delete(socket);
    waiting.delete(socket);
  }

  server.on("connection", (socket: Socket) => {
    open.add(socket);
    waiting.set(socket, performance.now());
    socket.once("close", () => forget(socket));
    if (open.size > mostAtOnce) makeRoom(0);
    else if (open.size > mostConnections) sweepSoon();
  });
  server.on("request", (request, response) => {
    const { socket } = request;
    const isHere = () => waiting.delete(socket);
    if (hasBody(request)) request.once("end", isHere);
    else isHere();
    // From the moment at which its answer is there: a client that does not take it has kept us waiting, too.
    response.once("prefinish", () => {
      if (open.has(socket)) waiting.set(socket, performance.now());
    });
  });
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
}
