import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isSigned, requestKey } from "../../src/slack/signature.ts";
import { noon, noonSeconds, signed, signingSecret } from "./a-receiver.ts";

describe("Slack's signature", () => {
  it("is the one of Slack's own documentation", () => {
    const body =
      "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    const headers = {
      "x-slack-request-timestamp": "1531420618",
      "x-slack-signature": "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
    };
    const then = new Date(1531420618_000);
    expect(isSigned(headers, Buffer.from(body), "8f742231b10e8888abcd99yyyzzz85a5", then)).toBe(
      true,
    );
    expect(
      isSigned(headers, Buffer.from(`${body}&`), "8f742231b10e8888abcd99yyyzzz85a5", then),
    ).toBe(false);
  });

  it("proves nothing when no secret is set", () => {
    expect(isSigned(signed("x"), Buffer.from("x"), "", noon)).toBe(false);
  });

  it("A1: is no signature when it comes as a list", () => {
    const headers = signed("x");
    const list = { ...headers, "x-slack-signature": [headers["x-slack-signature"] ?? ""] };
    expect(isSigned(list, Buffer.from("x"), signingSecret, noon)).toBe(false);
  });
});

describe("Slack's signature covers what came, not what it reads as", () => {
  const bytes = Buffer.from([...Buffer.from("text="), 0xff]);
  const over = (body: Uint8Array, timestamp = String(noonSeconds)) => {
    const mac = createHmac("sha256", signingSecret).update(`v0:${timestamp}:`).update(body);
    return {
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": `v0=${mac.digest("hex")}`,
    };
  };

  it("A1: takes bytes that are no text when they are the signed ones", () => {
    expect(isSigned(over(bytes), bytes, signingSecret, noon)).toBe(true);
  });

  it("A1: refuses bytes that only read like the signed ones", () => {
    const readsLike = Buffer.from(bytes.toString("utf8"));
    expect(isSigned(over(readsLike), bytes, signingSecret, noon)).toBe(false);
    expect(isSigned(over(bytes), readsLike, signingSecret, noon)).toBe(false);
  });

  it.each([
    ["a zero before it", `0${noonSeconds}`],
    ["many zeros", `00${noonSeconds}`],
    ["a space", ` ${noonSeconds}`],
    ["other digits", "１７９８８８０４００"],
  ])("A3: refuses a timestamp that is written in another way, though signed: %s", (_name, at) => {
    const body = Buffer.from("x");
    expect(isSigned(over(body, at), body, signingSecret, noon)).toBe(false);
  });
});

describe("the key by which a request is remembered", () => {
  it("is the same for the same bytes and another for any others", () => {
    expect(requestKey(signed("x"))).toBe(requestKey(signed("x")));
    expect(requestKey(signed("x"))).not.toBe(requestKey(signed("y")));
    expect(requestKey(signed("x"))).not.toBe(requestKey(signed("x", { timestamp: "1" })));
  });

  it("does not tell the signature", () => {
    const headers = signed("x");
    expect(requestKey(headers)).not.toContain((headers["x-slack-signature"] ?? "").slice(3, 11));
  });
});
