/** The local organization, made in moto by calls through the proxy. */
export { callersAt, HOME, type Caller, type CallerIn, type Person } from "./caller";
export { type Choices, configurationFor, entriesFor, PLACE_SERVICE, placesFor, repository } from "./configuration";
export { type Account, buildOrganization, type Organization, READER, type OrganizationSettings } from "./organization";
export type { People } from "./people";
