import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type PretendSlack, startPretendSlack } from "../../sandbox/slack/index.ts";
import { caller, startListeningBot, stillClock } from "./slack-bot.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const option = (value: string) => ({ text: plain(value.toUpperCase()), value });
const input = (block_id: string, element: object, extra: object = {}) => ({
  type: "input",
  block_id,
  label: plain(block_id),
  element,
  ...extra,
});
const form = (extra: object = {}) => ({
  type: "modal",
  callback_id: "pause",
  private_metadata: "secretless",
  title: plain("Pause"),
  submit: plain("Pause"),
  notify_on_close: true,
  blocks: [
    input("campaign", { type: "external_select", action_id: "find", min_query_length: 0 }),
    input("why", { type: "plain_text_input", action_id: "reason", min_length: 3 }),
    input(
      "until",
      { type: "datepicker", action_id: "day", initial_date: "2026-12-01" },
      { optional: true },
    ),
    input(
      "also",
      { type: "checkboxes", action_id: "boxes", options: [option("mail"), option("sms")] },
      { optional: true },
    ),
  ],
  ...extra,
});

describe("the pretend Slack's views", () => {
  let slack: PretendSlack;
  let bot: Awaited<ReturnType<typeof startListeningBot>>;
  let call: ReturnType<typeof caller>;
  let clock: ReturnType<typeof stillClock>;

  beforeEach(async () => {
    clock = stillClock();
    slack = await startPretendSlack({ now: clock.now, patienceMs: 1000 });
    bot = await startListeningBot();
    slack.setBot(bot.url);
    call = caller(slack);
  });
  afterEach(async () => {
    await Promise.all([slack.close(), bot.close()]);
  });

  async function trigger(): Promise<string> {
    await slack.typeCommand("ana", "outreach", "/campaign");
    return String(bot.last()?.trigger_id);
  }
  async function open(view: object = form()) {
    const answer = await call("views.open", { trigger_id: await trigger(), view });
    expect(answer).toMatchObject({ ok: true });
    return answer.view as { id: string; hash: string };
  }
  const found = () => bot.answer(() => ({ body: { options: [option("burki:42")] } }));

  it("opens a modal within three seconds of a trigger, once", async () => {
    const id = await trigger();
    expect(
      await call("views.open", { trigger_id: id, view: JSON.stringify(form()) }),
    ).toMatchObject({
      ok: true,
      view: {
        type: "modal",
        callback_id: "pause",
        private_metadata: "secretless",
        root_view_id: expect.stringMatching(/^V/),
        app_id: slack.appId,
        bot_id: slack.botId,
        state: { values: {} },
      },
    });
    expect(slack.views("ana")).toMatchObject([{ title: "Pause", submit: "Pause" }]);
    expect(await call("views.open", { trigger_id: id, view: form() })).toMatchObject({
      error: "exchanged_trigger_id",
    });
    expect(await call("views.open", { trigger_id: "1.2.3", view: form() })).toMatchObject({
      error: "invalid_trigger_id",
    });
    const late = await trigger();
    clock.pass(3000);
    expect(await call("views.open", { trigger_id: late, view: form() })).toMatchObject({
      error: "expired_trigger_id",
    });
  });

  it("refuses views that Slack would not show, without using up the trigger", async () => {
    const id = await trigger();
    const answer = await call("views.open", {
      trigger_id: id,
      view: form({ title: plain("x".repeat(25)) }),
    });
    expect(answer).toMatchObject({ error: "invalid_arguments" });
    expect(answer.response_metadata.messages[0]).toContain("/view/title/text");
    const blocks = Array.from({ length: 100 }, () => ({
      type: "section",
      text: plain("x".repeat(2990)),
    }));
    expect(await call("views.open", { trigger_id: id, view: form({ blocks }) })).toMatchObject({
      error: "view_too_large",
    });
    expect(await call("views.open", { trigger_id: id, view: form() })).toMatchObject({ ok: true });
  });

  it("stacks no more than three modals", async () => {
    const { id } = await open();
    const inside = async (viewId: string) => {
      await slack.press("ana", { viewId }, "reason", "why", "abc");
      return call("views.push", { trigger_id: String(bot.last()?.trigger_id), view: form() });
    };
    const second = await inside(id);
    expect(second).toMatchObject({ ok: true, view: { previous_view_id: id, root_view_id: id } });
    const third = await inside(second.view.id);
    expect(third).toMatchObject({ ok: true });
    expect(await inside(third.view.id)).toMatchObject({ error: "push_limit_reached" });
    expect(await call("views.push", { trigger_id: await trigger(), view: form() })).toMatchObject({
      error: "view_not_found",
    });
    expect(slack.views("ana")).toHaveLength(3);
  });

  it("updates a view only with its newest hash, when one is given", async () => {
    const { id, hash } = await open();
    const updated = await call("views.update", {
      view_id: id,
      hash,
      view: form({ title: plain("Sure?") }),
    });
    expect(updated.view.hash).not.toBe(hash);
    expect(await call("views.update", { view_id: id, hash, view: form() })).toMatchObject({
      error: "hash_conflict",
    });
    expect(await call("views.update", { view_id: "V0NOTHERE00", view: form() })).toMatchObject({
      error: "not_found",
    });
    expect(slack.views("ana")).toMatchObject([{ id, title: "Sure?" }]);
  });

  it("sends what was filled in, with initial values where nothing was touched", async () => {
    const { id } = await open();
    found();
    expect(await slack.suggest("ana", id, "find", "bur")).toEqual([option("burki:42")]);
    expect(bot.last()).toMatchObject({
      type: "block_suggestion",
      action_id: "find",
      block_id: "campaign",
      value: "bur",
      view: { id },
    });
    bot.answer(() => ({}));
    const delivery = await slack.submit("ana", id, {
      find: "burki:42",
      why: "too many calls",
      also: ["sms"],
    });
    expect(delivery.error).toBeUndefined();
    expect(bot.last()).toMatchObject({
      type: "view_submission",
      user: { id: "U0ANA00001" },
      trigger_id: expect.any(String),
      response_urls: [],
      view: {
        id,
        app_installed_team_id: "T0FERMATA1",
        state: {
          values: {
            campaign: { find: { type: "external_select", selected_option: { value: "burki:42" } } },
            why: { reason: { type: "plain_text_input", value: "too many calls" } },
            until: { day: { type: "datepicker", selected_date: "2026-12-01" } },
            also: { boxes: { type: "checkboxes", selected_options: [{ value: "sms" }] } },
          },
        },
      },
    });
    expect(slack.views("ana")).toEqual([]);
  });

  it("sends which radio button is chosen, the first one where nothing was touched", async () => {
    const options = [option("on"), option("off")];
    const radio = { type: "radio_buttons", action_id: "it", options, initial_option: options[0] };
    bot.answer(() => ({}));
    for (const chosen of [undefined, "off"]) {
      const { id } = await open(form({ blocks: [input("daily", radio)] }));
      await slack.submit("ana", id, chosen ? { daily: chosen } : {});
      expect(bot.last()).toMatchObject({
        view: {
          state: { values: { daily: { it: { selected_option: { value: chosen ?? "on" } } } } },
        },
      });
    }
  });

  it("does not send a form that lacks a required field", async () => {
    const { id } = await open();
    const before = bot.heard.length;
    const delivery = await slack.submit("ana", id, { why: "no" });
    expect(delivery).toMatchObject({
      attempts: 0,
      errors: {
        campaign: "Please complete this required field.",
        why: "Must be at least 3 characters.",
      },
    });
    expect(bot.heard).toHaveLength(before);
    await expect(slack.submit("ana", id, { colour: "red" })).rejects.toThrow('no field "colour"');
    await expect(slack.submit("ana", id, { find: "made up" })).rejects.toThrow("not on offer");
  });

  it("obeys the answer to a submission: errors, update, push and clear", async () => {
    const plainForm = form({
      blocks: [input("why", { type: "plain_text_input", action_id: "reason" })],
    });
    const { id } = await open(plainForm);
    const submit = (viewId: string, body: object) => {
      bot.answer(() => ({ body }));
      return slack.submit("ana", viewId, { why: "because" });
    };
    const refused = await submit(id, {
      response_action: "errors",
      errors: { why: "Not a reason" },
    });
    expect(refused.errors).toEqual({ why: "Not a reason" });
    expect(slack.views("ana")).toMatchObject([{ errors: { why: "Not a reason" } }]);
    await submit(id, { response_action: "update", view: { ...plainForm, title: plain("Again") } });
    expect(slack.views("ana")).toMatchObject([{ id, title: "Again", errors: {} }]);
    await submit(id, { response_action: "push", view: plainForm });
    expect(slack.views("ana")).toHaveLength(2);
    await submit(slack.views("ana")[1]?.id ?? "", { response_action: "clear" });
    expect(slack.views("ana")).toEqual([]);
  });

  it("keeps the modal open and says so when the answer is late or makes no sense", async () => {
    const { id } = await open(
      form({ blocks: [input("why", { type: "plain_text_input", action_id: "reason" })] }),
    );
    const answers = [
      { body: "ok" },
      { body: { response_action: "errors", errors: { nowhere: "x" } } },
      { status: 500 },
      { afterMs: 1300 },
    ];
    for (const answer of answers) {
      bot.answer(() => answer);
      const delivery = await slack.submit("ana", id, { why: "because" });
      expect(delivery.error).toBeDefined();
      expect(delivery.shown).toContain("trouble connecting");
    }
    expect(slack.views("ana")).toHaveLength(1);
  });

  it("asks an external select nothing before the query is long enough, and shows nothing when it is late", async () => {
    const { id } = await open(
      form({ blocks: [input("campaign", { type: "external_select", action_id: "find" })] }),
    );
    const before = bot.heard.length;
    expect(await slack.suggest("ana", id, "find", "bu")).toEqual([]);
    expect(bot.heard).toHaveLength(before);
    bot.answer(() => ({ body: { options: [option("late")] }, afterMs: 1300 }));
    expect(await slack.suggest("ana", id, "find", "late")).toEqual([]);
  });

  it("tells of a cancelled modal only when the bot asked for it", async () => {
    const { id } = await open();
    await slack.closeView("ana", id);
    expect(bot.last()).toMatchObject({ type: "view_closed", is_cleared: false, view: { id } });
    const quiet = await open(form({ notify_on_close: false }));
    const before = bot.heard.length;
    expect(await slack.closeView("ana", quiet.id)).toMatchObject({ attempts: 0 });
    expect(bot.heard).toHaveLength(before);
    expect(slack.views("ana")).toEqual([]);
  });

  it("presses a button inside a modal with what is filled in so far", async () => {
    const blocks = [
      input("why", { type: "plain_text_input", action_id: "reason" }),
      {
        type: "actions",
        block_id: "row",
        elements: [{ type: "button", action_id: "check", text: plain("Check"), value: "v" }],
      },
    ];
    const { id } = await open(form({ blocks }));
    await slack.press("ana", { viewId: id }, "check", "row", undefined, { why: "half" });
    const heard = bot.last();
    expect(heard).toMatchObject({
      type: "block_actions",
      container: { type: "view", view_id: id },
      view: { id, state: { values: { why: { reason: { value: "half" } } } } },
      actions: [{ type: "button", action_id: "check", value: "v" }],
    });
    for (const absent of ["message", "channel", "response_url"])
      expect(heard).not.toHaveProperty(absent);
  });

  it("publishes a home view per person and opens it with an event", async () => {
    const home = {
      type: "home",
      blocks: [
        { type: "actions", elements: [{ type: "button", action_id: "go", text: plain("Go") }] },
      ],
    };
    const { view } = await call("views.publish", { user_id: "U0ANA00001", view: home });
    expect(slack.home("ana")).toMatchObject({ id: view.id, type: "home" });
    expect(slack.home("ben")).toBeUndefined();
    await slack.openHome("ana");
    expect(bot.last()).toMatchObject({
      event: {
        type: "app_home_opened",
        user: "U0ANA00001",
        tab: "home",
        channel: expect.stringMatching(/^D/),
        view: { id: view.id },
      },
    });
    await slack.press("ana", { viewId: view.id }, "go");
    expect(bot.last()).toMatchObject({ container: { type: "view" }, view: { type: "home" } });
    expect(
      await call("views.publish", { user_id: "U0ANA00001", view: home, hash: "old" }),
    ).toMatchObject({ error: "hash_conflict" });
  });
});
