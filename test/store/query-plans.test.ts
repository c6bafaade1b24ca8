import Database from "better-sqlite3";
import { expect, it, onTestFinished, vi } from "vitest";
import { attemptsOf } from "../../src/store/attempts.ts";
import { auditOf } from "../../src/store/audit.ts";
import { loadChange, openChangeFor } from "../../src/store/changes.ts";
import { claim } from "../../src/store/claim.ts";
import { commit } from "../../src/store/commit.ts";
import type { Q, Store } from "../../src/store/handle.ts";
import { askedSince } from "../../src/store/of-campaign.ts";
import { askedAfter, doneBefore } from "../../src/store/overtaking.ts";
import { postsOf } from "../../src/store/posts.ts";
import { isPutBack } from "../../src/store/recorded-version.ts";
import { aKeyring, freshStore } from "../support/two-engines.ts";
import { aChange, asked, noon } from "./sample-change.ts";
import { aConnection } from "./sample-connection.ts";

const change = aChange();
const campaign42 = { connectionId: "con_1", campaign: { id: "42", name: "Spring launch" } };
const read = (look: (q: Q) => Promise<unknown>) => (store: Store) => store.read(look);

/** Every look that is taken once for each campaign, card or job. */
const looks: [string, (store: Store) => Promise<unknown>][] = [
  ["a change", read((q) => loadChange(q, "T1", change.id))],
  ["the change that holds a campaign", read((q) => openChangeFor(q, "T1", "con_1", "42"))],
  ["what was asked for a campaign since", read((q) => askedSince(q, change, campaign42))],
  ["what was asked for its campaigns after a change", read((q) => askedAfter(q, change))],
  ["what was done to its campaigns before", read((q) => doneBefore(q, change, noon))],
  ["the calls of a change", read((q) => attemptsOf(q, "T1", change.id))],
  ["the cards of a change", read((q) => postsOf(q, "T1", change.id))],
  ["the record of a change", read((q) => auditOf(q, "T1", change.id))],
  [
    "the newest key of a connection on record",
    async (store) => isPutBack(store, await aConnection(aKeyring())),
  ],
  [
    "what is due",
    (store) =>
      claim(store, { token: "t", count: 1, leaseMs: 1, now: noon, kinds: ["apply_target"] }),
  ],
];

it.each(looks)("finds %s without reading what is others'", async (_what, look) => {
  const { store, url } = await freshStore("sqlite");
  await store.write((q) => commit(q, asked(change)));
  const said: string[] = [];
  const { prepare } = Database.prototype;
  const spy = vi.spyOn(Database.prototype, "prepare").mockImplementation(function (
    this: Database.Database,
    text: string,
  ) {
    said.push(text);
    return prepare.call(this, text);
  });
  onTestFinished(() => spy.mockRestore());
  await look(store);
  spy.mockRestore();
  const plans = plansOf(url, said);
  expect(plans).not.toEqual([]);
  expect(plans.filter((line) => /^SCAN|\(workspace=\?\)$/.test(line))).toEqual([]);
});

function plansOf(url: string, said: readonly string[]): string[] {
  const database = new Database(url.replace(/^file:/, ""), { readonly: true });
  onTestFinished(() => void database.close());
  return said
    .filter((text) => text.startsWith("select"))
    .flatMap((text) => {
      const nulls = Array(text.split("?").length - 1).fill(null);
      const rows = database.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...nulls);
      return (rows as { detail: string }[]).map(({ detail }) => detail);
    });
}
