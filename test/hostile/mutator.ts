/** A small seeded generator (mulberry32), so that a failing request can be made again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const hostile: readonly unknown[] = [
  null,
  undefined,
  true,
  0,
  -1,
  Number.MAX_VALUE,
  2 ** 63,
  "",
  "..",
  "a".repeat(70_000),
  "\u0000\r\n",
  "‮<!channel>",
  "__proto__",
  [],
  [[]],
  {},
  { id: null },
  { __proto__: { admin: true } },
  { toString: "no" },
  Array.from({ length: 500 }, () => "x"),
  nested(400),
];

function nested(depth: number): unknown {
  let thing: unknown = "deep";
  for (let n = 0; n < depth; n += 1) thing = { a: thing };
  return thing;
}

type Json = Record<string, unknown>;

/** One to three places of a payload, each dropped, doubled, renamed or given a hostile value. */
export function mutated(base: unknown, random: () => number): unknown {
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  if (random() < 0.03) return structuredClone(pick(hostile));
  const copy = structuredClone(base);
  const times = 1 + Math.floor(random() * 3);
  for (let n = 0; n < times; n += 1) {
    const place = pick(placesIn(copy));
    if (!place) continue;
    const { owner, key } = place;
    const kind = random();
    if (kind < 0.25) delete owner[key];
    else if (kind < 0.85) owner[key] = structuredClone(pick(hostile));
    else if (kind < 0.95) owner[`${key}_`] = structuredClone(owner[key]);
    else rename(owner, key, pick(["__proto__", "constructor", "then", "prototype"]) ?? "then");
  }
  return copy;
}

/** As JSON could hold it: a key of its own, whatever its name does elsewhere. */
function rename(owner: Json, key: string, name: string): void {
  const value = structuredClone(owner[key]);
  Object.defineProperty(owner, name, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

function placesIn(thing: unknown): { owner: Json; key: string }[] {
  if (typeof thing !== "object" || thing === null) return [];
  const owner = thing as Json;
  return Object.keys(owner).flatMap((key) => [{ owner, key }, ...placesIn(owner[key])]);
}
