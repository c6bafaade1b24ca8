import { createSlackWeb, type SlackWeb } from "../../src/slack/web.ts";

/** Our side of a Web API at this address (`http://127.0.0.1:1234`), for any workspace. */
export function webAt(url: string, botToken = "xoxb-1"): SlackWeb {
  return createSlackWeb({ apiUrl: `${url}/api/`, botToken });
}
