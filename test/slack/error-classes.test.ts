import { describe, expect, it } from "vitest";
import { classOf, methodsUsed } from "../../src/slack/error-classes.ts";
import {
  HeldBack,
  mayPass,
  NotInstalled,
  NotKnownYet,
  troubleOf,
} from "../../src/slack/troubles.ts";
import { documented } from "./documented-errors.ts";

describe("an error of Slack's Web API", () => {
  it.each(documented)("has a class, whichever of them $method documents", ({ method, errors }) => {
    expect(errors.filter((error) => classOf(error, method) === undefined)).toEqual([]);
  });

  it("is known for every method that we call", () => {
    expect(documented.map(({ method }) => method).toSorted()).toEqual(methodsUsed.toSorted());
  });

  it.each([
    ["chat.postMessage", "is_archived", "place"],
    ["chat.postMessage", "invalid_blocks", "ours"],
    ["chat.postMessage", "team_added_to_org", "passing"],
    ["chat.update", "message_not_found", "gone"],
    ["users.info", "user_not_found", "gone"],
    ["chat.postEphemeral", "user_not_found", "place"],
    ["usergroups.users.list", "plan_upgrade_required", "place"],
    ["auth.test", "token_revoked", "ended"],
    ["chat.postMessage", "the_moon_is_full", undefined],
  ])("of %s, %s, means %s", (method, error, wanted) => {
    expect(classOf(error, method)).toBe(wanted);
  });

  it("is none of Slack's where nothing of it is", () => {
    expect(troubleOf(new Error("x"))).toBeUndefined();
    expect(troubleOf(null)).toBeUndefined();
    expect(troubleOf(new HeldBack(10))).toBe("held");
    expect(troubleOf(new NotInstalled())).toBe("ended");
    expect(troubleOf({ data: { error: "the_moon_is_full" } })).toBe("unknown");
    expect(troubleOf({ code: "slack_webapi_http_error", statusCode: 404 })).toBe("unknown");
    expect(troubleOf({ code: "slack_webapi_http_error", statusCode: 503 })).toBe("passing");
  });

  it("tells whether a look-up may succeed later", () => {
    for (const reason of ["no answer", "internal_error", "a_new_word"])
      expect([reason, mayPass(reason)]).toEqual([reason, true]);
    for (const reason of ["user_not_found", "missing_scope", "token_revoked"])
      expect([reason, mayPass(reason)]).toEqual([reason, false]);
    expect(troubleOf(new NotKnownYet("no answer"))).toBe("passing");
  });
});
