/** What a small archive of samples is made around. */
import type { Configuration } from "../../infra/config/configuration";

export interface Ground {
  /** Of the archive that holds them. */
  readonly config: Configuration;
  /** Whose logs most of them are. */
  readonly account: string;
  /** Somebody else's, some of which are not asked for. */
  readonly other: string;
  /** Where most of them are of: a governed Region, not the home Region. */
  readonly region: string;
  /** 2026-09-29: the day of what is planted; the day before and after hold what is not asked for. */
  readonly day: string;
}

/** Another day, as many days later. */
export const dayFrom = ({ day }: Pick<Ground, "day">, days: number): string => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
