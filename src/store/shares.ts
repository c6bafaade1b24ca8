/** How many jobs of a workspace are due. */
export interface Queue {
  workspace: string;
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
): { workspace: string; places: number }[] {
  const shares = queues.map(({ workspace, waiting }) => {
    const held = inHand.get(workspace) ?? 0;
    return { workspace, held, room: Math.min(waiting, Math.max(0, most - held)), places: 0 };
  });
  for (let given = 0; given < count; given += 1) {
    const open = shares.filter(({ places, room }) => places < room);
    const [first, ...others] = open;
    if (!first) break;
    const next = others.reduce((a, b) => (b.held + b.places < a.held + a.places ? b : a), first);
    next.places += 1;
  }
  return shares.flatMap(({ workspace, places }) => (places > 0 ? [{ workspace, places }] : []));
}
