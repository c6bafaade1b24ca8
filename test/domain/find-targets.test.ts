import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isAtHome } from "../../src/domain/campaign-link.ts";
import { findTarget, placesOf, type Searchable } from "../../src/domain/find-targets.ts";
import { folded } from "../../src/domain/glob.ts";
import { readTargets, type TargetText } from "../../src/domain/target-text.ts";
import { cleanText, splitWords } from "../../src/domain/words.ts";
import { share } from "../support/share.ts";
import { aCampaign } from "./builders.ts";

const numbers = (text: string) => /^[1-9]\d{0,18}$/.test(text);
const words = (text: string) => /^[A-Za-z0-9_-]{1,64}$/.test(text);

type Shelf = readonly (readonly [id: string, name: string])[];
const campaignsOf = (shelf: Shelf) => shelf.map(([id, name]) => aCampaign({ id, name }));

const burki = { id: "con_1", name: "burki", vendor: "burki" } as const;
const sales = { id: "con_2", name: "sales-eu", vendor: "woodpecker" } as const;
const sarvam = { id: "con_3", name: "sarvam", vendor: "sarvam" } as const;

const shelves: Searchable[] = [
  {
    connection: burki,
    isId: numbers,
    campaigns: campaignsOf([
      ["42", "Spring launch"],
      ["43", "Spring launch EU"],
      ["7", "Café Reopening"],
      ["77", "Partner 99 webinar"],
      ["78", "Q4"],
      ["79", "2026"],
    ]),
  },
  {
    connection: sales,
    isId: numbers,
    campaigns: campaignsOf([
      ["42", "Winback"],
      ["1881", "Promo: Autumn"],
      ["9", "Promo:Winter sale"],
      ["10", "Q4 renewals DACH"],
    ]),
  },
  { connection: sarvam, isId: words, campaigns: campaignsOf([["camp-09af", "KYC completion"]]) },
];

const exact = (connection: string, id: string, quoted?: true): TargetText => ({
  kind: "exact",
  connection,
  id,
  ...(quoted && { quoted }),
});
const name = (text: string, quoted = false): TargetText => ({ kind: "name", text, quoted });
const id = (text: string): TargetText => ({ kind: "id", id: text });

const find = (text: TargetText, all = shelves) => findTarget(text, all);
const without = (unread: string) =>
  shelves.map(({ campaigns, ...rest }) =>
    rest.connection.name === unread || !campaigns ? rest : { ...rest, campaigns },
  );
const found = (one: string) => ({ kind: "found", found: { campaign: { name: one } } });

describe("an id", () => {
  it("behind a connection names that campaign and no other", () => {
    expect(find(exact("burki", "42"))).toEqual({
      kind: "found",
      found: {
        connectionId: "con_1",
        connection: "burki",
        vendor: "burki",
        campaign: { id: "42", name: "Spring launch" },
      },
    });
    expect(find(exact("Sales-EU", "42"))).toMatchObject(found("Winback"));
  });

  it("that its connection does not have is never looked for in names", () => {
    expect(find(exact("burki", "99"))).toMatchObject({ kind: "none", text: "99", asId: true });
    expect(find(exact("burki", "1881"))).toMatchObject({
      kind: "none",
      text: "1881",
      nearest: Array.from({ length: 5 }, () => ({ connection: "burki" })),
    });
    expect(find(exact("sarvam", "KYC"))).toMatchObject({ kind: "none", asId: true });
  });

  it("is taken bare where one connection has it, and asked about where several do", () => {
    expect(find(id("1881"))).toMatchObject(found("Promo: Autumn"));
    expect(find(id("42"))).toMatchObject({
      kind: "ambiguous",
      text: "42",
      candidates: [{ connection: "burki" }, { connection: "sales-eu" }],
    });
  });

  it.each(["4", "99", "2026", "007", "４２", "#99", "2026-11"])(
    "is what %s is, and never part of a name nor a name",
    (text) => {
      expect(find(id(text))).toMatchObject({ kind: "none", asId: true });
      expect(find(name(text))).toMatchObject({ kind: "none", asId: true });
      expect(find(exact("burki", text))).toMatchObject({ kind: "none", asId: true });
    },
  );

  it("may hold letters, and is then the campaign that has it", () => {
    expect(find(id("camp-09af"))).toMatchObject(found("KYC completion"));
  });
});

