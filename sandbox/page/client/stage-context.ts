import { createContext, useContext } from "react";
import type { WirePerson, WireState } from "../wire.ts";

export const StageContext = createContext<WireState | undefined>(undefined);

/** What the viewer sees. Only below the App, which waits for the first state. */
export function useSeen(): WireState {
  const state = useContext(StageContext);
  if (!state) throw new Error("There is no stage above this");
  return state;
}

export function useYou(): WirePerson {
  const { people, you } = useSeen();
  const person = people.find(({ id }) => id === you) ?? people[0];
  if (!person) throw new Error("Nobody lives here");
  return person;
}
