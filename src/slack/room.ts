import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";

const mostConnections = 200;

/**
 * Keeps room for the next client. Above so many connections the one that has kept us waiting longest for a whole
 * request is ended; to turn newcomers away instead would let so many idle clients lock out Slack.
 */
export function keepRoom(server: Server): void {
  const open = new Set<Socket>();
  /** Those from which a request, or the rest of one, is still to come, the longest waiting first. */
  const waiting = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    waiting.add(socket);
    socket.once("close", () => {
      open.delete(socket);
      waiting.delete(socket);
    });
    const [longest] = waiting;
    if (open.size > mostConnections) longest?.destroy();
  });
  server.on("request", (request, response) => {
    const { socket } = request;
    const isHere = () => waiting.delete(socket);
    if (hasBody(request)) request.once("end", isHere);
    else isHere();
    response.once("close", () => {
      if (open.has(socket)) waiting.add(socket);
    });
  });
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
}
