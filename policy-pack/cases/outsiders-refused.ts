import { ordinary } from "../../infra/documents/configurations-for-tests";
import { changed, less, lock, without } from "../lock-for-tests";
import type { Cases } from "./case";

export const cases: Cases = {
  configuration: ordinary,
  passes: { "the boundary": lock("rcp") },
  fails: {
    "outsiders let in": [/from outside the organization.*calls/, ...without("rcp", "OutsidersStayOut")],
    "services that act for them": [/by a service that acts for outsiders.*calls/, ...without("rcp", "ServicesActForUs")],
    "other pipelines": [/calls sts:AssumeRoleWith/, ...without("rcp", "OurPipelineAloneFederates")],
    "a service forgotten": [/calls sqs:/, ...changed("rcp", "OutsidersStayOut", less("Action", "sqs:*"))],
  },
};
