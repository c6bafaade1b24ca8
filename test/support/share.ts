/** `npm test` plays a share of what has very many cases, the same each time; `npm run test:whole` plays all of them. */
export const whole = process.env.FERMATA_WHOLE === "1";

/** How many cases a run plays: `few` beside everything else, `all` on its own. */
export function share(few: number, all: number): number {
  return whole ? all : few;
}
