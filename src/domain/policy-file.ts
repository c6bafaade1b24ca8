import { z } from "zod";
import { vendorNames } from "./campaign.ts";
import { isZone } from "./hours.ts";
import { normalText } from "./normal-text.ts";
import { type Policy, policyActions, weekdays } from "./policy.ts";
import { unseen } from "./unseen.ts";
import { parseDuration } from "./when.ts";

const mostRules = 500;
const mostInList = 200;
const longestName = 80;

const askers = ["admins", "members", "guests"];
const approvers = ["admins", "members"];

/** Kept in the one form of text, in which it is also compared. */
const text = (longest: number) =>
  z
    .string("must be a text")
    .refine((value) => !unseen.test(value), "has a character that nobody can see")
    .overwrite(normalText)
    .min(1, "is empty")
    .max(longest, `is longer than ${longest} characters`);

/** A list, or a single value standing for a list of one. */
const listOf = <Item extends z.ZodType>(item: Item) =>
  z.preprocess(
    (value) => (value === undefined || value === null || Array.isArray(value) ? value : [value]),
    z
      .array(item, "must be a list")
      .min(1, "is an empty list: leave it out, or name somebody or something")
      .max(mostInList, `has more than ${mostInList} entries`),
  );

const person = text(longestName).regex(
  /^[UW][A-Z0-9]+$/,
  "must be a Slack user id such as U0AAAAAAA",
);

const somebody = (words: readonly string[]) =>
  text(longestName).refine((value) => /^[UWS][A-Z0-9]+$/.test(value) || words.includes(value), {
    error: `must be a user id (U…), a user group id (S…) or one of: ${words.join(", ")}`,
  });

/** YAML reads a bare 42 as a number, and a bare true as a truth. */
const said = (longest: number) =>
  z.preprocess(
    (value) => (typeof value === "number" || typeof value === "boolean" ? String(value) : value),
    text(longest),
  );

const clock = z
  .string("must be a time such as 09:00")
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "must be a time from 00:00 to 24:00, in quotes");

const hours = z
  .strictObject(
    {
      zone: z.string("must be a time zone such as Europe/Berlin").refine(isZone, {
        error: "must be a time zone such as Europe/Berlin",
      }),
      days: z.exactOptional(listOf(z.enum(weekdays, `must be one of: ${weekdays.join(", ")}`))),
      from: clock,
      to: clock,
    },
    "must have zone, from and to",
  )
  .refine(({ from, to }) => from !== to, { path: ["to"], error: "is the same time as `from`" });

const campaigns = z.int("must be a whole number").min(1, "must be 1 or more");
const targets = z
  .strictObject(
    { min: z.exactOptional(campaigns), max: z.exactOptional(campaigns) },
    "must have min or max",
  )
  .refine(({ min, max }) => min !== undefined || max !== undefined, {
    error: "must have min or max",
  })
  .refine(({ min = 1, max = min }) => min <= max, { path: ["max"], error: "is less than `min`" });

const when = z.strictObject({
  action: z.exactOptional(
    listOf(z.enum(policyActions, `must be one of: ${policyActions.join(", ")}`)),
  ),
  connection: z.exactOptional(listOf(said(longestName))),
  vendor: z.exactOptional(listOf(z.enum(vendorNames, `must be one of: ${vendorNames.join(", ")}`))),
  campaign: z.exactOptional(listOf(said(200))),
  requester: z.exactOptional(listOf(somebody(askers))),
  targets: z.exactOptional(targets),
  hours: z.exactOptional(hours),
});

const step = z
  .strictObject(
    {
      from: listOf(somebody(approvers)),
      count: z.exactOptional(
        z.int("must be a whole number").min(1, "must be 1 or more").max(20, "must be 20 or less"),
      ),
      self: z.exactOptional(z.boolean("must be true or false")),
    },
    "must be a step with from, count and self, or a list of such steps",
  )
  .refine(
    ({ from, count = 1 }) => from.some((id) => !/^[UW]/.test(id)) || new Set(from).size >= count,
    {
      path: ["count"],
      error: "asks for more people than `from` names",
    },
  );

const mostSteps = 5;
const steps = z
  .array(step)
  .min(1, "is an empty list: name at least one step")
  .max(mostSteps, `has more than ${mostSteps} steps`);

const durationWords = "must be a duration such as 90s, 30m, 4h or 1d12h";
const duration = z.string(durationWords).refine((value) => parseDuration(value) !== undefined, {
  error: `${durationWords}, 90 days at most`,
});

const notify = z.exactOptional(listOf(somebody(approvers)));

