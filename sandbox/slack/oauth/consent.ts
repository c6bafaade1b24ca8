import { type Home, homeId, type Platform } from "../platform.ts";
import { type Ask, whoMayInstall } from "./ask.ts";

/** Where the browser goes after Allow or Cancel; undefined when that person may not install apps there. */
export function decide(
  ask: Ask,
  answer: { person: string; allow: boolean },
  platform: Platform,
): URL | undefined {
  const target = new URL(ask.returnTo);
  if (!answer.allow) {
    target.searchParams.set("error", "access_denied");
  } else {
    const person = whoMayInstall(ask.home, platform).find((one) =>
      [one.id, one.name, one.enterprise?.id].includes(answer.person),
    );
    if (!person) return undefined;
    const isOrg = !("team" in ask.home);
    const id = isOrg ? (person.enterprise?.id ?? person.id) : person.id;
    target.searchParams.set("code", newCode(ask, ask.home, id, platform));
  }
  if (ask.state !== undefined) target.searchParams.set("state", ask.state);
  return target;
}

function newCode(ask: Ask, home: Home, person: string, platform: Platform): string {
  const number = () => String(Math.floor(1e12 + platform.random() * 9e12));
  const code = [number(), number(), platform.randomText(32).toLowerCase()].join(".");
  platform.codes.set(code, {
    home: homeId(home),
    person,
    scope: ask.scope,
    redirectUri: ask.redirectUri,
    issuedAt: platform.now().getTime(),
    used: false,
  });
  return code;
}
