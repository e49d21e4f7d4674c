/** The sets of texts that the tables speak of, and the account in them: `?` stands for a digit wherever it is one of twelve. */
import { ANY_ACCOUNT } from "../../infra/names";
import type { Language } from "../prover/types";

const text = (...like: readonly string[]): Language => ({ reading: "text", like });

export const anything = text("*");
export const something = text("?*");
export const truth = text("true", "false");
export const account = text(ANY_ACCOUNT);
/** `eu-central-1`, `us-gov-west-1`: two letters, a place, a digit; a Region that opens tomorrow is among them. */
export const region = text("??-?*-?");
/** `cloudformation.amazonaws.com`, `logs.eu-central-1.amazonaws.com`. */
export const servicePrincipal = text("?*.amazonaws.com");
export const organization = text("o-?*");
/** `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`. */
export const organizationPath = text("o-?*/r-?*/*");
export const exactly = text;
/** All of a language but what the globs match, read as the language itself is. */
export const but = (language: Language, unlike: readonly string[]): Language =>
  unlike.length === 0 ? language : { ...language, unlike: [...(language.unlike ?? []), ...unlike] };
