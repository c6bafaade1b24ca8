import type { WireVendor } from "../wire.ts";
import { act } from "./act.ts";

const faults: Record<string, string> = {
  fine: "Fine",
  slow: "Slow, 4 s",
  hangs: "Hangs",
  "acts-then-hangs": "Acts, then hangs",
  "resets-after-acting": "Resets after acting",
  "undoes-it": "Undoes it after 10 s",
  "unreadable-after-acting": "Acts, goes dark",
  "503": "503 down",
  "401": "401 wrong key",
  "429": "429 too many calls",
  "says-yes": "Says yes, does nothing",
  "unknown-word": "Unknown status word",
};

/** Makes a vendor slow, down or wrong. */
export function FaultSwitch({ vendor }: { vendor: WireVendor }) {
  const wrong = vendor.fault !== "fine";
  return (
    <select
      className={wrong ? "fault wrong" : "fault"}
      aria-label={`How ${vendor.title} behaves`}
      value={vendor.fault}
      onChange={({ target }) => void act("fault", { vendor: vendor.name, fault: target.value })}
    >
      {Object.entries(faults).map(([name, label]) => (
        <option key={name} value={name}>
          {label}
        </option>
      ))}
    </select>
  );
}
