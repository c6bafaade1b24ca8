import { describe, expect, it } from "vitest";
import { findTargets, type Listed } from "../../src/domain/find-targets.ts";
import type { TargetText } from "../../src/domain/target-text.ts";
import { aCampaign } from "./builders.ts";

const burki = { id: "con_1", name: "burki", vendor: "burki" } as const;
const sales = { id: "con_2", name: "sales-eu", vendor: "woodpecker" } as const;

const listed = (connection: Listed["connection"], id: string, name: string): Listed => ({
  connection,
  campaign: aCampaign({ id, name }),
});

const campaigns = [
  listed(burki, "42", "Spring launch"),
  listed(burki, "43", "Spring launch EU"),
  listed(burki, "7", "Café Reopening"),
  listed(sales, "42", "Winback"),
  listed(sales, "1881", "Promo: Autumn"),
  listed(sales, "9", "Promo:Winter sale"),
];

const exact = (connection: string, id: string): TargetText => ({ kind: "exact", connection, id });
const name = (text: string, quoted = false): TargetText => ({ kind: "name", text, quoted });
const id = (text: string): TargetText => ({ kind: "id", id: text });

const find = (...texts: TargetText[]) => findTargets(texts, campaigns, [burki, sales]);
const found = (...names: string[]) => ({
  kind: "found",
  found: names.map((one) => ({ campaign: { name: one } })),
});

describe("findTargets", () => {
  it("names a campaign by its connection and its id", () => {
    expect(find(exact("burki", "42"))).toEqual({
      kind: "found",
      found: [
        {
          connectionId: "con_1",
          connection: "burki",
          vendor: "burki",
          campaign: { id: "42", name: "Spring launch" },
        },
      ],
    });
  });

  it("does not care how a connection's name is written", () => {
    expect(find(exact("Sales-EU", "42"))).toMatchObject(found("Winback"));
  });

  it("takes a bare id that one connection has", () => {
    expect(find(id("1881"))).toMatchObject(found("Promo: Autumn"));
  });

  it("asks when several connections have the id", () => {
    expect(find(id("42"))).toMatchObject({
      kind: "ambiguous",
      text: "42",
      candidates: [{ connection: "burki" }, { connection: "sales-eu" }],
    });
  });

  it("takes a part of a name, in any case and any form of its characters", () => {
    expect(find(name("winb"))).toMatchObject(found("Winback"));
    expect(find(name("CAFE\u0301"))).toMatchObject(found("Café Reopening"));
  });

  it("lets a whole name beat a part of another", () => {
    expect(find(name("spring launch"))).toMatchObject(found("Spring launch"));
    expect(find(name("spring"))).toMatchObject({ kind: "ambiguous", candidates: [{}, {}] });
  });

  it("takes a quoted text for a name, never for an id", () => {
    expect(find(name("1881", true))).toMatchObject({ kind: "none" });
    expect(find(name("winback", true))).toMatchObject(found("Winback"));
  });

  it("takes a name behind a connection", () => {
    expect(find(exact("burki", "spring launch"))).toMatchObject(found("Spring launch"));
  });

  it("looks nowhere else when the connection is named", () => {
    expect(find(exact("burki", "1881"))).toMatchObject({
      kind: "none",
      text: "1881",
      nearest: [{ connection: "burki" }, { connection: "burki" }, { connection: "burki" }],
    });
  });

  it("says which connections there are", () => {
    expect(find(exact("burky", "42"))).toEqual({
      kind: "no_connection",
      name: "burky",
      known: ["burki", "sales-eu"],
    });
  });

  it("understands a name with a colon in it", () => {
    expect(find(exact("Promo", "Winter sale"))).toMatchObject(found("Promo:Winter sale"));
  });

  it("offers the names that are spelt most alike, five at most", () => {
    expect(find(name("Sprnig lauch"))).toMatchObject({
      kind: "none",
      text: "Sprnig lauch",
      nearest: [
        { campaign: { name: "Spring launch" } },
        { campaign: { name: "Spring launch EU" } },
        {},
        {},
        {},
      ],
    });
  });

  it("prefers a name that shares a word", () => {
    expect(find(name("autumn campaign"))).toMatchObject({
      nearest: [{ campaign: { name: "Promo: Autumn" } }, {}, {}, {}, {}],
    });
  });

  it("offers nothing where nothing is", () => {
    expect(findTargets([name("")], [], [])).toEqual({ kind: "none", text: "", nearest: [] });
  });

  it("does not take an empty name for a part of every name", () => {
    expect(find(name("", true))).toMatchObject({ kind: "none" });
  });

  it("offers ten candidates at most", () => {
    const many = Array.from({ length: 12 }, (_, at) => listed(burki, `${at}`, `Spring ${at}`));
    expect(findTargets([name("spring")], many, [burki])).toHaveProperty("candidates.length", 10);
  });

  it("finds several, each once", () => {
    expect(find(exact("burki", "42"), name("winback"), name("Spring launch"))).toMatchObject(
      found("Spring launch", "Winback"),
    );
  });

  it("answers the first text that is not clear", () => {
    expect(find(exact("burki", "42"), name("spring"), name("nothing"))).toMatchObject({
      kind: "ambiguous",
      text: "spring",
    });
  });
});