describe("a name", () => {
  it("may be given in part, of three characters and more, in any case and any form of its characters", () => {
    expect(find(name("winb"))).toMatchObject(found("Winback"));
    expect(find(name("CAFE\u0301"))).toMatchObject(found("Café Reopening"));
    expect(find(name("wi"))).toMatchObject({ kind: "none", asId: false });
    expect(find(name("wi", true))).toMatchObject({ kind: "none" });
  });

  it("may be a whole one of fewer characters, which beats a part of another", () => {
    expect(find(id("Q4"))).toMatchObject(found("Q4"));
    expect(find(name("spring launch"))).toMatchObject(found("Spring launch"));
    expect(find(name("spring"))).toMatchObject({ kind: "ambiguous", candidates: [{}, {}] });
  });

  it("is what quotation marks hold, and no id", () => {
    expect(find(name("1881", true))).toMatchObject({ kind: "none" });
    expect(find(name("2026", true))).toMatchObject(found("2026"));
    expect(find(name("99 web", true))).toMatchObject(found("Partner 99 webinar"));
    expect(find(exact("sarvam", "KYC", true))).toMatchObject(found("KYC completion"));
    expect(find(exact("burki", "2026", true))).toMatchObject(found("2026"));
  });

  it("behind a connection is looked for there alone", () => {
    expect(find(exact("burki", "spring launch"))).toMatchObject(found("Spring launch"));
    expect(find(exact("burki", "winback"))).toMatchObject({ kind: "none", asId: false });
  });

  it("may hold a colon, unless a number behind it could be meant for an id", () => {
    expect(find(exact("Promo", "Winter sale"))).toMatchObject(found("Promo:Winter sale"));
    const colon = [
      { connection: burki, isId: numbers, campaigns: campaignsOf([["1", "Old burky:42 list"]]) },
    ];
    expect(find(exact("burky", "42"), colon)).toMatchObject({ kind: "no_connection" });
  });

  it("is answered with the names that are spelt most alike, five at most", () => {
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
    expect(find(name("autumn campaign"))).toMatchObject({
      nearest: [{ campaign: { name: "Promo: Autumn" } }, {}, {}, {}, {}],
    });
  });

  it("that is empty is part of none", () => {
    expect(find(name("", true))).toMatchObject({ kind: "none" });
    expect(findTarget(name(""), [])).toMatchObject({ kind: "none", nearest: [] });
  });

  it("that fits many is answered with ten of them", () => {
    const many = campaignsOf(Array.from({ length: 12 }, (_, at) => [`${at}`, `Spring ${at}`]));
    const all = [{ connection: burki, isId: numbers, campaigns: many }];
    expect(findTarget(name("spring"), all)).toHaveProperty("candidates.length", 10);
  });
});

describe("a connection that could not be read", () => {
  it("is named, and what was found elsewhere is only a question", () => {
    expect(find(name("winback"), without("burki"))).toMatchObject({
      kind: "ambiguous",
      candidates: [{ connection: "sales-eu" }],
      unread: ["burki"],
    });
    expect(find(id("1881"), without("burki"))).toMatchObject({
      kind: "ambiguous",
      unread: ["burki"],
    });
    expect(find(name("spring"), without("burki"))).toMatchObject({
      kind: "none",
      unread: ["burki"],
    });
  });

  it("does not matter where it cannot hold what was typed", () => {
    expect(find(id("camp-09af"), without("burki"))).toMatchObject(found("KYC completion"));
    expect(find(exact("sales-eu", "42"), without("burki"))).toMatchObject(found("Winback"));
    const lettersOnly = shelves.map((one) => ({ ...one, isId: (text: string) => text === "x" }));
    expect(find(id("1881"), lettersOnly)).toMatchObject({ kind: "none", unread: [] });
  });

  it("does not matter either where another connection shows the same account", () => {
    const twin = { connection: { ...burki, id: "con_9", name: "burki-2", account: "key:a" } };
    const own = { connection: { ...burki, account: "key:a" } };
    const [first, ...others] = shelves;
    if (!first) throw new Error("no shelf");
    const all = [{ ...first, ...own }, ...others, { isId: numbers, ...twin }];
    expect(find(name("spring launch"), all)).toMatchObject(found("Spring launch"));
  });
});

