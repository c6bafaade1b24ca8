import { mkdir } from "node:fs/promises";
import { afterAll, beforeAll } from "vitest";
import { chip, type Seat, takeSeat } from "./a-browser.ts";

const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

/** The demo for the tests of one file, with pictures of it as wide as a desk and as a hand. */
export interface Seated {
  readonly seat: Seat;
  picture(name: string): Promise<void>;
  /** A campaign's word at its vendor. */
  state(vendor: string, campaign: string): Promise<string | null>;
  /** What the page does when somebody uses a switch in the vendors' panel or the clock. */
  act(name: string, body: object): Promise<void>;
}

export function seated(file: string): Seated {
  const shots = `coverage/screenshots/${file}`;
  let seat: Seat;
  beforeAll(async () => {
    await mkdir(shots, { recursive: true });
    seat = await takeSeat(sizes.desktop);
  });
  afterAll(async () => {
    await seat.leave();
  });
  return {
    get seat() {
      return seat;
    },
    async picture(name) {
      for (const [size, viewport] of Object.entries(sizes)) {
        await seat.page.setViewportSize(viewport);
        await seat.page.screenshot({ path: `${shots}/${name}-${size}.png` });
      }
      await seat.page.setViewportSize(sizes.desktop);
    },
    state: (vendor, campaign) => chip(seat.page, vendor, campaign).getAttribute("data-word"),
    async act(name, body) {
      const headers = { "content-type": "application/json" };
      const sent = { method: "POST", headers, body: JSON.stringify(body) };
      const answer = await fetch(`${seat.demo.url}/act/${name}`, sent);
      if (!answer.ok) throw new Error(await answer.text());
    },
  };
}
