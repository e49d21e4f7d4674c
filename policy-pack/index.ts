import { PolicyPack } from "@pulumi/policy";
import { crossGuardPolicy } from "./crossguard";
import { rules } from "./policies";

new PolicyPack("fall", { enforcementLevel: "mandatory", policies: rules.map(crossGuardPolicy) });
