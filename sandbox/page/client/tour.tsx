import { useState } from "react";
import type { WirePerson, WireState } from "../wire.ts";
import { act } from "./act.ts";
import { targetIn } from "./hints.ts";
import { useSeen } from "./stage-context.ts";

export interface Scene {
  person?: string | undefined;
  channel?: string | undefined;
  /** What is put into the composer; sending it is left to the visitor. */
  text?: string;
}

interface Step {
  title: string;
  text: string;
  label: string;
  run(): void;
}

/** A first walk through the demo; what was begun is ticked off. */
export function Tour({ play }: { play(scene: Scene): void }) {
  const [done, setDone] = useState(0);
  const standing = (at: number): string => (at < done ? "done" : at === done ? "next" : "later");
  return (
    <section className="tour" aria-label="A tour in four steps">
      <ol>
        {stepsOf(useSeen(), play).map(({ title, text, label, run }, at) => (
          <li key={title} data-step={standing(at)}>
            <span className="step-number" aria-hidden="true">
              {at < done ? "✓" : at + 1}
            </span>
            <div>
              <h2>{title}</h2>
              <p>{text}</p>
              <button
                type="button"
                onClick={() => {
                  run();
                  setDone(Math.max(done, at + 1));
                }}
              >
                {label}
              </button>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function stepsOf(state: WireState, play: (scene: Scene) => void): Step[] {
  const ana = byRole(state, "Operator");
  const ben = byRole(state, "Approver") ?? byRole(state, "Admin");
  const running = targetIn(state, "running", "burki") ?? targetIn(state, "running") ?? "burki:42";
  const paused = targetIn(state, "paused", "burki") ?? targetIn(state, "paused") ?? running;
  const spare = targetIn(state, "running", "woodpecker") ?? running;
  const first = (person: WirePerson | undefined): string =>
    person?.realName.split(" ")[0] ?? "somebody";
  return [
    {
      title: `Pause, as ${first(ana)}`,
      text: "Pausing is quick: the card turns green once the vendor itself says so.",
      label: "Type it for me",
      run: () => play({ person: ana?.id, text: `/campaign pause ${running} because wrong price` }),
    },
    {
      title: "Ask to resume",
      text: "Starting again is careful: a card waits for a second person.",
      label: "Type it for me",
      run: () =>
        play({ person: ana?.id, text: `/campaign resume ${paused} because price is fixed` }),
    },
    {
      title: `Approve, as ${first(ben)}`,
      text: `${first(ana)} may not approve it. Become ${first(ben)}, press Approve, watch the vendor.`,
      label: `Become ${first(ben)}`,
      run: () => play({ person: ben?.id, channel: waitingIn(state) }),
    },
    {
      title: "Now break something",
      text: "Woodpecker acts, then never answers. The card says so and finds out by reading.",
      label: "Break it and pause",
      run: () => {
        void act("fault", { vendor: "woodpecker", fault: "acts-then-hangs" });
        play({ person: ana?.id, text: `/campaign pause ${spare} because testing` });
      },
    },
  ];
}

/** The channel of the newest card that somebody can approve. */
function waitingIn({ messages }: WireState): string | undefined {
  const waiting = messages.filter(({ blocks }) => JSON.stringify(blocks).includes('"Approve"'));
  return waiting.at(-1)?.channel;
}

const byRole = ({ people }: WireState, role: string): WirePerson | undefined =>
  people.find((person) => person.role === role);
