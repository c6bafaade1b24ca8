import { z } from "zod";
import { vendorNames } from "./campaign.ts";
import { type Policy, policyActions } from "./policy.ts";
import { parseDuration } from "./when.ts";

const mostRules = 500;
const mostInList = 200;
const longestName = 80;

const askers = ["admins", "members", "guests"];
const approvers = ["admins", "members"];

const text = (longest: number) =>
  z
    .string("must be a text")
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

/** YAML reads a bare 42 as a number. */
const pattern = z.preprocess(
  (value) => (typeof value === "number" ? String(value) : value),
  text(200),
);

const when = z.strictObject({
  action: z.exactOptional(
    listOf(z.enum(policyActions, `must be one of: ${policyActions.join(", ")}`)),
  ),
  connection: z.exactOptional(listOf(text(longestName))),
  vendor: z.exactOptional(listOf(z.enum(vendorNames, `must be one of: ${vendorNames.join(", ")}`))),
  campaign: z.exactOptional(listOf(pattern)),
  requester: z.exactOptional(listOf(somebody(askers))),
});

const approve = z
  .strictObject(
    {
      from: listOf(somebody(approvers)),
      count: z.exactOptional(
        z.int("must be a whole number").min(1, "must be 1 or more").max(20, "must be 20 or less"),
      ),
      self: z.exactOptional(z.boolean("must be true or false")),
    },
    "must be one step with from, count and self: a list of steps is not something this version knows",
  )
  .refine(
    ({ from, count = 1 }) => from.some((id) => !/^[UW]/.test(id)) || new Set(from).size >= count,
    {
      path: ["count"],
      error: "asks for more people than `from` names",
    },
  );

const then = z.union(
  [
    z.literal(["allow", "deny"]),
    z.strictObject({
      approve,
      expires: z.exactOptional(
        z
          .string("must be a duration such as 90s, 30m, 4h or 1d12h")
          .refine((value) => parseDuration(value) !== undefined, {
            error: "must be a duration such as 90s, 30m, 4h or 1d12h, 90 days at most",
          }),
      ),
    }),
  ],
  "must be allow, deny or approve",
);

const policyFile = z.strictObject(
  {
    version: z.literal(1, "must be 1"),
    channel: z.exactOptional(
      text(longestName).regex(/^[CG][A-Z0-9]+$/, "must be a channel id such as C0123456789"),
    ),
    admins: z.exactOptional(listOf(person)),
    rules: z
      .array(
        z.strictObject({ name: text(longestName), when, then }, "must have name, when and then"),
        "must be a list of rules",
      )
      .max(mostRules, `has more than ${mostRules} rules`),
  },
  "must have version and rules",
);

interface PolicyProblem {
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
  if (issue.code === "invalid_union" && isObject(issue.input)) {
    return issue.errors
      .slice(-1)
      .flat()
      .flatMap((inner) => problemsOf(inner, path));
  }
  return [problem(path, issue.input === undefined ? "is missing" : issue.message)];
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function problem(path: readonly PropertyKey[], fault: string): PolicyProblem {
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
