import { type Answer, type Call, json } from "./answer.ts";
import { isSigned, keyPairClient } from "./talkdesk-signatures.ts";

const lifeMs = 600_000;
const client = { clientId: "pretend-talkdesk", clientSecret: "pretend-talkdesk-secret-000000" };

/** A second client, whose tokens cannot change anything. */
export const readOnlyClient = {
  clientId: "pretend-read-only",
  clientSecret: "pretend-read-only-0000",
};

/** A third one, which was made for something else and has neither right. */
export const otherClient = {
  clientId: "pretend-for-reports",
  clientSecret: "pretend-for-reports-00",
};

const rights = ["campaigns:read", "campaigns:write"];
const granted = new Map<string | undefined, string[]>([
  [basic(client), rights],
  [basic(readOnlyClient), ["campaigns:read"]],
  [basic(otherClient), ["data-reports:read"]],
]);

/** OAuth client credentials, with Basic or signed; a token lives for ten minutes of `now`. */
export function openTokens(random: () => number) {
  const alive = new Map<string, { until: number; scopes: string[] }>();
  const used = new Set<string>();
  return {
    client,
    known: (call: Call, now: Date) => grantedTo(call, now) !== undefined,

    issue(call: Call, now: Date): Answer {
      if (call.method !== "POST") return json(405, { error: "invalid_request" });
      const form = new URLSearchParams(call.body);
      const assertion = form.get("client_assertion");
      const mine = grantedTo(call, now);
      if (!mine || (assertion !== null && used.has(assertion))) {
        return refused(401, "unauthorized", "Client authentication failed");
      }
      const grant = form.get("grant_type");
      if (grant === null) return refused(400, "invalid_request", "Missing grant type");
      if (grant !== "client_credentials") {
        return refused(400, "unsupported_grant_type", `Unsupported grant type: ${grant}`);
      }
      const asked = form.get("scope")?.split(/\s+/);
      const scopes = asked ? mine.filter((scope) => asked.includes(scope)) : mine;
      if (scopes.length === 0) return refused(400, "invalid_scope", "The scope is not granted");
      if (assertion !== null) used.add(assertion);
      const access_token = `pretend.${alive.size}.${random().toString(36).slice(2)}`;
      alive.set(access_token, { until: now.getTime() + lifeMs, scopes });
      const scope = scopes.join(" ");
      return json(200, { access_token, token_type: "Bearer", expires_in: 599, scope });
    },

    /** What the bearer of this call's token may do, or null for a token unknown or too old. */
    scopesOf(call: Call, now: Date): string[] | null {
      const [scheme, token = ""] = call.headers.authorization?.split(" ") ?? [];
      const found = scheme === "Bearer" ? alive.get(token) : undefined;
      return found && found.until > now.getTime() ? found.scopes : null;
    },
  };
}

function grantedTo(call: Call, now: Date): string[] | undefined {
  const form = new URLSearchParams(call.body);
  const assertion = form.get("client_assertion");
  if (assertion === null) return granted.get(call.headers.authorization);
  const signed =
    form.get("client_assertion_type") ===
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" &&
    isSigned(assertion, { client: keyPairClient, audience: `${call.origin}/oauth/token`, now });
  return signed ? rights : undefined;
}

function basic({ clientId, clientSecret }: typeof client): string {
  return `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
}

const refused = (status: number, error: string, error_description: string) =>
  json(status, { error, error_description });
