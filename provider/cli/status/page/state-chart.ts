import type { StatusCounts } from "../../../report/fleet-report";
import { statusOrder } from "../../../report/members";
import { countsInWords } from "../../../report/members";
import { html, type Html } from "./html";
import { looks } from "./status-looks";

/** A segment narrower than this, in percent of the bar, has no room for its sign. */
const signPercent = 6;

/** One bar, a segment for each state, with signs; the legend has the numbers. */
export function stateBar(counts: StatusCounts, all: number): Html {
  let left = 0;
  const segments = licensedFirst(counts).map(([status, number]) => {
    const width = (100 * number) / all;
    const middle = left + width / 2;
    const { className, sign } = looks[status];
    const rectangle = html`<rect
      class="${className}"
      x="${percent(left)}"
      width="${percent(width)}"
      height="100%"
    />`;
    left += width;
    return width < signPercent
      ? rectangle
      : html`${rectangle}<text class="on-${className}" x="${percent(middle)}" y="50%">${sign}</text>`;
  });
  return html`<svg class="bar" role="img" aria-label="${countsInWords(counts, all)}">${segments}</svg>`;
}

/** What each segment is, and how many members it stands for. */
export function stateLegend(counts: StatusCounts, all: number): Html {
  const items = licensedFirst(counts).map(
    ([status, number]) =>
      html`<li>
        <span class="swatch ${looks[status].className}" aria-hidden="true">${looks[status].sign}</span>
        <b>${number}</b> ${looks[status].words} <span class="quiet">${share(number, all)}</span>
      </li>`,
  );
  return html`<ul class="legend">
    ${items}
  </ul>`;
}

const licensedFirst = (counts: StatusCounts) =>
  [...statusOrder].reverse().flatMap((status) => {
    const number = counts[status] ?? 0;
    return number === 0 ? [] : [[status, number] as const];
  });

/** Never 100 % while one is missing, and never 0 % while there is one. */
function share(number: number, all: number): string {
  const percentage = Math.round((100 * number) / all);
  return `${number === all ? 100 : Math.min(99, Math.max(1, percentage))} %`;
}

/** A place along a chart. */
export const percent = (value: number) => `${Math.round(value * 100) / 100}%`;
