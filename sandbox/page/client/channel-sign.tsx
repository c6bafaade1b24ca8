export function ChannelSign({ kind }: { kind: string }) {
  return <span className="channel-sign">{kind === "private" ? "🔒" : "#"}</span>;
}
