/** The doctor's causes as a page (docs/doctor.md), out of the checks themselves. */
import { checks } from "./checks";

const cell = (text: string) => text.replaceAll("|", "\\|");
const row = (...cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;

export function doctorPage(): string {
  return [
    "# Why a log is missing",
    "",
    "Made by `npm run --silent doctor -- --page > docs/doctor.md`; a test holds it to the checks.",
    "",
    "```sh",
    "npm run --silent doctor -- --role ReadOnly             # everything, everywhere",
    "npm run --silent doctor -- --role ReadOnly --source vpc --account 111122223333 --region eu-central-1",
    "npm run --silent doctor -- --role ReadOnly --resource arn:aws:ec2:eu-central-1:111122223333:vpc/vpc-0a1b",
    "npm run --silent doctor -- --lab                       # a lab that npm run lab -- --keep left running",
    "```",
    "",
    "It reads, and changes nothing. `--role` is the name of a role that the caller may assume in each account (`ReadOnlyAccess`",
    "suffices; the lock leaves these reads to everybody); without it only the caller's own account is read. What can't be",
    "read is said as UNREAD and never taken for healthy. Each line of a cause says what was found where, its symptom, what else",
    "it explains, and the one change that would mend it: a disabled key is one cause, not ten flow logs.",
    "",
    "Whether a service may write its log, and an enforcer do its work, is judged by the policies in force, as one request each,",
    "by the evaluator that the lab uses. Exit 0 healthy and all read, 1 a cause found, 3 something unread and no cause found, 2 bad",
    "input. `--json` prints `{causes:[{cause,certainty,what,where,found,mend,affects}],notes,unread:[{account,region,action,why}],read,accounts,",
    "clock:[{source,log,account,region,newest}]}`. A cause is `certain`, or `possible` (POSSIBLE): nothing was found in the way, and yet what",
    "used to arrive no longer does; that is said to whoever asks about an account.",
    "",
    "## Causes",
    "",
    row("cause", "what somebody meets", "what is not as it should be"),
    row("---", "---", "---"),
    ...Object.values(checks).flatMap(({ causes }) => Object.entries(causes).map(([id, { symptom, cause }]) => row(`\`${id}\``, symptom, cause))),
    "",
    "## What is read",
    "",
    ...Object.entries(checks).map(([name, { looksAt }]) => `- \`${name}\`: ${looksAt}.`),
    "",
    "## What it can't tell",
    "",
    "- Whether a source is idle or silent: nothing new in the archive (`nothing-new`) is said, and is no cause. After three days",
    "  `stopped-arriving` is a possible one, where resources log and an account was asked for.",
    "- An organization's accounts that the role can't be assumed in, and what its policy does not let it read: they are listed.",
    "- What AWS does not show: a delivery that fails inside a service, and tells it nowhere.",
    "",
  ].join("\n");
}
