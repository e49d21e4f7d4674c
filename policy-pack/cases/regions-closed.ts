import { ordinary } from "../../infra/documents/configurations-for-tests";
import { lock, without } from "../lock-for-tests";
import type { Cases } from "./case";

export const cases: Cases = {
  configuration: ordinary,
  passes: { "the lock": lock("scp") },
  fails: {
    "closed Regions open": [/in a Region that is not governed.*calls .*:Create/, ...without("scp", "NothingLogsElsewhere")],
    "a Region named in the request": [/named in a request to another.*calls s3:CreateBucket/, ...without("scp", "NothingIsPlacedElsewhereS3")],
    "Regions that anybody opens": [/calls account:EnableRegion/, ...without("scp", "NoRegionIsOpened")],
    "Regions that anybody disables": [/calls account:DisableRegion/, ...without("scp", "GovernedRegionsStay")],
    "accounts that leave": [/calls (account:CloseAccount|organizations:LeaveOrganization)/, ...without("scp", "AccountsStay")],
  },
};
