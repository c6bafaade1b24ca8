import { onTestFinished } from "vitest";
import { type House, type HouseOptions, startHouse } from "../../../sandbox/house.ts";
import { interaction } from "../a-receiver.ts";

export const outreach = "C0OUTREACH";
export const people = {
  ana: "U0ANA00001",
  dee: "U0DEE00004",
  gus: "U0GUS00005",
  sam: "U0SAM00006",
};

/** The real bot between a pretend Slack and Burki; tries follow each other without a wait. Whoever opens it closes it. */
export function openHouse(options: Partial<HouseOptions> = {}): Promise<House> {
  return startHouse({
    now: () => new Date(),
    random: () => 0,
    logLevel: "silent",
    connected: ["burki"],
    ...options,
  });
}

/** The same for one test. */
export async function aHouse(options: Partial<HouseOptions> = {}): Promise<House> {
  const house = await openHouse(options);
  onTestFinished(() => house.close());
  return house;
}

export const commandBytes = (house: House, text: string, person = people.ana) =>
  new URLSearchParams({
    team_id: house.workspace,
    channel_id: outreach,
    user_id: person,
    command: "/campaign",
    text,
    trigger_id: "1.2.abc",
    response_url: `${house.slack.url}/commands/none`,
  }).toString();

export const clickBytes = (house: House, actionId: string, value: string, person = people.ana) =>
  interaction({
    type: "block_actions",
    team: { id: house.workspace },
    user: { id: person, team_id: house.workspace },
    channel: { id: outreach },
    message: { ts: "1700000000.000100", bot_id: house.slack.botId },
    actions: [{ type: "button", action_id: actionId, block_id: `${value}:1`, value }],
    trigger_id: "1.2.abc",
  });

/** The form for another key of the Burki connection, as it comes when somebody sends it. */
export const connectBytes = (house: House, apiKey: string, parts: Record<string, unknown> = {}) =>
  interaction({
    type: "view_submission",
    team: { id: house.workspace },
    user: { id: people.dee, team_id: house.workspace },
    view: {
      id: "V1",
      callback_id: "connect_modal",
      private_metadata: `burki ${outreach}`,
      state: {
        values: {
          name: { value: { type: "plain_text_input", value: "burki" } },
          "field:apiKey": { value: { type: "plain_text_input", value: apiKey } },
        },
      },
      ...parts,
    },
  });
