import { describe, expect, it } from "vitest";
import { createPace, slackPace } from "../../src/slack/pace.ts";
import { createProfiles } from "../../src/slack/profiles.ts";
import { HeldBack } from "../../src/slack/troubles.ts";
import type { SlackWeb } from "../../src/slack/web.ts";

function someProfiles(answer: (user: string) => unknown = (id) => ({ id, team_id: "T1" })) {
  const clock = { at: Date.parse("2027-01-04T12:00:00Z") };
  const now = () => new Date(clock.at);
  const asked: string[] = [];
  const info = async ({ user }: { user: string }) => {
    asked.push(user);
    return { user: answer(user) };
  };
  const pace = createPace(slackPace, now);
  const web = {
    client: async () => ({ users: { info } }),
    look: async (workspace: string, method: "users.info", call: () => Promise<unknown>) => {
      const wait = pace.look(workspace, method);
      if (wait > 0) throw new HeldBack(wait);
      return call();
    },
  } as unknown as Pick<SlackWeb, "client" | "look">;
  return { ...createProfiles(web, now), asked, pass: (ms: number) => (clock.at += ms) };
}

describe("who somebody is", () => {
  it("is asked once a minute where nothing is decided, also by many at once", async () => {
    const { of, asked, pass } = someProfiles();
    await Promise.all(Array.from({ length: 900 }, () => of("T1", "U1", true)));
    expect(asked).toHaveLength(1);
    pass(60_001);
    await of("T1", "U1", true);
    expect(asked).toHaveLength(2);
  });

  it("is asked afresh for every decision, and a glance takes what was said then", async () => {
    const { of, asked } = someProfiles();
    await of("T1", "U1", true);
    await of("T1", "U1", false);
    await of("T1", "U1", false);
    await of("T1", "U1", true);
    expect(asked).toHaveLength(3);
  });

  it("is not remembered where Slack said nothing that can be used", async () => {
    const { of, asked } = someProfiles(() => ({ id: 7 }));
    expect(await of("T1", "U1", true)).toBe("an answer of another shape");
    expect(await of("T1", "U1", true)).toBe("an answer of another shape");
    expect(asked).toHaveLength(2);
  });

  it("is remembered where Slack said that there is nobody", async () => {
    const { of, asked } = someProfiles(() => {
      throw Object.assign(new Error("no"), { data: { error: "user_not_found" } });
    });
    for (let n = 0; n < 5; n += 1) await expect(of("T1", "U1", true)).rejects.toThrow("no");
    expect(asked).toHaveLength(1);
  });

  it("is another one's elsewhere", async () => {
    const { of, asked } = someProfiles();
    await of("T1", "U1", true);
    await of("T2", "U1", true);
    expect(asked).toHaveLength(2);
  });

  it("H68: is asked for a glance eighty times in a minute at most, and for a decision always", async () => {
    const { of, asked, pass } = someProfiles();
    const glances = async (from: number) => {
      for (let n = 0; n < 900; n += 1) await of("T1", `U${from + n}`, true).catch(() => {});
    };
    await glances(0);
    pass(59_000);
    await glances(1_000);
    expect(asked.length).toBeLessThanOrEqual(80);
    const before = asked.length;
    for (let n = 0; n < 40; n += 1) await of("T1", `UADMIN${n}`, false);
    expect(asked.length - before).toBe(40);
  });
});
