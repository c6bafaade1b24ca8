import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../src/vendors/json.ts";
import { createPicker, TooLong } from "../../src/vendors/pick.ts";
import { members, type Wanted } from "../../src/vendors/wanted.ts";

const asIs = (text: string) => text;

function picked(text: string | Buffer, wanted: Wanted, { step = 7, clean = asIs } = {}): unknown {
  const picker = createPicker(wanted, clean);
  const bytes = Buffer.from(text as string);
  for (let at = 0; at < bytes.length; at += step) picker.feed(bytes.subarray(at, at + step));
  return picker.end();
}

describe("reading an answer as it streams past", () => {
  it("reads what is read at once, wherever the chunks are cut", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 1, max: 30 }), (value, step) => {
        const text = JSON.stringify(value);
        expect(picked(text, "whole", { step })).toEqual(parseJson(text));
      }),
    );
  });

  it("refuses whatever JSON.parse refuses", () => {
    const sign = fc.constantFrom("{", "}", "[", "]", ":", ",", '"a"', "1", "-", "true", "nul", " ");
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 9 }), (signs) => {
        const text = signs.join("");
        let right = true;
        try {
          JSON.parse(text);
        } catch {
          right = false;
        }
        if (right) expect(picked(text, "whole")).toEqual(JSON.parse(text));
        else expect(() => picked(text, "whole")).toThrow(SyntaxError);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(["", " ", "[1", "[1]]", "[1] 2", "{}{}", '{"a"}', "<html>", "[1,]", '{"a":1,}', "[,1]"])(
    "makes nothing of %o",
    (text) => expect(() => picked(text, "whole")).toThrow(SyntaxError),
  );

  it("keeps the wanted members, and of a long list its last rows", () => {
    const wanted = { members: { ...members("id"), logs: { rows: "whole", last: 2 } } } as const;
    const text = '{"id":1,"big":{"id":[{"id":3}]},"logs":[1,2,{"at":3},[4]],"id":2}';
    expect(picked(text, wanted)).toEqual({ id: 2, logs: [{ at: 3 }, [4]] });
  });

  it("hands each row on as it passes, and keeps none", () => {
    const seen: unknown[] = [];
    const each = (row: unknown) => seen.push(row);
    const wanted = { members: { rows: { rows: { members: members("id") }, each } } };
    const text = '{"rows":[{"id":1,"x":[[]]},{"x":{"id":7}},"odd",null],"more":true}';
    expect(picked(text, wanted)).toEqual({ rows: [] });
    expect(seen).toEqual([{ id: 1 }, {}, "odd", null]);
  });

  it("leaves what stands where a list was wanted, so that it is seen to be none", () => {
    const wanted = { members: { rows: { rows: "whole" } } } as const;
    expect(picked('{"rows":"none"}', wanted)).toEqual({ rows: "none" });
    expect(picked('{"rows":{"a":1}}', wanted)).toEqual({ rows: {} });
    expect(picked("[[1]]", wanted)).toEqual([]);
  });

  it("keeps a big id exact", () => {
    expect(picked("[9007199254740993, 9007199254740991, 1e3, 0.5]", "whole")).toEqual([
      "9007199254740993",
      9007199254740991,
      1000,
      0.5,
    ]);
  });

  it("takes secrets out of texts, names of members included", () => {
    const clean = (text: string) => text.replaceAll("s3cret", "[key]");
    const text = '{"a":"my s3\\u0063ret","s3cret":["s3cret"]}';
    expect(picked(text, "whole", { clean })).toEqual({ a: "my [key]", "[key]": ["[key]"] });
  });

  it("replaces a byte that is no UTF-8, and reads on", () => {
    expect(picked(Buffer.from([0x5b, 0x22, 0xff, 0x61, 0x22, 0x5d]), "whole")).toEqual(["\ufffda"]);
  });

  it("leaves no trace of __proto__ on other objects", () => {
    picked('{"__proto__":{"polluted":true}}', "whole");
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each([
    ["a string of 2 MB, wanted or not", `{"x":"${"y".repeat(2_000_000)}"}`, {}],
    ["2 MB in one row", `[${`"${"y".repeat(900_000)}",`.repeat(3)}1]`, "whole"],
    ["a hundred thousand values in one row", `[${"1,".repeat(100_000)}1]`, "whole"],
    ["a hundred thousand names", `{${'"a":1,'.repeat(100_000)}"b":1}`, "whole"],
  ] as const)("keeps not more of %s than it may", (_, text, wanted) => {
    expect(() => picked(text, wanted, { step: 65_536 })).toThrow(TooLong);
  });

  it("reads no deeper than any platform nests", () => {
    expect(() => picked(`${"[".repeat(101)}${"]".repeat(101)}`, {})).toThrow(SyntaxError);
  });

  it("lets any number of long rows and long logs pass", () => {
    let rows = 0;
    const each = () => {
      rows += 1;
    };
    const row = { members: { logs: { rows: "whole", last: 3 } } } as const;
    const log = JSON.stringify(Array.from({ length: 500 }, () => "z".repeat(100)));
    const text = `[${Array.from({ length: 50 }, () => `{"logs":${log}}`)}]`;
    picked(text, { rows: row, each }, { step: 65_536 });
    expect(rows).toBe(50);
  });
});
