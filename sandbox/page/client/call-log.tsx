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
        {telling && <Call call={telling} />}
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

function Call({ call }: { call: WireCall }) {
  const good = call.status !== null && call.status >= 200 && call.status < 300;
  return (
    <span
      className={call.changing ? "call changing" : "call"}
      title={`${call.method} ${call.path}`}
    >
      <b>{call.method}</b> <span className="path">{call.path}</span>{" "}
      <i className={good ? "good" : "bad"}>{call.status ?? "no answer"}</i>
      {call.effect && <em>{call.effect}</em>}
    </span>
  );
}
