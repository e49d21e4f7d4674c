import fc from "fast-check";
import { headlines, type Message, type MessageKind, type Notice } from "../message";
import * as googleChat from "./google-chat";
import { formats } from "./index";
import * as slack from "./slack";
import * as teams from "./teams";
import { cardText } from "./text";

const message: Message = {
  id: "outcome#1",
  kind: "repaired",
  account: "111111111111",
  region: "eu-central-1",
  source: "vpc",
  resource: "arn:aws:ec2:eu-central-1:111111111111:vpc/vpc-1",
  actor: "arn:aws:sts::111111111111:assumed-role/admin/eve",
  action: "ec2:DeleteFlowLogs",
  reason: "flow log <fl-1> & its decoys *gone*",
  at: "2026-11-01T10:00:00Z",
};
const one = (more: Partial<Message> = {}): Notice => {
  const first = { ...message, ...more };
  return { first, all: [first] };
};

test("a card says account, Region, resource, actor, action, outcome, time and reason, and links to the console", () => {
  const text = cardText(one());
  expect(text.fields).toEqual([
    ["Account", "111111111111"],
    ["Region", "eu-central-1"],
    ["Source", "vpc"],
    ["Resource", "arn:aws:ec2:eu-central-1:111111111111:vpc/vpc-1"],
    ["Actor", "arn:aws:sts::111111111111:assumed-role/admin/eve"],
    ["Action", "ec2:DeleteFlowLogs"],
    ["Outcome", "repaired"],
    ["Time", "2026-11-01T10:00:00Z"],
    ["Reason", "flow log <fl-1> & its decoys *gone*"],
  ]);
  expect(text.link).toBe("https://eu-central-1.console.aws.amazon.com/vpcconsole/home?region=eu-central-1#VpcDetails:VpcId=vpc-1");
});

test("many that are alike are counted, and named as far as there is room", () => {
  const all = Array.from({ length: 30 }, (_, index) => ({ ...message, id: String(index), account: index % 2 === 0 ? "111111111111" : "222222222222" }));
  const { title, fields } = cardText({ first: all[0]!, all });
  expect(title).toBe("Logging was weakened, and is repaired (30)");
  expect(fields[0]).toEqual(["Account", "2 accounts"]);
  expect(fields[3]?.[1]).toMatch(/ and 18 more$/);
});

test("Google Chat: a card of version 2 with escaped text and a button", () => {
  const body = googleChat.card(one());
  expect(Object.keys(body)).toEqual(["fallbackText", "cardsV2"]);
  const { card } = body.cardsV2[0]!;
  expect(card.header.title).toBe("Logging was weakened, and is repaired");
  const [widgets] = card.sections.map((section) => section.widgets);
  expect(widgets).toContainEqual({ decoratedText: { topLabel: "Reason", text: "flow log &lt;fl-1&gt; &amp; its decoys *gone*", wrapText: true } });
  expect(widgets?.at(-1)).toMatchObject({ buttonList: { buttons: [{ onClick: { openLink: { url: expect.stringMatching(/^https:/) } } }] } });
});

test("Slack: blocks with escaped text and a link", () => {
  const body = slack.card(one());
  expect(body.blocks.map(({ type }) => type)).toEqual(["header", "section", "section", "context"]);
  expect(JSON.stringify(body)).toContain("flow log &lt;fl-1&gt; &amp; its decoys *gone*");
  expect(JSON.stringify(body.blocks.at(-1))).toContain("|Open in the console>");
});

test("Teams: an Adaptive Card in a Workflows envelope, in runs that read no Markdown", () => {
  const body = teams.card(one());
  expect(body.type).toBe("message");
  const [attachment] = body.attachments;
  expect(attachment).toMatchObject({ contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content: { type: "AdaptiveCard", version: "1.4" } });
  expect(new Set(attachment!.content.body.map(({ type }) => type))).toEqual(new Set(["RichTextBlock"]));
  expect(JSON.stringify(body)).toContain("flow log <fl-1> & its decoys *gone*");
});

test.each(Object.keys(headlines) as MessageKind[])("%s has a card in every product", (kind) => {
  for (const { card } of Object.values(formats)) expect(JSON.stringify(card(one({ kind })))).toContain(headlines[kind].title);
});

test("Slack: a mention in a stranger's text mentions nobody", () => {
  const body = JSON.stringify(slack.card(one({ resource: "<!channel> <https://evil.example|click>", reason: "<@U1>" })));
  expect(body).not.toMatch(/<[!@#]|<https:\/\/evil/);
});

/** Strings that are hard on a limit: what is escaped, what takes four bytes, what is half a character. */
const nasty = fc.oneof(
  fc.string({ unit: "binary", maxLength: 6_000 }),
  fc.constantFrom("&", "<", "\"", "\\", "\u0000", "\u202e", "😀", "\ud800", "日").map((unit) => unit.repeat(6_000)),
);

function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(strings) : [];
}

test("no text of a stranger breaks a product's limit, or carries a control character", () => {
  fc.assert(
    fc.property(fc.record({ resource: nasty, actor: nasty, action: nasty, reason: nasty, source: nasty, account: nasty, region: nasty, at: nasty }), fc.integer({ min: 1, max: 30 }), (texts, copies) => {
      const first = { ...message, ...texts };
      const notice: Notice = { first, all: Array.from({ length: copies }, (_, index) => ({ ...first, resource: `${first.resource}${index}`, account: String(index) })) };
      const bytes = (body: unknown) => Buffer.byteLength(JSON.stringify(body));
      expect(bytes(googleChat.card(notice))).toBeLessThanOrEqual(googleChat.LARGEST);
      expect(bytes(teams.card(notice))).toBeLessThanOrEqual(teams.LARGEST);
      const body = slack.card(notice);
      for (const block of body.blocks) {
        if ("text" in block && block.text !== undefined) expect(block.text.text.length).toBeLessThanOrEqual(block.type === "header" ? slack.LONGEST.header : slack.LONGEST.text);
        if ("fields" in block) {
          expect(block.fields!.length).toBeLessThanOrEqual(slack.LONGEST.fields);
          for (const field of block.fields!) expect(field.text.length).toBeLessThanOrEqual(slack.LONGEST.field);
        }
        if ("elements" in block) for (const element of block.elements!) expect(element.text.length).toBeLessThanOrEqual(slack.LONGEST.text);
      }
      for (const card of [googleChat.card(notice), teams.card(notice)]) for (const text of strings(card)) expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    }),
    { numRuns: 60 },
  );
});
