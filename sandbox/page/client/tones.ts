const tones: Record<string, readonly string[]> = {
  running: ["running", "active", "in_progress"],
  paused: ["paused"],
  soon: ["scheduled", "syncing", "starting", "queued"],
  idle: ["draft", "ready", "created", "incomplete", "edited"],
  over: ["completed", "ended", "finished"],
  stopped: ["stopped", "cancelled", "canceled", "failed", "deleted"],
};

/** How a vendor's own word is coloured; a word nobody knows stands out. */
export function toneOf(word: string): string {
  const plain = word.toLowerCase();
  return Object.keys(tones).find((tone) => tones[tone]?.includes(plain)) ?? "strange";
}
