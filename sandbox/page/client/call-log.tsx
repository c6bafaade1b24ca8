import type { WireCall, WireVendor } from "../wire.ts";
import { useYou } from "./stage-context.ts";
import { clockTime } from "./times.ts";

/** What the vendor was asked, newest first; calls that could change something are marked. */
export function CallLog({ vendor: { calls, callCount } }: { vendor: WireVendor }) {
  const telling = calls.find(({ changing }) => changing) ?? calls[0];
  return (
    <details className="calls">
      <summary>
        {callCount} {callCount === 1 ? "call" : "calls"}
        {telling && <Call call={telling} short />}
      </summary>
      <ol>
        {calls.map((call) => (
          <li key={call.number}>
            <Time at={call.at} />
            <Call call={call} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function Time({ at }: { at: string }) {
  const { zone } = useYou();
  return <time dateTime={at}>{clockTime(new Date(at), zone)}</time>;
}

function Call({ call, short = false }: { call: WireCall; short?: boolean }) {
  const good = call.status !== null && call.status >= 200 && call.status < 300;
  return (
    <span
      className={call.changing ? "call changing" : "call"}
      title={`${call.method} ${call.path}`}
    >
      <b>{call.method}</b> <span className="path">{short ? endOf(call.path) : call.path}</span>{" "}
      <i className={good ? "good" : "bad"}>{call.status ?? "no answer"}</i>
      {call.effect && <em>{call.effect}</em>}
    </span>
  );
}

/** The part of a path that tells calls apart: "…/42/pause". */
function endOf(path: string): string {
  const [bare = path] = path.split("?");
  const parts = bare.split("/").filter(Boolean);
  return parts.length > 2 ? `…/${parts.slice(-2).join("/")}` : bare;
}
