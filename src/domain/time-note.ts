import type { Temporal } from "temporal-polyfill";
import { knownZone, localTime, type Moment } from "./when.ts";

/** A moment with how it was said: in which zone, what that is called, and what the clocks there were to show. */
export interface SaidMoment {
  moment: Moment;
  zone: string;
  name: string;
  local?: Temporal.PlainDateTime;
}

/** What somebody has to know of how their time was read: by another zone than their own, over a change of the clocks. */
export function timeNote(
  said: SaidMoment,
  reader: { zone: string; guessed?: boolean },
): string | undefined {
  const own = knownZone(reader.zone);
  const isOwn = said.zone === own;
  const isGuessed = reader.guessed || !isKnown(reader.zone);
  const notes = [zoneNote(said, own), changeNote(said), isOwn && isGuessed && guessNote(said)];
  const note = notes.filter((one) => typeof one === "string").join(" ");
  return note === "" ? undefined : note;
}

function guessNote({ moment, zone }: SaidMoment): string {
  const name = zone === "UTC" ? zone : `UTC${zone}`;
  return `Read as ${clockOf(localTime(moment.at, zone))} by ${name}, because your time zone could not be read from Slack.`;
}

/** Names the zone where it is not the reader's own. */
function zoneNote({ moment: { at }, zone, name }: SaidMoment, own: string): string | undefined {
  const [there, here] = [localTime(at, zone), localTime(at, own)];
  if (there.offset === here.offset) return undefined;
  return `Read as ${clockOf(there)} in ${name}, which is ${clockOf(here)} by your own clock (${own}).`;
}

function changeNote({ moment, zone, local }: SaidMoment): string | undefined {
  if (!local) return undefined;
  const date = local.toPlainDate();
  const time = minutesOf(local);
  if (moment.skipped)
    return `The clocks of ${zone} skip ${time} on ${date}, so it is read as ${minutesOf(localTime(moment.at, zone))}.`;
  if (!moment.again) return undefined;
  const second = `${date}T${time}${localTime(moment.again, zone).offset}`;
  return `The clocks of ${zone} show ${time} twice on ${date}, and the first is meant. The second is written ${second}.`;
}

function isKnown(zone: string): boolean {
  return knownZone(zone) !== "UTC" || /^(?:etc\/)?(?:utc|gmt|uct|zulu)$|^[+-]00:00$/i.test(zone);
}

function clockOf(local: Temporal.ZonedDateTime): string {
  return local.toPlainDateTime().toString({ smallestUnit: "minute" }).replace("T", " ");
}

function minutesOf(local: Temporal.PlainDateTime | Temporal.ZonedDateTime): string {
  return local.toPlainTime().toString({ smallestUnit: "minute" });
}