it("takes a campaign that two connections show of one account for one", () => {
  const of = (id: string, account: string): Searchable => ({
    connection: { ...burki, id, name: id, account },
    isId: numbers,
    campaigns: campaignsOf([["42", "Spring launch"]]),
  });
  expect(findTarget(id("42"), [of("a", "key:x"), of("b", "key:x")])).toMatchObject({
    kind: "found",
    found: { connectionId: "a" },
  });
  expect(findTarget(id("42"), [of("a", "key:x"), of("b", "key:y")])).toMatchObject({
    kind: "ambiguous",
  });
});

const atoms = ["4", "42", "99", "q4", "Q4 launch", "partner 99 webinar", "42 days", "spring", "sp"];
const campaign = fc.record({
  id: fc.constantFrom("4", "42", "99", "7", "q4", "spring"),
  name: fc.constantFrom(...atoms),
});
const shelf = fc.record({
  account: fc.constantFrom(undefined, "key:a", "key:b"),
  ids: fc.constantFrom(numbers, words),
  campaigns: fc.option(fc.uniqueArray(campaign, { selector: (one) => one.id, maxLength: 4 }), {
    nil: undefined,
  }),
});
const typed = fc
  .tuple(fc.constantFrom("", "c0:", "c1:", "nope:"), fc.constantFrom(...atoms), fc.boolean())
  .map(([before, text, quoted]) => `${before}${quoted || text.includes(" ") ? `"${text}"` : text}`);

it("in any small world gives a campaign only where the text says so and nothing that could be it is unread", () => {
  fc.assert(
    fc.property(fc.array(shelf, { maxLength: 3 }), typed, (given, text) => {
      const all = given.map(({ account, ids, campaigns }, at): Searchable => {
        const listed = campaigns?.filter((one) => ids(one.id)).map((one) => aCampaign(one));
        return {
          connection: {
            ...{ id: `con_${at}`, name: `c${at}`, vendor: "burki" as const },
            ...(account && { account }),
          },
          isId: ids,
          ...(listed && { campaigns: listed }),
        };
      });
      const read = readTargets(splitWords(cleanText(text)));
      const [target] = read.ok ? read.targets : [];
      if (!target) throw new Error(`${text} is not understood`);
      const answer = findTarget(target, all);
      if (answer.kind !== "found") return;
      const { connection, campaign: one } = answer.found;
      const [, within, quoted, bare] = /^(?:(\w+):)?(?:"(.*)"|(.*))$/.exec(text) ?? [];
      const said = quoted ?? bare ?? "";
      const own = all.find((shelf) => shelf.connection.name === within);
      if (own) expect(connection).toBe(own.connection.name);
      const isIt = one.id === said;
      const isNamed = folded(one.name) === folded(said);
      const isPart = said.length >= 3 && folded(one.name).includes(folded(said));
      const mayBeId = quoted === undefined && (/^\d+$/.test(said) || own?.isId(said) === true);
      // Behind a connection that is none, all of it may be a name that holds a colon; no atom does.
      expect(within === "nope" || (within !== undefined && !own)).toBe(false);
      expect(mayBeId ? isIt : isNamed || isPart || (quoted === undefined && isIt)).toBe(true);
      const isAnId = mayBeId || (quoted === undefined && isIt && /\d/.test(said));
      const couldHold = own ? [own] : isAnId ? all.filter(({ isId }) => isId(said)) : all;
      const readable = couldHold.filter(({ campaigns }) => campaigns);
      for (const { campaigns, connection: place } of couldHold) {
        const shownElsewhere =
          place.account !== undefined &&
          readable.some((other) => other.connection.account === place.account);
        expect(campaigns !== undefined || shownElsewhere).toBe(true);
      }
    }),
    { numRuns: share(400, 2_000) },
  );
});

