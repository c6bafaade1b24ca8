/** The real clock, with an offset that can be moved. */
export interface MovedClock {
  now(): Date;
  advance(ms: number): void;
  set(at: Date): void;
  onMove(listener: () => void): void;
}

export function movedClock(start?: Date): MovedClock {
  let offset = start ? start.getTime() - Date.now() : 0;
  const listeners: (() => void)[] = [];
  const move = (by: number) => {
    offset += by;
    for (const listener of listeners) listener();
  };
  const now = () => new Date(Date.now() + offset);
  return {
    now,
    advance: move,
    set: (at) => move(at.getTime() - now().getTime()),
    onMove: (listener) => void listeners.push(listener),
  };
}
