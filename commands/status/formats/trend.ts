/** The share of resources that are logged, day by day, as a line. */
import { percent } from "../summary";

export interface Point {
  /** `2026-11-21` */
  readonly day: string;
  /** Of a hundred; undefined where nothing had been seen. */
  readonly share: number | undefined;
}

/** Days that the line goes back. */
const DAYS = 90;

const [width, height] = [1_000, 170];
const inner = { left: 52, right: 990, top: 14, bottom: 140 };

/** A round step that cuts a span into a few parts. */
const stepOf = (span: number): number => [0.1, 0.2, 0.5, 1, 2, 5, 10, 20].find((step) => span / step <= 4.5) ?? 25;

/**
 * An SVG of the days and now; a sentence where there is nothing to draw a line between.
 *
 * The scale begins where the line does, and says so by its numbers: from 0 a loss of a hundred resources would not be seen.
 */
export function trend(days: readonly Point[], now: Point): string {
  const points = [...days.filter(({ day }) => day < now.day), now].flatMap(({ day, share }) => (share === undefined ? [] : [{ day, share }])).slice(-DAYS);
  const [first, last] = [points[0], points.at(-1)];
  if (points.length < 2 || !first || !last) return '<p class="note">No trend yet: the watcher keeps the totals of every day.</p>';
  const least = Math.min(...points.map(({ share }) => share));
  const most = Math.max(...points.map(({ share }) => share));
  const step = stepOf(Math.max(most - least, 0.4));
  const from = Math.max(0, Math.floor((least - step / 10) / step) * step);
  const to = Math.min(100, Math.max(Math.ceil(most / step) * step, from + step));
  const time = (day: string) => Date.parse(day);
  const x = (day: string) => inner.left + ((time(day) - time(first.day)) / (time(last.day) - time(first.day))) * (inner.right - inner.left);
  const y = (share: number) => inner.bottom - ((share - from) / (to - from)) * (inner.bottom - inner.top);
  const at = ({ day, share }: { day: string; share: number }) => `${x(day).toFixed(1)},${y(share).toFixed(1)}`;
  const lines = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, index) => from + index * step).map(
    (share) =>
      `<line x1="${inner.left}" x2="${inner.right}" y1="${y(share).toFixed(1)}" y2="${y(share).toFixed(1)}" stroke="var(--line)"/><text x="${inner.left - 6}" y="${(y(share) + 4).toFixed(1)}" text-anchor="end">${share.toFixed(step < 1 ? 1 : 0)} %</text>`,
  );
  const area = `${inner.left},${inner.bottom} ${points.map(at).join(" ")} ${inner.right},${inner.bottom}`;
  return `<h2>Trend</h2><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="from ${percent(first.share)} on ${first.day} to ${percent(last.share)} now">
${lines.join("")}<polygon points="${area}" fill="var(--logged)" opacity=".12"/><polyline points="${points.map(at).join(" ")}" fill="none" stroke="var(--logged)" stroke-width="2"/>
<circle cx="${x(last.day).toFixed(1)}" cy="${y(last.share).toFixed(1)}" r="3.5" fill="var(--logged)"/>
<text x="${inner.left}" y="${height - 12}">${first.day}</text><text x="${inner.right}" y="${height - 12}" text-anchor="end">now</text></svg>`;
}
