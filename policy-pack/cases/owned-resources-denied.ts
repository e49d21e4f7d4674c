import { ordinary } from "../../infra/documents/configurations-for-tests";
import { changed, less, lock, without } from "../lock-for-tests";
import type { Cases } from "./case";

export const cases: Cases = {
  configuration: ordinary,
  passes: { "the lock": lock("scp") },
  fails: {
    "no word on what members have": [/functions of members.*calls lambda:/, ...without("scp", "StackSetsOwnMembers")],
    "what is no harmless read left open": [/lambda:DeleteFunction.*Smallest change: in fall-lock-1-owned, statement StackSetsOwnMembers, take lambda:DeleteFunction out of NotAction/, ...changed("scp", "StackSetsOwnMembers", (statement) => ({ ...statement, NotAction: [...(statement.NotAction as string[]), "lambda:DeleteFunction"] }))],
    "a kind of thing forgotten": [/queues of members/, ...changed("scp", "StackSetsOwnMembers", less("Resource", "arn:aws:sqs:*:????????????:fall-dead-letters"))],
    "what may re-encrypt logs": [/calls s3:UpdateObjectEncryption/, ...changed("scp", "LogsAreDeliveredOnly", less("Action", "s3:UpdateObject*"))],
  },
};
