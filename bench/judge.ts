import { vendorNames } from "../src/domain/campaign.ts";
import { type Asked, judge } from "../src/domain/judge.ts";
import type { Person } from "../src/domain/person.ts";
import { type Policy, policyActions, type Rule, rule, type Then } from "../src/domain/policy.ts";
import { checkPolicy } from "../src/domain/policy-file.ts";

/**
 * How long the largest policy that may be applied takes to judge a wish, by the processor's time: what else a machine
 * has to do is not the policy's doing. Usage: npm run bench:policy -- [judgements].
 */
const [count = 10_000] = process.argv.slice(2).map(Number);
const rules = 500;
const wantedMs = 1;

const hours = { zone: "Europe/Berlin", from: "09:00", to: "18:00" };
const thens: Then[] = [
  "allow",
  "deny",
  { approve: { from: ["S0MARKETING", "admins"], count: 2 }, expires: "4h", remind: ["1h"] },
  { approve: [{ from: ["S0MARKETING"] }, { from: ["U0BEN00002", "U0CHI00003"] }] },
];

/** No two rules look at the same; most of them are read to their last key. */
function ruleAt(index: number): Rule {
  const when = {
    action: [policyActions[index % 3] ?? "pause"],
    campaign: [`*region ${index}*`, `${index}-*`],
    ...(index % 2 === 0 && { connection: [`account ${index % 20}`, "burki"] }),
    ...(index % 3 === 0 && { requester: ["members", "S0SALES"] }),
    ...(index % 5 === 0 && { vendor: [...vendorNames] }),
    ...(index % 7 === 0 && { targets: { min: 1, max: 50 } }),
    ...(index % 10 === 0 && { hours }),
  };
  return rule(`rule ${index}`, when, thens[index % thens.length] ?? "allow");
}

const policy: Policy = { version: 1, rules: Array.from({ length: rules }, (_, at) => ruleAt(at)) };
const checked = checkPolicy(policy);
if (!checked.ok) throw new Error(checked.problems.map(({ sentence }) => sentence).join(" "));

const people: Person[] = (["member", "member", "guest"] as const).map((kind, index) => ({
  id: `U0PERSON${index}`,
  kind,
  admin: index === 0,
  groups: ["S0SALES", "S0MARKETING"].slice(index),
  zone: "Europe/Berlin",
}));

/** One campaign of a thousand, at any hour of a week, asked by anybody. */
function occasion(index: number): Asked {
  const region = (index * 7919) % 1000;
  const campaign = { id: `${region}-${index}`, name: `Spring launch, region ${region}, part 2` };
  const vendor = vendorNames[index % vendorNames.length] ?? "burki";
  return {
    action: policyActions[index % policyActions.length] ?? "pause",
    by: people[index % people.length] as Person,
    targets: [{ connectionId: "con_1", connection: `Account ${index % 20}`, vendor, campaign }],
    at: new Date(Date.UTC(2027, 0, 4) + index * 61 * 60_000),
  };
}

const kinds: Record<string, number> = {};
const times: number[] = [];
for (let index = -count / 10; index < count; index += 1) {
  const asked = occasion(Math.abs(index));
  const start = process.cpuUsage();
  const { kind } = judge(policy, asked);
  const { user, system } = process.cpuUsage(start);
  if (index < 0) continue;
  times.push((user + system) / 1000);
  kinds[kind] = (kinds[kind] ?? 0) + 1;
}

times.sort((a, b) => a - b);
const at = (share: number) =>
  times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
const [p50, p99, worst] = [at(0.5), at(0.99), at(1)].map((ms) => ms.toFixed(3));
const verdicts = Object.entries(kinds).map(([kind, many]) => `${many} ${kind}`);
process.stdout.write(
  `${count} judgements by ${rules} rules (${verdicts.join(", ")}): p50 ${p50} ms, p99 ${p99} ms, worst ${worst} ms\n`,
);
if (at(0.99) >= wantedMs) {
  process.stdout.write(`It should take less than ${wantedMs} ms.\n`);
  process.exitCode = 1;
}