const approveThen = z
  .strictObject({
    approve: z.union([steps, step]),
    notify,
    expires: z.exactOptional(duration),
    remind: z.exactOptional(listOf(duration)),
    on_timeout: z.exactOptional(
      z.union(
        [z.literal(["expire", "allow"]), z.strictObject({ escalate: listOf(somebody(approvers)) })],
        "must be expire, allow or escalate with a list of people",
      ),
    ),
  })
  .refine(({ remind = [], expires = "8h" }) => remind.every((one) => isShorter(one, expires)), {
    path: ["remind"],
    error: "must come before it expires",
  });

const ratifyThen = z.strictObject({
  ratify: z.strictObject(
    {
      from: listOf(somebody(approvers)),
      within: z.exactOptional(duration),
      otherwise: z.exactOptional(z.enum(["keep", "revert"], "must be keep or revert")),
    },
    "must have from, and may have within and otherwise",
  ),
  notify,
});

const then = z.union(
  [z.literal(["allow", "deny"]), ratifyThen, approveThen],
  "must be allow, deny, approve or ratify",
);

const stopping = ["pause", "stop"];
const rule = z
  .strictObject({ name: said(longestName), when, then }, "must have name, when and then")
  .refine(
    ({ when: { action }, then: what }) =>
      !(typeof what === "object" && "on_timeout" in what && what.on_timeout === "allow") ||
      (action?.every((one) => stopping.includes(one)) ?? false),
    {
      path: ["then", "on_timeout"],
      error:
        "can be allow only where action is pause or stop: nothing starts because nobody answered",
    },
  )
  .refine(
    ({ when: { action }, then: what }) =>
      !(typeof what === "object" && "ratify" in what) ||
      (action?.every((one) => stopping.includes(one)) ?? false),
    {
      path: ["then", "ratify"],
      error: "can be used only where action is pause or stop: only stopping may come before asking",
    },
  );

function isShorter(one: string, other: string): boolean {
  return (parseDuration(one) ?? 0) < (parseDuration(other) ?? 0);
}

const policyFile = z.strictObject(
  {
    version: z.literal(1, "must be 1"),
    channel: z.exactOptional(
      text(longestName).regex(/^[CG][A-Z0-9]+$/, "must be a channel id such as C0123456789"),
    ),
    admins: z.exactOptional(listOf(person)),
    rules: z
      .array(rule, "must be a list of rules")
      .max(mostRules, `has more than ${mostRules} rules`),
  },
  "must have version and rules",
);

export interface PolicyProblem {
  /** Where in the document, e.g. `rules[1].then.remind`; empty for the whole. */
  path: string;
  /** The same place, key by key. */
  keys: readonly PropertyKey[];
  sentence: string;
}

export type CheckedPolicy = { ok: true; policy: Policy } | { ok: false; problems: PolicyProblem[] };

const mostProblems = 50;

/** Checks a policy document, already parsed from YAML or JSON. Keys this version does not know are problems. */
export function checkPolicy(document: unknown): CheckedPolicy {
  const read = policyFile.safeParse(document, { reportInput: true });
  if (read.success) return { ok: true, policy: read.data };
  return {
    ok: false,
    problems: read.error.issues.flatMap((issue) => problemsOf(issue, [])).slice(0, mostProblems),
  };
}

function problemsOf(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): PolicyProblem[] {
  const path = [...above, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => problem([...path, key], "is not something this version knows"));
  }
  const meant = issue.code === "invalid_union" ? meantOf(issue.errors, issue.input) : undefined;
  if (meant) return meant.flatMap((inner) => problemsOf(inner, path));
  return [problem(path, issue.input === undefined ? "is missing" : issue.message)];
}

/** Of several shapes something could have, the faults of the one that it was meant to be, if it is like any of them. */
function meantOf(
  all: readonly z.core.$ZodIssue[][],
  input: unknown,
): readonly z.core.$ZodIssue[] | undefined {
  if (typeof input !== "object" || input === null) return undefined;
  const shapes = all.filter((faults) => !faults.some(isOfAnotherKind));
  return "ratify" in input ? shapes.at(0) : shapes.at(-1);
}

function isOfAnotherKind({ code, path }: z.core.$ZodIssue): boolean {
  return path.length === 0 && (code === "invalid_value" || code === "invalid_type");
}

/** What is wrong at a place of the document. */
export function problem(path: readonly PropertyKey[], fault: string): PolicyProblem {
  const where = written(path);
  return { path: where, keys: path, sentence: `${where || "The policy"} ${fault}.` };
}

function written(path: readonly PropertyKey[]): string {
  return path
    .map((part, at) =>
      typeof part === "number" ? `[${part}]` : `${at === 0 ? "" : "."}${String(part)}`,
    )
    .join("");
}
