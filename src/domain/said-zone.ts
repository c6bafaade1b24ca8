import { knownZone } from "./when.ts";

/** The zone that a time was said in, and what is left without it; or what is wrong with it. */
export type SaidZone =
  | { kind: "none" }
  | { kind: "zone"; zone: string; name: string; rest: string }
  | { kind: "wrong"; sentence: string };

/** Letters that mean one clock in one country and another elsewhere, or another in summer. */
const letters =
  "cet cest eet eest wet west bst ist est edt cst cdt mst mdt pst pdt et ct mt pt jst kst sgt hkt aest aedt acst awst nzst nzdt msk".split(
    " ",
  );
const behind = new RegExp(`^(.+) (${letters.join("|")})(?: .+)?$`);

export function readZone(said: string): SaidZone {
  const [, utcRest, more = ""] = /^(.+?)(?: (?:utc|gmt|z)|(?<=\d)z)( .+)?$/.exec(said) ?? [];
  if (utcRest !== undefined && !/^ ?[+-]/.test(more))
    return { kind: "zone", zone: "UTC", name: "UTC", rest: utcRest + more };
  const offset =
    /^(.*?(?:\d:\d\d|[ap]m|\d [ap]m|noon|midday|midnight)) ?(?:utc|gmt)? ?([+-])(\d{1,2}):?(\d{2})?(?= |$)(.*)$/.exec(
      said,
    );
  if (offset) return offsetZone(offset);
  const [, before, place = "", after = ""] =
    /^(.+?) ([a-z]+(?:_[a-z]+)*(?:\/[a-z_+-]+){1,2})( .+)?$/.exec(said) ?? [];
  if (before !== undefined) return placeZone(place, before + after);
  const [, , word] = behind.exec(said) ?? [];
  if (word === undefined) return { kind: "none" };
  const name = word.toUpperCase();
  return {
    kind: "wrong",
    sentence: `“${name}” is not the same clock for everybody. Write the zone behind the time as Europe/Berlin or as UTC, or a whole time with its offset: 2027-03-01T09:00+01:00.`,
  };
}

function offsetZone([
  ,
  before = "",
  sign = "+",
  hours = "",
  minutes = "00",
  after = "",
]: readonly string[]): SaidZone {
  if (Number(hours) > 14 || Number(minutes) > 59) return { kind: "none" };
  const zone = `${sign}${hours.padStart(2, "0")}:${minutes}`;
  return { kind: "zone", zone, name: `UTC${zone}`, rest: `${before}${after}` };
}

function placeZone(place: string, rest: string): SaidZone {
  const zone = knownZone(place);
  if (zone !== "UTC") return { kind: "zone", zone, name: zone, rest };
  return {
    kind: "wrong",
    sentence: `“${place}” is not a time zone that I know. Write it as Europe/Berlin, for example.`,
  };
}
