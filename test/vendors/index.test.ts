import { describe, expect, it } from "vitest";
import { vendorNames, vendorTitles } from "../../src/domain/campaign.ts";
import { createHttp } from "../../src/vendors/http.ts";
import { createVendors } from "../../src/vendors/index.ts";
import samples from "./samples/woodpecker.json" with { type: "json" };
import { answer, answerSample, aStandIn } from "./stand-in.ts";

const now = () => new Date("2026-11-22T10:00:00Z");

describe("the list of vendors", () => {
  it("has all five, each under its own name", () => {
    const vendors = createVendors({ http: createHttp({ allow: [], now }), now });
    expect(Object.keys(vendors)).toEqual([...vendorNames]);
    for (const name of vendorNames) {
      expect(vendors[name]).toMatchObject({ name, title: vendorTitles[name] });
    }
  });

  it("really waits before it asks a crowded vendor again", async () => {
    const standIn = await aStandIn();
    const { woodpecker } = createVendors({
      http: createHttp({ allow: [standIn.hostPort], now }),
      now,
    });
    let asked = 0;
    standIn.reply(({ path }, response) => {
      if (path.endsWith("/me")) return answerSample(response, samples.pairs.me);
      asked += 1;
      if (asked === 1) answer(response, 409, "");
      else answerSample(response, samples.pairs.list);
    });
    const secret = { apiKey: "wp-0123456789" };
    const account = {
      connectionId: "con_1",
      version: 1,
      baseUrl: standIn.url,
      options: {},
      secret,
    };
    const start = performance.now();
    expect(await woodpecker.open(account).list()).toHaveLength(3);
    expect(performance.now() - start).toBeGreaterThan(400);
    await standIn.close();
  });
});
