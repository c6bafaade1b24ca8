import { useEffect, useState } from "react";
import { useSeen } from "./stage-context.ts";

/** Channels with something this person has not looked at since this page was opened. */
export function useUnread(open: string): ReadonlySet<string> {
  const { you, messages, channels } = useSeen();
  const [read, setRead] = useState<Record<string, string>>({});
  const newest = (channel: string): string =>
    messages.filter((one) => one.channel === channel).at(-1)?.ts ?? "0";
  const current = newest(open);
  useEffect(() => {
    setRead((before) => ({ ...before, [`${you} ${open}`]: current }));
  }, [you, open, current]);
  return new Set(
    channels
      .map(({ id }) => id)
      .filter((id) => id !== open && Number(newest(id)) > Number(read[`${you} ${id}`] ?? "0")),
  );
}
