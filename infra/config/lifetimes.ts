/** How long each kind of log is kept where the configuration does not say: what a regulation asks of it. */
import type { Archive, Lifetime } from "./archive";

/**
 * Twelve months, three of them at hand: 92 days is the longest three months there are, and a month is added to the twelve
 * for whoever begins to look at their end. PCI DSS 4.0.1, requirement 10.5.1.
 */
const yearAtHand: Lifetime = { standardDays: 92, keepDays: 400 };

/**
 * Seven years: 17 CFR 210.2-06 (Sarbanes-Oxley, section 802); as long as AWS Config keeps its own history by default.
 * https://docs.aws.amazon.com/config/latest/developerguide/delete-config-data-with-retention-period.html
 */
const sevenYears: Lifetime = { standardDays: 92, keepDays: 2_557 };

/** Who did what, and how everything was set up. */
const longer: Readonly<Record<string, Lifetime>> = { trail: sevenYears, config: sevenYears };

/** @param log a name of `archiveLogs`, or of the archive's logs about itself */
export const lifetimeOf = ({ lifetimes }: Pick<Archive, "lifetimes">, log: string): Lifetime => lifetimes[log] ?? longer[log] ?? yearAtHand;
