import { limits } from "../../../catalog/limits";
import { millisecondsPerWeek, weekOf } from "../../../report/members";
import type { ExpiryWeek } from "../../../report/fleet-report";
import { html, type Html } from "./html";
import { percent } from "./state-chart";

/** One bar of the chart. */
interface Bar {
  label: string;
  members: number;
}

/** An activation ends within its validity, which begins when it is made. */
const weeks = Math.ceil(limits.activationValidityDays / 7) + 1;

/** A date below every so many bars, so that they fit on a narrow screen. */
const barsPerLabel = 7;

/** Room above the highest bar, in percent. */
const headroom = 8;

/** Members by the week that their activation ends in, from this week on; those before and after are summed up. */
export function expiryChart(expiries: readonly ExpiryWeek[], now: Date): Html {
  const bars = barsOf(expiries, now);
  const highest = Math.max(...bars.map(({ members }) => members));
  const width = 100 / bars.length;
  const all = expiries.reduce((sum, { members }) => sum + members, 0);
  const shapes = bars.map(({ members }, index) => {
    const height = ((100 - headroom) * members) / highest;
    return html`<rect
      class="value"
      x="${percent(index * width + width / 10)}"
      width="${percent(width * 0.8)}"
      y="${percent(100 - height)}"
      height="${percent(height)}"
    />`;
  });
  const labels = bars.flatMap(({ label }, index) =>
    index % barsPerLabel === 0
      ? [html`<text class="axis" x="${percent(index * width)}" y="14">${label}</text>`]
      : [],
  );
  const full = bars.filter(({ members }) => members > 0);
  return html`<p class="row-note">
      Highest bar: ${highest} members in a week. Members renew every week while they reach a KMS host.
    </p>
    <svg
      class="histogram"
      role="img"
      aria-label="Ends of the activations of ${all} members by week; the table below has the numbers"
    >
      <line class="mark" x1="0" x2="100%" y1="100%" y2="100%" />
      ${shapes}
    </svg>
    <svg class="axis-line" aria-hidden="true">${labels}</svg>
    <details>
      <summary>Numbers by week</summary>
      <table>
        <caption>
          Members by the week that their activation ends in
        </caption>
        <thead>
          <tr>
            <th scope="col">Week of</th>
            <th scope="col" class="number">Members</th>
          </tr>
        </thead>
        <tbody>
          ${full.map(
            ({ label, members }) =>
              html`<tr>
                <th scope="row">${label}</th>
                <td class="number">${members}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </details>`;
}

function barsOf(expiries: readonly ExpiryWeek[], now: Date): Bar[] {
  const shown = Array.from({ length: weeks }, (_, index) =>
    weekOf(now.getTime() + index * millisecondsPerWeek),
  );
  const [first, last] = [shown[0], shown[shown.length - 1]];
  const sum = (wanted: (week: string) => boolean) =>
    expiries.filter(({ week }) => wanted(week)).reduce((total, { members }) => total + members, 0);
  const outside = (label: string, members: number) => (members === 0 ? [] : [{ label, members }]);
  return [
    ...outside(
      `before ${first}`,
      sum((week) => week < first),
    ),
    ...shown.map((week) => ({ label: week, members: sum((other) => other === week) })),
    ...outside(
      `after ${last}`,
      sum((week) => week > last),
    ),
  ];
}
