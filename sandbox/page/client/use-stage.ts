import { useEffect, useState } from "react";
import type { WireState } from "../wire.ts";

export interface Seen {
  state: WireState | undefined;
  /** False while the demo does not answer, for instance because it was stopped. */
  connected: boolean;
}

/** The stage as this person sees it, kept up to date by the server. */
export function useStage(person: string | undefined): Seen {
  const [seen, setSeen] = useState<Seen>({ state: undefined, connected: true });
  useEffect(() => {
    const query = person ? `?person=${encodeURIComponent(person)}` : "";
    const events = new EventSource(`/events${query}`);
    events.onmessage = ({ data }) => setSeen({ state: JSON.parse(data), connected: true });
    events.onerror = () => setSeen(({ state }) => ({ state, connected: false }));
    return () => events.close();
  }, [person]);
  return seen;
}
