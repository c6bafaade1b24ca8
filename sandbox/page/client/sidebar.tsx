import type { WireChannel } from "../wire.ts";
import { Avatar, FermataMark } from "./avatar.tsx";
import { ChannelSign } from "./channel-sign.tsx";
import { useSeen } from "./stage-context.ts";
import { useUnread } from "./use-unread.ts";

export interface SidebarProps {
  channel: string;
  setChannel(id: string): void;
  setPerson(id: string): void;
}

export function Sidebar({ channel, setChannel, setPerson }: SidebarProps) {
  const { team, channels } = useSeen();
  const unread = useUnread(channel);
  const entry = (one: WireChannel) => (
    <li key={one.id}>
      <button
        type="button"
        className={unread.has(one.id) ? "channel unread" : "channel"}
        data-channel={one.name}
        aria-current={one.id === channel ? "page" : undefined}
        onClick={() => setChannel(one.id)}
      >
        {one.kind === "direct" ? <FermataMark size={18} /> : <ChannelSign kind={one.kind} />}
        <span>{one.kind === "direct" ? "Fermata" : one.name}</span>
        {unread.has(one.id) && <span className="badge">new</span>}
      </button>
    </li>
  );
  return (
    <aside className="sidebar">
      <h2 className="team">{team}</h2>
      <PersonPicker setPerson={setPerson} />
      <nav aria-label="Channels">
        <h3>Channels</h3>
        <ul>{channels.filter(({ kind }) => kind !== "direct").map(entry)}</ul>
        {channels.some(({ kind }) => kind === "direct") && <h3>Apps</h3>}
        <ul>{channels.filter(({ kind }) => kind === "direct").map(entry)}</ul>
      </nav>
    </aside>
  );
}

function PersonPicker({ setPerson }: { setPerson(id: string): void }) {
  const { people, you } = useSeen();
  return (
    <section className="people" aria-labelledby="you-are">
      <h3 id="you-are">You are</h3>
      <ul>
        {people.map((person) => (
          <li key={person.id}>
            <button
              type="button"
              data-person={person.name}
              aria-label={person.realName}
              aria-description={person.role}
              aria-pressed={person.id === you}
              onClick={() => setPerson(person.id)}
            >
              <Avatar person={person} size={30} />
              <span className="who">
                <b>{person.realName.split(" ")[0]}</b>
                <small>{person.role}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
