import leven from "leven";

/** Every subcommand with its one line of usage, in the order in which help shows them. */
export const usages = {
  pause: "/campaign pause TARGETS [for DURATION | until TIME] [because REASON]",
  resume: "/campaign resume TARGETS [because REASON]",
  cancel: "/campaign cancel TARGET [because REASON]",
  stop: "/campaign stop all [in CONNECTION]… because REASON",
  status: "/campaign status [TARGETS]",
  list: "/campaign list [CONNECTION] [STATE]",
  history: "/campaign history [TARGET]",
  connect: "/campaign connect [VENDOR]",
  connections: "/campaign connections",
  digest: "/campaign digest",
  policy: "/campaign policy [away [until TIME @PERSON] | back [@PERSON]]",
  doctor: "/campaign doctor",
  help: "/campaign help [TOPIC]",
} as const;

export type Subcommand = keyof typeof usages;

export const subcommands = Object.keys(usages) as Subcommand[];

/** Words people use for the same thing, in other tools or by habit. */
const otherWords: Readonly<Record<string, readonly Subcommand[]>> = {
  hold: ["pause"],
  halt: ["pause"],
  start: ["resume"],
  run: ["resume"],
  continue: ["resume"],
  unpause: ["resume"],
  abort: ["cancel"],
  delete: ["cancel"],
  end: ["cancel"],
  show: ["status", "list"],
  ls: ["list"],
  log: ["history"],
  add: ["connect"],
  away: ["policy"],
  back: ["policy"],
  rules: ["policy"],
  health: ["doctor"],
  diagnose: ["doctor"],
  disconnect: ["connections"],
  vendors: ["connections"],
};

/** The subcommands someone may have meant; none when nothing is near. */
export function meantBy(word: string): readonly Subcommand[] {
  const known = Object.hasOwn(otherWords, word) ? otherWords[word] : undefined;
  if (known) return known;
  const near = nearest(word, subcommands);
  return near === undefined ? [] : [near];
}

/** The candidate that a slip of the fingers would turn into `word`, if there is one. */
export function nearest<Candidate extends string>(
  word: string,
  candidates: readonly Candidate[],
): Candidate | undefined {
  let best: { candidate: Candidate; distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = leven(word.toLowerCase(), candidate, { maxDistance: candidate.length });
    if (distance <= candidate.length / 2 && distance < (best?.distance ?? Infinity))
      best = { candidate, distance };
  }
  return best?.candidate;
}
