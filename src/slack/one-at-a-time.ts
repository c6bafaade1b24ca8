import type { RequestListener, Server } from "node:http";
import type { Socket } from "node:net";
import { GatedSocket } from "./gated-socket.ts";

/** A proxy that keeps its connections open makes a new one now and then. */
const mostOnOneConnection = 1_000;

/**
 * Hands requests on one at a time: a client that sends the next one before it was answered is cut off. Node's parser
 * reads a whole chunk, with thousands of requests in it, before anybody is asked, so the gate stands before it.
 */
export function oneAtATime(server: Server, work: RequestListener): void {
  server.on("request", (request, response) => {
    const socket = request.socket as unknown as GatedSocket;
    if (socket.begin(request, response)) work(request, response);
    else socket.destroy();
  });
  // It was told so with its last answer.
  server.on("dropRequest", (_request, socket) => socket.destroy());
  server.maxRequestsPerSocket = mostOnOneConnection;
  const parsers = server.listeners("connection");
  server.removeAllListeners("connection");
  server.on("connection", (socket: Socket) => {
    const gated = new GatedSocket(socket);
    for (const parse of parsers) parse.call(server, gated);
  });
}
