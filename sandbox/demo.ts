import { type Policy, rule } from "../src/domain/policy.ts";
import { startHouse } from "./house.ts";
import { movedClock } from "./moved-clock.ts";
import { startDemoPage } from "./page/start-demo-page.ts";

const members = ["members"];

/** What the demo's workspace has agreed on; simple enough to try everything in a minute. */
const policy: Policy = {
  version: 1,
  rules: [
    rule("members may pause at once", { action: ["pause"], requester: members }, "allow"),
    rule(
      "an emergency stop acts first, an admin answers for it after",
      { action: ["stop"], requester: members },
      { ratify: { from: ["admins"], within: "12h", otherwise: "keep" }, notify: ["U0DEE00004"] },
    ),
    rule(
      "several resumes at once need two of @marketing, then an admin",
      { action: ["resume"], requester: members, targets: { min: 2 } },
      {
        approve: [{ from: ["S0MARKETNG"], count: 2 }, { from: ["admins"] }],
        notify: ["U0BEN00002", "S0MARKETNG"],
        expires: "4h",
        remind: ["2h"],
        on_timeout: { escalate: ["admins"] },
      },
    ),
    rule(
      "Talkdesk needs two pairs of eyes",
      { action: ["resume"], vendor: ["talkdesk"], requester: members },
      { approve: { from: ["S0MARKETNG", "admins"], count: 2 }, expires: "4h" },
    ),
    rule(
      "a resume needs one of @marketing",
      { action: ["resume"], requester: members },
      { approve: { from: ["S0MARKETNG", "admins"] }, expires: "8h" },
    ),
    rule(
      "nobody cancels at the weekend",
      {
        action: ["cancel"],
        hours: { zone: "Europe/Berlin", days: ["sat", "sun"], from: "00:00", to: "24:00" },
      },
      "deny",
    ),
    rule(
      "a cancel needs an admin",
      { action: ["cancel"], requester: members },
      { approve: { from: ["admins"] }, expires: "8h" },
    ),
  ],
};

export interface Demo {
  url: string;
  close(): Promise<void>;
}

/** Everything on this machine with no account anywhere. */
export async function startDemo(options: { port: number; latencyMs?: number }): Promise<Demo> {
  const clock = movedClock();
  const house = await startHouse({
    now: clock.now,
    vendorLatencyMs: options.latencyMs ?? 120,
    policy,
    logLevel: "error",
    limits: { person: 30, workspace: 600 },
  });
  clock.onMove(() => void house.app().lookAtClock());
  const page = await startDemoPage({
    slack: house.slack,
    vendors: house.vendors,
    clock,
    port: options.port,
  });
  return {
    url: page.url,
    async close() {
      await page.close();
      await house.close();
    },
  };
}
