import { z } from "zod";
import type { Granted } from "../../flows/install-workspace.ts";
import { Secret } from "../../store/secret.ts";
import { absentIfNull } from "../shapes.ts";

const named = z.object({ id: z.string().min(1), name: z.string().nullish() });

/** https://docs.slack.dev/reference/methods/oauth.v2.access, for a code or for a refresh token. */
export const tokenAnswer = z
  .object({
    // Where tokens rotate they begin with `xoxe.`.
    access_token: z.string().regex(/^(xoxe\.)?xoxb-/),
    token_type: z.literal("bot"),
    scope: z.string(),
    app_id: z.string(),
    bot_user_id: z.string(),
    team: named.nullish(),
    enterprise: named.nullish(),
    is_enterprise_install: z.boolean().default(false),
    expires_in: absentIfNull(z.number().positive()),
    refresh_token: absentIfNull(z.string().min(1)),
  })
  // A token that ends, and nothing to renew it with, would be a bot for half a day.
  .refine(({ expires_in, refresh_token }) => !expires_in === !refresh_token);
type TokenAnswer = z.infer<typeof tokenAnswer>;

/** The workspace or organisation that it is for. */
export function homeOf({ is_enterprise_install, enterprise, team }: TokenAnswer) {
  return is_enterprise_install ? enterprise : team;
}

export function tokensOf(answer: TokenAnswer): Pick<Granted, "token" | "next"> {
  const { access_token, expires_in, refresh_token } = answer;
  const token = new Secret(access_token);
  if (!expires_in || !refresh_token) return { token };
  return { token, next: { refresh: new Secret(refresh_token), livesMs: expires_in * 1000 } };
}
