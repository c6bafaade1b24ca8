import { describe, expect, it } from "vitest";
import { decodePolicy } from "../../src/flows/policy-bytes.ts";

const text = "version: 1\nrules:\n- { name: Frühling, when: {}, then: deny }\n";

describe("the bytes of a policy file", () => {
  it("are its text, with or without a byte order mark", () => {
    expect(decodePolicy(Buffer.from(text))).toEqual({ kind: "text", text });
    expect(decodePolicy(Buffer.from(`\ufeff${text}`))).toEqual({ kind: "text", text });
  });

  it.each<[string, Buffer, string]>([
    [
      "Latin-1",
      Buffer.from(text, "latin1"),
      "Line 3: There is a character that is not written in UTF-8.",
    ],
    ["cut short", Buffer.from(text).subarray(0, 31), "Line 3: "],
    ["UTF-16 with a mark", Buffer.from(`\ufeff${text}`, "utf16le"), "Line 1: The file is UTF-16."],
    [
      "UTF-16 the other way",
      Buffer.from(`\ufeff${text}`, "utf16le").swap16(),
      "Line 1: The file is UTF-16.",
    ],
    [
      "UTF-16 without a mark",
      Buffer.from(text, "utf16le"),
      "Line 1: The file is no text in UTF-8.",
    ],
  ])("in %s are refused with the line and what to do", (_name, bytes, words) => {
    const read = decodePolicy(bytes);
    expect(read.kind === "problem" && read.problem).toContain(words);
    expect(read.kind === "problem" && read.problem).toContain("Save the file as UTF-8.");
  });
});
