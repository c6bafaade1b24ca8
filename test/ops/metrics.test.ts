import { expect, it } from "vitest";
import { vendorNames } from "../../src/domain/campaign.ts";
import { startJourney } from "../support/journey.ts";

/** The labels that a counter may have; "version" and the like are Node's own. */
const labelsKnown = [
  "outcome",
  "vendor",
  "kind",
  "space",
  "type",
  "version",
  "major",
  "minor",
  "patch",
  "le",
];

it("D31: no name, id or address of anybody is in the metrics, whatever people do", async () => {
  const journey = await startJourney();
  const { house } = journey;
  for (const text of ["list", "pause burki:42 because canary", 'pause "canary"', "connections"]) {
    await journey.types("ana", text);
  }
  for (const path of ["/canary", "/slack/events?canary=1", "/metrics/canary"]) {
    await fetch(`${house.app().url}${path}`, { method: "POST", body: "canary=1" });
  }
  const answer = await fetch(`${house.app().url}/metrics`);
  const text = await answer.text();
  await journey.ends();
  const series = text.split("\n").filter((line) => line && !line.startsWith("#"));
  expect(answer.status).toBe(200);
  expect(series.length).toBeGreaterThan(20);
  expect(series.length).toBeLessThan(500);
  const labels = [...text.matchAll(/[{,](\w+)="/g)].map(([, label]) => label);
  expect(labels.filter((label) => !labelsKnown.includes(label ?? ""))).toEqual([]);
  const outcomes = [...text.matchAll(/outcome="([^"]*)"/g)].map(([, outcome]) => outcome);
  for (const outcome of outcomes) expect(outcome).toMatch(/^(\d{3}|[a-z_]+)$/);
  const vendors = [...text.matchAll(/vendor="([^"]*)"/g)].map(([, vendor]) => vendor);
  expect(new Set(vendors)).toEqual(new Set(vendorNames));
  expect(text).toMatch(/^fermata_vendor_calls_total{vendor="burki",outcome="ok"} [1-9]/m);
  expect(text).toMatch(/^fermata_breaker_open{vendor="burki"} 0$/m);
  const names = vendorNames.flatMap((name) => {
    const { url, campaigns } = house.vendors[name];
    return [url, ...campaigns().flatMap((one) => [one.name, one.id])];
  });
  const people = house.slack.people
    .filter(({ isBot }) => !isBot)
    .flatMap((one) => [one.id, one.name]);
  const private_ = [...names, ...people, house.workspace, house.slack.team.name, "canary"];
  const words = private_.filter((word) => word.length > 4);
  expect(words.length).toBeGreaterThan(30);
  expect(words.filter((word) => text.includes(word))).toEqual([]);
});
