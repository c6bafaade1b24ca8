import { type Subcommand, subcommands, usages } from "../../domain/usages.ts";
import { context, header, section } from "./blocks.ts";
import { fitted, type Message } from "./message.ts";
import { code, joined, type Mrkdwn, mrkdwn } from "./text.ts";

const purposes: Record<Subcommand, string> = {
  pause:
    "Hold campaigns, for a while or until someone resumes them. The card offers Undo and Extend.",
  resume: "Let paused campaigns go on.",
  cancel: "End a campaign, where its platform can.",
  stop: "Emergency stop: pause everything that runs, at every connection or at those named.",
  status: "How campaigns stand right now, read from their platforms.",
  list: "All campaigns, by connection.",
  history: "What was asked for, by whom, and what became of it.",
  connect: "Connect an account at a platform. The key is never shown.",
  connections: "The accounts that are connected.",
  digest: "A daily summary in a channel, at a time you choose.",
  policy: "Who may do what, and who has to agree. Admins change it there.",
  doctor: "Whether all that Fermata needs here works: Slack, the policy, the accounts.",
  help: "This page, or more about one word.",
};

const examples: Partial<Record<Subcommand, readonly string[]>> = {
  pause: [
    '/campaign pause "Spring launch" for 2h because wrong price',
    "/campaign pause burki:42, woodpecker:1881 until mon 09:00",
  ],
  resume: ['/campaign resume "Spring launch" because price is fixed'],
  cancel: ["/campaign cancel talkdesk:8f3a because the event is off"],
  stop: [
    "/campaign stop all because of the incident",
    "/campaign stop all in burki because wrong price",
  ],
  status: ["/campaign status burki:42"],
  list: ["/campaign list burki running"],
  history: ["/campaign history burki:42"],
  connect: ["/campaign connect burki"],
  policy: ["/campaign policy away until mon 09:00 @PERSON", "/campaign policy back"],
};

const targetWords =
  "A campaign is a name in quotes, a part of it, an id, CONNECTION:ID, or a link to it. Several go in one command, with commas or line ends between them.";

/** Of what takes a time. */
const timeWords: Partial<Record<Subcommand, string>> = {
  pause:
    "DURATION: 2h, 90 min, 2h 30m, 1 week. TIME: 18:00, 6pm, noon, tomorrow 9am, mon 09:00, 24 dec 18:00.",
  policy: "TIME: 18:00, 6pm, tomorrow 9am, mon 09:00, 24 dec 18:00.",
};

/** What help knows of whoever asks for it and of the place where they ask. */
export interface HelpHere {
  /** The words they may use. */
  may: readonly Subcommand[];
  /** What they may ask for, and whom to ask where they may not. */
  rights: readonly Mrkdwn[];
  /** Why they may not use the word they ask about, where it is no action. */
  whyNot?: string | undefined;
  /** Where cards go and who reads there. */
  notes: readonly Mrkdwn[];
}

/** Help for one person in one place: only what they may do there, and whom to ask for the rest. */
export function helpAnswer(topic: string | undefined, here: HelpHere): Message {
  const known = subcommands.find((subcommand) => subcommand === topic?.toLowerCase());
  return known ? topicHelp(known, here) : overview(topic, here);
}

function overview(topic: string | undefined, { may, rights, notes }: HelpHere): Message {
  const shown = subcommands.filter((subcommand) => may.includes(subcommand));
  const unknown = topic
    ? [section(mrkdwn`There is no help about “${topic}”. This is what there is.`)]
    : [];
  const lines = shown.map(
    (subcommand) => mrkdwn`${code(usages[subcommand], 200)}\n${purposes[subcommand]}`,
  );
  const acts = may.length > 1;
  return fitted(mrkdwn`What you may do here: ${shown.join(", ")}`, [
    ...unknown,
    header("What you may do here"),
    ...(rights.length > 0 ? [section(joined(rights, "\n"))] : []),
    ...(acts ? [section(mrkdwn`${code("/campaign")} alone opens a form.`)] : []),
    section(joined(lines, "\n")),
    ...(acts ? [context(mrkdwn`${targetWords}`)] : []),
    ...(notes.length > 0 ? [context(joined(notes, "\n"))] : []),
  ]);
}

function topicHelp(subcommand: Subcommand, { whyNot, rights, notes }: HelpHere): Message {
  const lines: Mrkdwn[] = [mrkdwn`*${purposes[subcommand]}*`, code(usages[subcommand], 200)];
  for (const example of examples[subcommand] ?? [])
    lines.push(mrkdwn`Example: ${code(example, 200)}`);
  const times = timeWords[subcommand];
  const denied = whyNot === undefined ? [] : [section(mrkdwn`${whyNot}`)];
  return fitted(mrkdwn`${purposes[subcommand]} ${usages[subcommand]}`, [
    section(joined(lines, "\n")),
    ...denied,
    ...(rights.length > 0 ? [section(joined(rights, "\n"))] : []),
    context(mrkdwn`${targetWords}`),
    ...(times === undefined ? [] : [context(mrkdwn`${times}`)]),
    ...(notes.length > 0 ? [context(joined(notes, "\n"))] : []),
  ]);
}
