import type { Finding } from "../../domain/finding.ts";
import { botScopes } from "../install/scopes.ts";
import type { SlackWeb } from "../web.ts";
import { whyNot } from "./why-not.ts";

/** What our token in a workspace is good for; without `scopes` it is good for nothing just now. */
export interface ExaminedToken {
  findings: Finding[];
  scopes?: readonly string[];
}

/** Whether Slack takes our token, and grants it all that we ask for. */
export async function examineToken(web: SlackWeb, workspace: string): Promise<ExaminedToken> {
  const about = { what: "Slack", workspace };
  try {
    const client = await web.client(workspace);
    const { response_metadata } = await client.auth.test();
    const scopes = response_metadata?.scopes ?? [];
    const taken = { ...about, ok: true, sentence: "Slack answers and takes the token." };
    return { findings: [taken, scopesFinding(workspace, scopes)], scopes };
  } catch (error) {
    return { findings: [{ ...about, ok: false, sentence: whyNot(error) }] };
  }
}

function scopesFinding(workspace: string, granted: readonly string[]): Finding {
  const missing = botScopes.filter((scope) => !granted.includes(scope));
  const about = { what: "Slack scopes", workspace };
  if (missing.length === 0)
    return { ...about, ok: true, sentence: "All that Fermata asks for are granted." };
  const lacks = `Missing: ${missing.join(", ")}. What needs them does not work.`;
  const remedy = "Add them as manifest.yml has them, and install Fermata again.";
  return { ...about, ok: false, sentence: `${lacks} ${remedy}` };
}
