import { useState } from "react";
import type { WireState } from "../wire.ts";
import { SlackWindow } from "./slack-window.tsx";
import { StageContext } from "./stage-context.ts";
import { TopBar } from "./top-bar.tsx";
import { type Scene, Tour } from "./tour.tsx";
import { useStage } from "./use-stage.ts";
import { VendorsPanel } from "./vendors-panel.tsx";

type Tab = "slack" | "vendors";

const lost = "The demo does not answer. Start it again; this page then goes on by itself.";

export function App() {
  const [person, setPerson] = useState<string>();
  const [channel, setChannel] = useState<string>();
  const [draft, setDraft] = useState("");
  const [tab, setTab] = useState<Tab>("slack");
  const [touring, setTouring] = useState(true);
  const { state, connected } = useStage(person);
  if (!state) return <p className="loading">{connected ? "One moment." : lost}</p>;

  const here = channelIn(state, channel);
  const play = (scene: Scene): void => {
    if (scene.person) setPerson(scene.person);
    if (scene.channel) setChannel(scene.channel);
    if (scene.text !== undefined) setDraft(scene.text);
    setTab("slack");
  };
  return (
    <StageContext value={state}>
      <div className="stage" data-tab={tab}>
        <TopBar touring={touring} setTouring={setTouring} />
        {connected || (
          <p className="lost" role="alert">
            {lost}
          </p>
        )}
        {touring && <Tour play={play} />}
        <SlackWindow
          channel={here}
          draft={draft}
          setChannel={setChannel}
          setDraft={setDraft}
          setPerson={setPerson}
        />
        <VendorsPanel />
        <Tabs tab={tab} setTab={setTab} />
      </div>
    </StageContext>
  );
}

function channelIn({ channels }: WireState, wanted: string | undefined): string {
  return (channels.find(({ id }) => id === wanted) ?? channels[0])?.id ?? "";
}

/** Only on a narrow screen, where the two halves do not fit side by side. */
function Tabs({ tab, setTab }: { tab: Tab; setTab(tab: Tab): void }) {
  return (
    <nav className="tabs" aria-label="Parts of the demo">
      {(["slack", "vendors"] as const).map((name) => (
        <button
          key={name}
          type="button"
          aria-current={tab === name}
          onClick={() => {
            setTab(name);
            window.scrollTo(0, 0);
          }}
        >
          {name === "slack" ? "Slack" : "Vendors"}
        </button>
      ))}
    </nav>
  );
}
