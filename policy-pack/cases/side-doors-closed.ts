import { ordinary } from "../../infra/documents/configurations-for-tests";
import { lock, without } from "../lock-for-tests";
import type { Cases } from "./case";

export const cases: Cases = {
  configuration: ordinary,
  passes: { "the lock": lock("scp") },
  fails: {
    "the bus's permissions": [/calls events:(Put|Remove)Permission on no resource/, ...without("scp", "BusKeepsItsPermissions")],
    "the default bus's key": [/calls events:UpdateEventBus on .*event-bus\/default/, ...without("scp", "DefaultBusStaysReadable")],
    "the notifier's queue": [/calls lambda:.*EventSourceMapping/, ...without("scp", "NotifierKeepsItsQueue")],
    "templates in every member": [/calls cloudformation:/, ...without("scp", "DelegatedDeploysStackSets")],
    "access points": [/calls s3:/, ...without("scp", "ArchiveHasNoSideDoor")],
    "logs that expire": [/letting logs expire/, ...without("scp", "LogsAreNotAgedOut")],
    "the exclusion tag": [/excluding a resource/, ...without("scp", "ExclusionTagIsGiven")],
  },
};
