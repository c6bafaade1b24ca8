/** How far an emergency stop has come through its connections, and what it does not reach. */
export interface StopScope {
  /** Connections whose campaigns are not in it yet, because they are still being read. */
  open: readonly { id: string; name: string }[];
  /** Could not be read. `since` (ISO): so many campaigns that a list of then showed running are stopped by their id. */
  unread: readonly { connection: string; since?: string; known: number }[];
  /** Campaigns that another open change holds, as `connection:id`. */
  taken: readonly string[];
  /** Campaigns that are being resumed, as `connection:id`: they are paused as soon as that has ended. */
  later: readonly string[];
  /** Where the policy does not let the asker stop anything, and why. */
  denied: readonly { connection: string; sentence: string }[];
  /** How many more run than one change takes. */
  beyond: number;
}

export const emptyScope: StopScope = {
  open: [],
  unread: [],
  taken: [],
  later: [],
  denied: [],
  beyond: 0,
};

/** What became of one connection. */
export type Reached = Partial<Omit<StopScope, "open">>;

/** One connection less to wait for, whatever became of it. */
export function withReached(scope: StopScope, connectionId: string, reached: Reached): StopScope {
  return {
    open: scope.open.filter(({ id }) => id !== connectionId),
    unread: [...scope.unread, ...(reached.unread ?? [])],
    taken: [...scope.taken, ...(reached.taken ?? [])],
    later: scope.later,
    denied: [...scope.denied, ...(reached.denied ?? [])],
    beyond: scope.beyond + (reached.beyond ?? 0),
  };
}

/** May campaigns still be added? Then it has not ended, however its campaigns stand. */
export function isGrowing(change: { scope?: StopScope }): boolean {
  return (change.scope?.open.length ?? 0) > 0;
}

export function leavesOut({ unread, taken, later, denied, beyond }: StopScope): boolean {
  return unread.length + taken.length + later.length + denied.length + beyond > 0;
}
