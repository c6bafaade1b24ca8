import { ChannelSign } from "./channel-sign.tsx";
import { Composer } from "./composer.tsx";
import { MessageList } from "./message-list.tsx";
import { ModalStack } from "./modal.tsx";
import { Sidebar } from "./sidebar.tsx";
import { useSeen } from "./stage-context.ts";

export interface SlackWindowProps {
  channel: string;
  draft: string;
  setChannel(id: string): void;
  setDraft(text: string): void;
  setPerson(id: string): void;
}

export function SlackWindow({ channel, draft, setChannel, setDraft, setPerson }: SlackWindowProps) {
  const { channels, you } = useSeen();
  const here = channels.find(({ id }) => id === channel);
  return (
    <main className="slack" aria-label="Slack">
      <Sidebar channel={channel} setChannel={setChannel} setPerson={setPerson} />
      <section className="conversation" aria-label={here ? `Channel ${here.name}` : "No channel"}>
        <header className="channel-head">
          <h2>
            {here?.kind === "direct" ? "" : <ChannelSign kind={here?.kind ?? "public"} />}
            {here?.kind === "direct" ? "Fermata" : here?.name}
          </h2>
          {here?.shared && <span className="shared">Shared with another company</span>}
        </header>
        {here ? (
          <MessageList key={`${you} ${channel}`} channel={channel} setDraft={setDraft} />
        ) : (
          <NoChannel />
        )}
        <Composer key={you} channel={channel} draft={draft} setDraft={setDraft} />
      </section>
      <ModalStack channel={channel} />
    </main>
  );
}

function NoChannel() {
  return <p className="empty">This person is in no channel, so there is nothing to see.</p>;
}
