import type { WirePerson } from "../wire.ts";
import { Avatar } from "./avatar.tsx";
import { hintsFor } from "./hints.ts";
import { useSeen } from "./stage-context.ts";

const parts: Record<string, string> = {
  Operator: "asks",
  Approver: "may say yes",
  Admin: "may say yes, sets the rules",
  Guest: "may only look",
  "Another company": "is from outside, may only look",
};

/** What an empty channel says: what this is, who is who, and what to try. */
export function Welcome({ channel, setDraft }: { channel: string; setDraft(text: string): void }) {
  const seen = useSeen();
  const name = seen.channels.find(({ id }) => id === channel)?.name ?? "this channel";
  return (
    <li className="welcome">
      <h3>Hold, release and end campaigns, from Slack</h3>
      <p>
        Nobody has said anything in {name} yet. Pick who you are on the left, then type, or start
        with one of these:
      </p>
      <ul className="tries">
        {hintsFor(seen)
          .filter((_, at) => at !== 2)
          .slice(0, 5)
          .map(({ text, means }) => (
            <li key={text}>
              <button type="button" onClick={() => setDraft(text)}>
                <code>{text}</code>
                <span>{means}</span>
              </button>
            </li>
          ))}
      </ul>
      <ul className="cast">
        {seen.people.map((person) => (
          <Part key={person.id} person={person} />
        ))}
      </ul>
    </li>
  );
}

function Part({ person }: { person: WirePerson }) {
  return (
    <li>
      <Avatar person={person} size={26} />
      <span>
        <b>{person.realName.split(" ")[0]}</b> {parts[person.role]}
      </span>
    </li>
  );
}
