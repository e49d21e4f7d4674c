/** What the three products' cards say, in plain text: each product's file only escapes it and lays it out. */
import { consoleLink } from "../console-link";
import { headlines, type Notice, type Tone } from "../message";

/**
 * The longest that one value may be, in characters. With every character escaped (five bytes) all values of a card
 * together stay below 28 KB, the smallest of the products' limits (Microsoft Teams).
 */
const LONGEST = { title: 140, short: 200, arn: 600, reason: 1_200, list: 1_400, link: 1_400 };

/** Alike resources that a card names; the rest is a number. */
const LISTED = 12;

export interface CardText {
  readonly title: string;
  readonly tone: Tone;
  /** Label and value, in the order shown; a value is never empty. */
  readonly fields: readonly (readonly [label: string, value: string])[];
  /** Always https, in the AWS console. */
  readonly link: string;
}

/**
 * One line of at most `longest` characters: control, invisible and half characters become spaces, so that a value
 * that a stranger chose (a resource's name, an error message) can neither break the card nor pose as another.
 */
export function clip(value: string, longest: number): string {
  const characters = [...value.replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, " ")];
  return characters.length <= longest ? characters.join("") : `${characters.slice(0, longest - 1).join("")}…`;
}

/** The one value that all share, or how many different ones there are. */
function shared(values: readonly string[], many: string): string {
  const different = [...new Set(values)];
  return different.length === 1 ? (different[0] ?? "") : `${different.length} ${many}`;
}

function resourceList(notice: Notice): string {
  const named = notice.all.slice(0, LISTED).map(({ account, region, resource }) => clip(resource || `${account} ${region}`, 110));
  const rest = notice.all.length - named.length;
  return clip(named.join(", ") + (rest > 0 ? ` and ${rest} more` : ""), LONGEST.list);
}

/** What a card says of one message, or of many that are alike. */
export function cardText(notice: Notice): CardText {
  const { first, all } = notice;
  const { title, tone } = headlines[first.kind];
  const many = all.length > 1;
  const link = consoleLink(first);
  const fields: [string, string][] = [
    ["Account", clip(shared(all.map((message) => message.account), "accounts"), LONGEST.short)],
    ["Region", clip(shared(all.map((message) => message.region), "Regions"), LONGEST.short)],
    ["Source", clip(first.source, LONGEST.short)],
    ["Resource", many ? resourceList(notice) : clip(first.resource, LONGEST.arn)],
    ["Actor", clip(first.actor, LONGEST.arn)],
    ["Action", clip(first.action, LONGEST.short)],
    ["Outcome", first.kind],
    ["Time", clip(first.at, LONGEST.short)],
    ["Reason", clip(first.reason, LONGEST.reason)],
  ];
  return {
    title: clip(many ? `${title} (${all.length})` : title, LONGEST.title),
    tone,
    fields: fields.filter(([, value]) => value.trim() !== ""),
    link: link.length <= LONGEST.link ? link : consoleLink({ ...first, resource: "" }),
  };
}

/** The one line that a phone shows before the card is opened. */
export function summary(text: CardText): string {
  const of = (label: string) => text.fields.find(([name]) => name === label)?.[1];
  return clip([text.title, of("Account"), of("Region"), of("Resource")].filter((part) => part !== undefined).join(" - "), 300);
}
