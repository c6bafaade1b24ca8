import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { builtInPolicy, type Rule, rule } from "../../src/domain/policy.ts";
import { applyPolicy } from "../../src/flows/policy-text.ts";
import {
  type Cast,
  hour,
  type Journey,
  outreach,
  startJourney,
  textOf,
} from "../support/journey.ts";

const [ana, ben, dee, marketing] = ["U0ANA00001", "U0BEN00002", "U0DEE00004", "S0MARKETNG"];
const shared = "C0SHAREDACME";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
beforeEach(async () => {
  await journey.begins();
  await holds();
});
afterAll(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

async function holds(...rules: Rule[]): Promise<void> {
  const { world, workspace } = journey.house;
  const policy = { version: 1 as const, rules: rules.length > 0 ? rules : builtInPolicy.rules };
  await applyPolicy(world, { workspace, policy, by: dee });
}

type Told = Promise<{ told: string }>;
interface Refused {
  what: string;
  /** Why not this person. */
  why: string;
  /** Who could. */
  who: string;
  under?: Rule[];
  /** What came before it. */
  after?: () => Told;
  act: () => Told;
}

const types = (person: Cast, text: string, channel?: string) => () =>
  journey.types(person, text, channel);
const presses = (person: Cast, label: string, channel?: string) => () =>
  journey.presses(person, label, journey.cards(channel).at(-1));
const asked = types("ana", "resume burki:7");
const askedInShared = types("ana", "resume burki:7", shared);
const deeResumes = rule("Dee resumes", { action: ["resume"], requester: [dee] }, "allow");
const noPause = rule("no pause", { action: ["pause", "stop"] }, "deny");
const aloneOne = rule("alone", { action: ["resume"] }, { approve: { from: [ana] } });
const twoSteps = rule(
  "in order",
  { action: ["resume"] },
  { approve: [{ from: [marketing] }, { from: ["admins"] }] },
);
const actsFirst = rule("act first", { action: ["pause"] }, { ratify: { from: ["admins"] } });
const onlyAdmins = "Only admins may do this, and you are not one.";
const paused = types("ana", "pause burki:42");

const atTheRequest: Refused[] = [
  {
    what: "no rule lets them",
    under: [deeResumes],
    act: asked,
    why: "No rule of the policy lets you resume",
    who: "Who may: Dee Larsson.",
  },
  {
    what: "a rule forbids it to everybody",
    under: [noPause, ...builtInPolicy.rules],
    act: paused,
    why: "The policy does not let you pause “Spring launch” (rule “no pause”).",
    who: "As the policy is now, nobody may. An admin can change the policy.",
  },
  {
    what: "an emergency stop is forbidden",
    under: [noPause, ...builtInPolicy.rules],
    act: types("ana", "stop all because wrong price"),
    why: "The policy does not let you stop",
    who: "As the policy is now, nobody may.",
  },
  {
    what: "too few others could approve it",
    under: [aloneOne],
    act: asked,
    why: "Too few people can approve this besides you",
    who: "Who may: any member.",
  },
  {
    what: "they are a guest",
    act: types("gus", "pause burki:42"),
    why: "Guests of this workspace may not pause",
    who: "Who may: any member.",
  },
  {
    what: "they belong to another organisation",
    act: types("sam", "pause burki:42", shared),
    why: "People of other organisations may not pause",
    who: "Somebody of this workspace can help you.",
  },
  {
    what: "somebody else has asked already",
    after: asked,
    act: types("ben", "resume burki:7"),
    why: "is still open and waits for approval",
    who: "Who can withdraw it: Ana Ferrer.",
  },
];

const atTheVote: Refused[] = [
  {
    what: "others are to decide",
    after: asked,
    act: presses("ben", "Approve"),
    why: "The policy asks other people to decide this.",
    who: "Who can decide it: an admin.",
  },
  {
    what: "others are to decide, on Deny",
    after: asked,
    act: presses("ben", "Deny"),
    why: "The policy asks other people to decide this.",
    who: "Who can decide it: an admin.",
  },
  {
    what: "they asked for it",
    after: asked,
    act: presses("ana", "Approve"),
    why: "You asked for this, so somebody else has to decide.",
    who: "Who can decide it: an admin.",
  },
  {
    what: "they asked for it, on Deny",
    after: asked,
    act: presses("ana", "Deny"),
    why: "You asked for this, so you cannot deny it. Use Withdraw instead.",
    who: "Who can decide it: an admin.",
  },
  {
    what: "it is not their turn",
    under: [twoSteps],
    after: asked,
    act: presses("dee", "Approve"),
    why: "Others have to decide first, and then it is your turn.",
    who: "Who can decide it: @marketing.",
  },
  {
    what: "they are a guest",
    after: asked,
    act: presses("gus", "Approve"),
    why: "Only full members of this workspace can decide.",
    who: "Who can decide it: an admin.",
  },
  {
    what: "they belong to another organisation",
    after: askedInShared,
    act: presses("sam", "Approve", shared),
    why: "Only full members of this workspace can decide.",
    who: "Somebody of this workspace can help you.",
  },
  {
    what: "the policy has changed since",
    after: async () => {
      const said = await asked();
      await holds(noPause);
      return said;
    },
    act: presses("dee", "Approve"),
    why: "The policy has changed since this was asked",
    who: "As the policy is now, nobody can approve it. An admin can change the policy.",
  },
  {
    what: "only the asker can withdraw",
    after: asked,
    act: presses("ben", "Withdraw"),
    why: "Only the person who asked can withdraw this.",
    who: "Who can withdraw it: Ana Ferrer.",
  },
];

const afterwards: Refused[] = [
  {
    what: "they acted first themselves",
    under: [actsFirst],
    after: paused,
    act: presses("ana", "Ratify"),
    why: "You asked for this, so somebody else has to answer for it.",
    who: "Who can, and did not ask for it: an admin.",
  },
  {
    what: "others are to answer for it",
    under: [actsFirst],
    after: paused,
    act: presses("ben", "Reverse"),
    why: "The policy asks other people to answer for this.",
    who: "Who can, and did not ask for it: an admin.",
  },
  {
    what: "they are a guest",
    under: [actsFirst],
    after: paused,
    act: presses("gus", "Ratify"),
    why: "Only full members of this workspace can answer for this.",
    who: "Who can, and did not ask for it: an admin.",
  },
];

const elsewhere: Refused[] = [
  {
    what: "a guest wants to look",
    act: types("gus", "status"),
    why: "Only full members of this workspace may see its campaigns, and you are a guest.",
    who: "Ask one of them, or an admin for a rule that names you.",
  },
  {
    what: "an outsider wants to look",
    act: types("sam", "status", shared),
    why: "and you are of another organisation.",
    who: "Ask one of them",
  },
  {
    what: "a member wants to connect",
    act: opensForm("ana", "connect burki"),
    why: onlyAdmins,
    who: "Ask an admin of this workspace.",
  },
  {
    what: "a member wants a digest",
    act: opensForm("ana", "digest"),
    why: onlyAdmins,
    who: "Ask an admin of this workspace.",
  },
  {
    what: "a member wants to know what is not well",
    act: types("ana", "doctor"),
    why: onlyAdmins,
    who: "Ask an admin of this workspace.",
  },
  {
    what: "a member ends somebody else's absence",
    act: types("ana", "policy back @ben"),
    why: onlyAdmins,
    who: "Ask an admin of this workspace.",
  },
  {
    what: "a stand-in may not decide",
    act: types("ana", "policy away for 1h @gus"),
    why: "Guests may not decide here, so they cannot stand in for you.",
    who: "Name a full member of this workspace.",
  },
];

function opensForm(person: Cast, text: string): () => Told {
  return async () => {
    await journey.types(person, text);
    return { told: textOf(journey.house.slack.views(person).at(-1)) };
  };
}

const all = { atTheRequest, atTheVote, afterwards, elsewhere };

describe.each(Object.entries(all))("a refusal %s says why not you, and who could", (_, rows) => {
  it.each(rows)("when $what", async ({ under = [], after, act, why, who }) => {
    await holds(...under);
    await after?.();
    const { told } = await act();
    expect(told).toContain(why);
    expect(told).toContain(who);
  });
});

describe("a refusal where Slack shows plain text", () => {
  it("in a form names roles, and nobody by an id", async () => {
    await holds(rule("two", { action: ["resume"] }, { approve: { from: ["admins", ben] } }));
    await asked();
    await journey.presses("ben", "Deny");
    const form = journey.house.slack.views("ben").at(-1);
    await holds(rule("two", { action: ["pause"] }, "allow"));
    const { people } = journey.house.slack;
    Object.assign(people.find(({ name }) => name === "ben") ?? {}, { isRestricted: true });
    const sent = await journey.house.slack.submit("ben", form?.id ?? "", { reason: "no" });
    expect(sent.errors?.reason).toBe(
      "Only full members of this workspace can decide. Your press was not counted. Who can decide it: an admin or Ben Okafor.",
    );
  });

  it("in the thread of a pause that should have ended calls nobody but its asker", async () => {
    const pauses = rule("all pause", { action: ["pause"] }, "allow");
    await holds(pauses, deeResumes);
    await journey.types("ana", "pause burki:42 for 1h");
    await journey.passes(10_000);
    await journey.passes(hour);
    const thread = journey.house.slack.messages(outreach).filter(({ threadTs }) => threadTs);
    const said = thread.map(textOf).join();
    expect(said).toContain("nothing was resumed. No rule of the policy lets you resume");
    expect(said).toContain("Who may: Dee Larsson.");
    expect(said).not.toContain(dee);
  });
});

describe("the refusals in the code", () => {
  const spoken =
    /["`]([^"`\n]*(?:\b[Oo]nly (?:admins|full members|the person)|lets? you |may not |asks other people|decide first|asked for this, so|besides you|stand in for yourself)[^"`\n]*)["`]/g;
  const places = ["domain", "flows", "slack/listeners"];
  const sentences = places.flatMap((place) =>
    filesIn(join("src", place)).flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(spoken)].map(([, sentence = ""]) => sentence),
    ),
  );
  /** The same sentences for other kinds of people, and one that names whom to take instead. */
  const alike = [
    "This account is deactivated, so it may not",
    "Only full members of this workspace decide here, so nobody has to stand in for you.",
    "You cannot stand in for yourself. Name somebody else.",
    "Bots may not decide here",
    "People of other organisations may not decide here",
    "campaigns here. Nothing was changed.",
    // Nobody is refused: a fault of ours, and where Slack could not be asked.
    "a change may not go from",
    // Said of a name, not to a person.
    "may not be what it looks like.",
    "Slack could not say just now who asked for this",
  ];
  const shown = [
    ...Object.values(all)
      .flat()
      .map(({ why }) => why),
    ...alike,
  ];

  it("are found", () => {
    expect(sentences.length).toBeGreaterThan(12);
  });

  it.each(sentences)("are all in the table: %s", (sentence) => {
    const fixed = sentence.split(/\$\{[^}]*\}/).map((part) => part.trim());
    const longest = fixed.toSorted((a, b) => b.length - a.length)[0] ?? sentence;
    const start = longest.slice(0, 24);
    expect(shown.some((why) => why.includes(start) || longest.includes(why))).toBe(true);
  });
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name));
}
