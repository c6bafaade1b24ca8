/** How many jobs of a share are due. */
export interface Queue {
  share: string;
  waiting: number;
}

/**
 * Who gets how many of `count` places: always the one who holds the fewest, then the one who comes first in the list,
 * and nobody more than `most`. So whoever floods us waits for itself, not the others for it.
 */
export function sharesOf(
  queues: readonly Queue[],
  count: number,
  { most, inHand }: { most: number; inHand: ReadonlyMap<string, number> },
): { share: string; places: number }[] {
  const shares = queues.map(({ share, waiting }) => {
    const held = inHand.get(share) ?? 0;
    return { share, held, room: Math.min(waiting, Math.max(0, most - held)), places: 0 };
  });
  for (let given = 0; given < count; given += 1) {
    const open = shares.filter(({ places, room }) => places < room);
    const [first, ...others] = open;
    if (!first) break;
    const next = others.reduce((a, b) => (b.held + b.places < a.held + a.places ? b : a), first);
    next.places += 1;
  }
  return shares.flatMap(({ share, places }) => (places > 0 ? [{ share, places }] : []));
}
