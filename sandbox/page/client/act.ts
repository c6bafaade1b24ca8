import type { FormValues, Option, Outcome } from "../wire.ts";

type Place = { channel: string; ts: string } | { viewId: string };

interface Acts {
  command: [{ person: string; channel: string; text: string }, Outcome];
  press: [
    {
      person: string;
      place: Place;
      actionId: string;
      blockId?: string | undefined;
      selected?: string | string[] | undefined;
      values?: FormValues | undefined;
    },
    Outcome,
  ];
  suggest: [{ person: string; viewId: string; actionId: string; query: string }, Option[]];
  submit: [{ person: string; viewId: string; values: FormValues }, Outcome];
  close: [{ person: string; viewId: string }, Outcome];
  word: [{ vendor: string; campaign: string; word: string }, unknown];
  fault: [{ vendor: string; fault: string }, unknown];
  clock: [{ advanceMs: number } | { at: string }, unknown];
  reset: [Record<string, never>, unknown];
}

/** Does something on the page's server. What went wrong comes back as the sentence to show. */
export async function act<A extends keyof Acts>(name: A, body: Acts[A][0]): Promise<Acts[A][1]> {
  const response = await fetch(`/act/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => undefined);
  if (response?.ok) return response.json();
  const shown = response ? await response.text() : "The demo does not answer.";
  return name === "suggest" ? [] : { ms: 0, shown };
}
