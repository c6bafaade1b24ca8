import type { House } from "../../sandbox/house.ts";

/** Resolves when the bot has nothing left to do at this moment. */
export async function settled(house: House): Promise<void> {
  await house.app().worker.idle();
}

/** Every word a message says, blocks and fallback together. */
export function textOf(
  message: { text?: string; blocks?: readonly unknown[] } | undefined,
): string {
  const found: string[] = [message?.text ?? ""];
  const walk = (thing: unknown) => {
    if (Array.isArray(thing)) for (const one of thing) walk(one);
    else if (thing && typeof thing === "object") {
      for (const [name, value] of Object.entries(thing)) {
        if (name === "text" && typeof value === "string") found.push(value);
        else walk(value);
      }
    }
  };
  walk(message?.blocks ?? []);
  return found.join("\n");
}
