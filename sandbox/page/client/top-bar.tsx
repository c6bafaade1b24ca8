import { useEffect, useState } from "react";
import { act } from "./act.ts";
import { FermataMark } from "./avatar.tsx";
import { useSeen, useYou } from "./stage-context.ts";
import { clockTime, nextNine, shortDay } from "./times.ts";

const minute = 60_000;

export interface TopBarProps {
  touring: boolean;
  setTouring(on: boolean): void;
}

export function TopBar({ touring, setTouring }: TopBarProps) {
  return (
    <header className="top-bar">
      <FermataMark size={30} />
      <div className="brand">
        <h1>Fermata</h1>
        <p>
          A real bot between a pretend Slack and five pretend vendors. Nothing leaves this machine.
        </p>
      </div>
      <Clock />
      <button
        type="button"
        className="bar-button"
        aria-expanded={touring}
        onClick={() => setTouring(!touring)}
      >
        {touring ? "Hide tour" : "Show tour"}
      </button>
      <Reset />
    </header>
  );
}

function Clock() {
  const { zone } = useYou();
  const now = useTicking(useSeen().now);
  const ahead = (ms: number) => () => void act("clock", { advanceMs: ms });
  return (
    <fieldset className="clock" aria-label="The clock everybody lives by">
      <output className="clock-face" aria-label="Time now" data-testid="clock">
        <span>{shortDay(now, zone)}</span>
        <b>{clockTime(now, zone)}</b>
      </output>
      <button type="button" onClick={ahead(15 * minute)}>
        +15 min
      </button>
      <button type="button" onClick={ahead(60 * minute)}>
        +1 h
      </button>
      <button type="button" onClick={ahead(8 * 60 * minute)}>
        +8 h
      </button>
      <button
        type="button"
        title="Move the clock to the next 09:00"
        onClick={() => void act("clock", { at: nextNine(now, zone).toISOString() })}
      >
        Next 09:00
      </button>
    </fieldset>
  );
}

/** The server tells the time when something happens; in between it runs on here. */
function useTicking(told: string): Date {
  const [heardAt, setHeardAt] = useState({ told, at: Date.now() });
  const [, tick] = useState(0);
  if (heardAt.told !== told) setHeardAt({ told, at: Date.now() });
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return new Date(new Date(told).getTime() + Date.now() - heardAt.at);
}

function Reset() {
  const [busy, setBusy] = useState(false);
  const reset = async (): Promise<void> => {
    setBusy(true);
    await act("reset", {}).finally(() => setBusy(false));
  };
  return (
    <button type="button" className="bar-button" disabled={busy} onClick={() => void reset()}>
      Start over
    </button>
  );
}
