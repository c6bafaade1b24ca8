import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Action } from "../../../src/domain/campaign.ts";
import { explain } from "../../../src/vendors/explain.ts";
import { type FailureKind, VendorFailure } from "../../../src/vendors/failure.ts";
import { aStage, type Stage, type VendorUnderTest } from "../contract.ts";
import { answerSample, type Sample } from "../stand-in.ts";

type Asked = "check" | "list" | "get" | "progress" | Action;

/** One answer that is documented or was recorded: what is asked, and what the adapter makes of the answer. */
export interface Row<Pair extends string> {
  pair: Pair;
  source: string;
  asked: Asked;
  is: FailureKind | "ok";
  /** What people are told, or what was read, as JSON. */
  says?: RegExp;
  /** Answers to other calls that the same question needs. */
  also?: readonly Pair[];
}

/** Something that is documented and is no single answer. */
export interface Fact {
  fact: string;
  source: string;
  proves(stage: Stage): Promise<unknown> | void;
}

interface Documented<Pair extends string>
  extends Pick<VendorUnderTest, "name" | "adapter" | "secret" | "options" | "login"> {
  id: string;
  pairs: Readonly<Record<Pair, Sample>>;
  rows: readonly Row<Pair>[];
  facts: readonly Fact[];
}

/** Every recorded answer of a vendor has its row, every row its case. */
export function itAnswersAsDocumented<Pair extends string>(under: Documented<Pair>): void {
  const { name, login, id, pairs, rows, facts } = under;
  const sampleOf = (pair: Pair): Sample => pairs[pair];

  describe(`${name}: what is documented`, () => {
    let stage: Stage;
    beforeEach(async () => {
      stage = await aStage(under);
    });
    afterEach(() => stage.standIn.close());

    it("has a case for every answer in the samples, each with the page that it is from", () => {
      const cased = new Set(rows.flatMap(({ pair, also = [] }) => [pair, ...also]));
      expect(Object.keys(pairs).filter((pair) => !cased.has(pair as Pair))).toEqual([]);
      for (const { source } of [...rows, ...facts]) expect(source).toMatch(/^https:\/\/\S+$/);
    });

    it.each(rows)("$pair, asked for by $asked, is $is ($source)", async (row) => {
      const others = (row.also ?? []).map(sampleOf);
      stage.standIn.reply(({ method, path }, response) => {
        if (login && path === login.request.path && row.pair !== "login") {
          const own = sampleOf(row.pair).request.path === path ? sampleOf(row.pair) : login;
          return answerSample(response, own);
        }
        const other = others.find(
          ({ request }) => request.method === method && bare(request.path) === bare(path),
        );
        answerSample(response, other ?? sampleOf(row.pair));
      });
      const came = await outcome(ask(stage, row.asked, id));
      expect(came.kind).toBe(row.is);
      if (row.says) expect(came.told).toMatch(row.says);
      for (const secret of Object.values(under.secret)) expect(came.told).not.toContain(secret);
    });

    it.each(facts)("$fact ($source)", async ({ proves }) => {
      await proves(stage);
    });
  });
}

const bare = (path: string) => path.replace(/\?.*$/, "");

function ask({ opened }: Stage, asked: Asked, id: string): Promise<unknown> {
  switch (asked) {
    case "check":
      return opened.check();
    case "list":
      return opened.list();
    case "get":
      return opened.get(id);
    case "progress":
      return opened.progress?.(id) ?? Promise.reject(new Error("it has no progress"));
    default:
      return opened.act(asked, id);
  }
}

async function outcome(call: Promise<unknown>): Promise<{ kind: string; told: string }> {
  try {
    return { kind: "ok", told: JSON.stringify(await call) ?? "" };
  } catch (error) {
    if (!(error instanceof VendorFailure)) throw error;
    const { sentence, next = "" } = explain(error.facts, { changing: true });
    return { kind: error.facts.kind, told: `${sentence} ${next}` };
  }
}
