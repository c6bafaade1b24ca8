import type { ServerResponse } from "node:http";

export interface Live {
  /** Keeps the response open and sends it `snapshot()` now and after every change. */
  follow(response: ServerResponse, snapshot: () => string): void;
  changed(): void;
  close(): void;
}

/** Server-sent events. Changes that come in one burst are told once. */
export function openLive(pauseMs = 30): Live {
  const followers = new Map<ServerResponse, () => void>();
  let timer: NodeJS.Timeout | undefined;
  const tellAll = (): void => {
    timer = undefined;
    for (const tell of followers.values()) tell();
  };
  return {
    follow(response, snapshot) {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      response.write("retry: 500\n\n");
      const tell = (): void => void response.write(`data: ${snapshot()}\n\n`);
      followers.set(response, tell);
      response.on("close", () => followers.delete(response));
      tell();
    },
    changed() {
      timer ??= setTimeout(tellAll, pauseMs);
    },
    close() {
      clearTimeout(timer);
      for (const response of followers.keys()) response.end();
      followers.clear();
    },
  };
}