describe("what has to be read to say what a text means", () => {
  const read = (text: TargetText) =>
    placesOf(text, shelves).map(({ connection }) => connection.name);

  it.each([
    ["a name, everywhere", name("Spring"), ["burki", "sales-eu", "sarvam"]],
    ["a number, where ids are numbers or words", id("42"), ["burki", "sales-eu", "sarvam"]],
    ["an id behind a connection, there alone", exact("Sales-EU", "42"), ["sales-eu"]],
    ["what stands behind no connection, nowhere", exact("hubspot", "42"), []],
  ])("is of %s", (_what, text, places) => {
    expect(read(text)).toEqual(places);
  });
});

describe("a link into a platform's own app", () => {
  const home = (vendor: string, baseUrl: string, account?: string) => ({
    home: { vendor, baseUrl, account },
  });
  const [shelf, other] = shelves as [Searchable, Searchable];
  const atBurki = { ...shelf, ...home("burki", "https://api.burki.dev") };
  const atWoodpecker = { ...other, ...home("woodpecker", "https://api.woodpecker.co") };
  const all = [atBurki, atWoodpecker, shelves[2] as Searchable];
  const link = (text: string) => {
    const read = readTargets(splitWords(cleanText(text)));
    return (read.ok && read.targets[0]) || expect.fail(text);
  };

  it("is its campaign at the connection that it leads to, and nowhere else", () => {
    expect(
      find(link("<https://app.woodpecker.co/panel?u=1#campaigns/42/stats>"), all),
    ).toMatchObject(found("Winback"));
    expect(find(link("<https://burki.dev/dashboard/campaigns/42|a campaign>"), all)).toMatchObject(
      found("Spring launch"),
    );
  });

  it("leads to none where no connection is at home there", () => {
    expect(find(link("<https://app.dograh.com/campaigns/42>"), all)).toEqual({
      kind: "no_connection",
      name: "app.dograh.com",
      isLink: true,
      known: ["burki", "sales-eu", "sarvam"],
    });
    expect(placesOf(link("<https://burki.dev.evil.example/campaigns/42>"), all)).toEqual([]);
  });

  it("is a choice where two connections lead there and both have such a campaign", () => {
    const second = { ...atWoodpecker, connection: { ...sales, id: "con_9", name: "sales-us" } };
    const where = link("<https://app.woodpecker.co/panel#/campaigns/42>");
    expect(find(where, [...all, second])).toMatchObject({
      kind: "ambiguous",
      candidates: [{}, {}],
    });
    expect(
      find(where, [...all, { ...second, campaigns: campaignsOf([["7", "x"]]) }]),
    ).toMatchObject(found("Winback"));
  });

  it("is asked about where a connection that it may lead to could not be read", () => {
    const { campaigns: _, ...unread } = atWoodpecker;
    const second = { ...unread, connection: { ...sales, id: "con_9", name: "sales-us" } };
    const where = link("<https://app.woodpecker.co/panel#/campaigns/42>");
    expect(find(where, [...all, second])).toMatchObject({
      kind: "ambiguous",
      unread: ["sales-us"],
    });
  });

  it("is looked for as an id alone, so that no name is taken for it", () => {
    expect(find(link("<https://burki.dev/campaigns/2026>"), all)).toMatchObject({
      kind: "none",
      asId: true,
    });
  });

  it.each([
    ["acme.mytalkdesk.com", true],
    ["acme.mytalkdesk.eu", true],
    ["acme.mytalkdesk.co.uk", true],
    ["ACME.mytalkdesk.com", true],
    ["other.mytalkdesk.com", false],
    ["acme.mytalkdesk.com.evil.example", false],
    ["acme.evilmytalkdesk.com", false],
    ["api.talkdeskapp.com", true],
  ])("into Talkdesk names the account: %s", (host, isHome) => {
    const at = { vendor: "talkdesk", baseUrl: "https://api.talkdeskapp.com", account: "acme" };
    expect(isAtHome({ host }, at)).toBe(isHome);
  });
});
