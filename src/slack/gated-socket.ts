import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { partOf } from "./one-part.ts";

type Done = (error?: Error | null) => void;

/**
 * A client's connection with a gate before whoever reads it. It hands on one head, or one head's body, at a time, and
 * looks in between: more that comes before the answer has gone out ends it.
 */
export class GatedSocket extends Duplex {
  #socket: Socket;
  /** What has come and was not handed on yet. */
  #rest: Buffer | undefined;
  #isWanted = false;
  #isResting = false;
  #request: IncomingMessage | undefined;
  #isAnswered = true;
  /** How much of the body is still to come; below zero where its length was not stated. */
  #bodyLeft = 0;

  constructor(socket: Socket) {
    // Where nobody reads just now no more than one part waits, so that each is looked at before the next.
    super({ allowHalfOpen: true, decodeStrings: false, readableHighWaterMark: 1 });
    this.#socket = socket;
    socket.on("data", (chunk: Buffer) => {
      this.#rest = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
      this.#handOn();
    });
    socket.on("end", () => {
      if (!this.#rest) this.push(null);
    });
    socket.on("timeout", () => this.emit("timeout"));
    socket.on("error", (error) => this.destroy(error));
    socket.on("close", () => this.destroy());
  }

  /** False for a request that comes before the last one was answered. */
  begin(request: IncomingMessage, response: ServerResponse): boolean {
    if (!this.#isAnswered) return false;
    this.#isAnswered = false;
    response.once("close", () => {
      this.#isAnswered = true;
    });
    this.#request = request;
    this.#bodyLeft = Number(request.headers["content-length"] ?? -1);
    return true;
  }

  #handOn(): void {
    while (this.#rest && this.#isWanted && !this.#isResting) {
      const inBody = this.#request?.complete === false;
      if (!inBody && !this.#isAnswered) return void this.destroy();
      const end = partOf(this.#rest, inBody ? { bodyLeft: this.#bodyLeft } : undefined);
      const part = this.#rest.subarray(0, end);
      this.#rest = end < this.#rest.length ? this.#rest.subarray(end) : undefined;
      if (inBody) this.#bodyLeft -= end;
      this.#isWanted = this.push(part);
      // Many small parts are many turns: others have theirs in between.
      if (inBody && this.#bodyLeft < 0) this.#takeARest();
    }
    if (this.#rest) this.#socket.pause();
    else if (this.#socket.readableEnded) this.push(null);
    else this.#socket.resume();
  }

  #takeARest(): void {
    this.#isResting = true;
    setImmediate(() => {
      this.#isResting = false;
      this.#handOn();
    });
  }

  /** Asked for before the last part is read, so what follows waits until it is. */
  override _read(): void {
    this.#isWanted = true;
    process.nextTick(() => this.#handOn());
  }

  override _write(chunk: Buffer | string, encoding: BufferEncoding, done: Done): void {
    this.#socket.write(chunk, encoding, done);
  }

  override _final(done: Done): void {
    this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: Done): void {
    this.#rest = undefined;
    this.#socket.destroy();
    done(error);
  }

  /** What Node's server calls after the last answer: a client that does not close its own side must not stay. */
  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once("finish", () => this.destroy());
  }

  setTimeout(ms: number): this {
    this.#socket.setTimeout(ms);
    return this;
  }

  get remoteAddress(): string | undefined {
    return this.#socket.remoteAddress;
  }

  get localAddress(): string | undefined {
    return this.#socket.localAddress;
  }
}
