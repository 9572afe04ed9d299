import { limits } from "../../catalog/limits";
import type { MemberCounts } from "../../group/member";
import type {
  ExpiryWeek,
  HostReport,
  KeyHostReport,
  KeyReport,
  ThresholdReport,
} from "../../report/fleet-report";
import { inAttentionOrder, millisecondsPerWeek, weekOf } from "../../report/group-reports";
import { counted, countsInWords, hostKeyRows, type HostKeyRow } from "../../report/words";
import { html, looks, nothing, type Html } from "./html";

/*
 * Charts as SVG, which a page without scripts can show. Chart libraries need a browser, or are many times this package's
 * size; these are rectangles whose places are percentages.
 */

/** A length or a place along a chart. */
const percent = (value: number) => `${Math.round(value * 100) / 100}%`;

/** A segment narrower than this, in percent of the bar, has no room for its sign. */
const signPercent = 6;

const licensedFirst = (counts: MemberCounts) => inAttentionOrder(counts).reverse();

/** One bar, a segment for each status, with signs; the legend has the numbers. */
export function statusBar(counts: MemberCounts, all: number): Html {
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
export function statusLegend(counts: MemberCounts, all: number): Html {
  const items = licensedFirst(counts).map(
    ([status, number]) =>
      html`<li>
        <span class="swatch ${looks[status].className}" aria-hidden="true">${looks[status].sign}</span>
        <b>${number}</b> ${status} <span class="quiet">${share(number, all)}</span>
      </li>`,
  );
  return html`<ul class="legend">
    ${items}
  </ul>`;
}

/** Never 100 % while one is missing, and never 0 % while there is one. */
function share(number: number, all: number): string {
  const percentage = Math.round((100 * number) / all);
  return `${number === all ? 100 : Math.min(99, Math.max(1, percentage))} %`;
}

/** How far a bar goes on beyond the highest threshold. */
const roomBeyond = 1.2;

/** A count of a KMS host with the thresholds that it must reach. */
interface Count {
  title: string;
  count: number;
  thresholds: [what: string, ThresholdReport][];
}

function countOf({ host, title, office, currentCount, clients }: HostKeyRow): Count[] {
  if (currentCount === undefined) {
    return [];
  }
  const thresholds: [string, ThresholdReport | undefined][] =
    office === undefined
      ? [
          ["servers", host.servers],
          ["Windows clients", host.windowsClients],
        ]
      : [["Office", clients]];
  const known = thresholds.filter((threshold): threshold is [string, ThresholdReport] => !!threshold[1]);
  return [{ title, count: currentCount, thresholds: known }];
}

/** For each count of a KMS host a bar, with marks where servers and Windows clients, or clients of Office, are activated. */
export function countChart(hosts: readonly HostReport[]): Html {
  const counts = hostKeyRows(hosts).flatMap(countOf);
  const highest = counts.flatMap(({ count, thresholds }) => [
    count,
    ...thresholds.map(([, { threshold }]) => threshold),
  ]);
  const scale = roomBeyond * Math.max(...highest);
  return html`<ul class="rows">
    ${counts.map((count) => countRow(count, scale))}
  </ul>`;
}

/** Whether there is a count to show. */
export const hasCounts = (hosts: readonly HostReport[]) => hostKeyRows(hosts).flatMap(countOf).length > 0;

function countRow({ title, count, thresholds }: Count, scale: number): Html {
  const needed = thresholds.map(([what, { threshold }]) => `${what} need ${threshold}`).join(", ");
  return html`<li>
    <p class="row-title"><b>${title}</b> <span class="quiet">counts</span> <b>${count}</b></p>
    <svg class="bullet" role="img" aria-label="${title} counts ${counted(count, "machine")}; ${needed}">
      <rect class="track" y="25%" width="100%" height="50%" />
      <rect class="value" y="25%" width="${percent((100 * Math.min(count, scale)) / scale)}" height="50%" />
      ${thresholds.map(([, { threshold }]) => mark((100 * threshold) / scale))}
    </svg>
    <p class="row-note">${thresholds.map(thresholdInWords)}</p>
  </li>`;
}

const mark = (place: number) =>
  html`<line class="mark" x1="${percent(place)}" x2="${percent(place)}" y1="0" y2="100%" />`;

function thresholdInWords([what, { threshold, missing }]: [string, ThresholdReport], index: number): Html {
  const between = index === 0 ? "" : " · ";
  return missing === 0
    ? html`${between}<span><span aria-hidden="true">✓</span> ${what}: ${threshold} reached</span>`
    : html`${between}<span
          ><span aria-hidden="true">…</span> ${what}: ${missing} missing of ${threshold}</span
        >`;
}

/** More hosts than this are not drawn one by one. */
const drawnHosts = 24;

/** For each KMS host key the hosts that it has used of those that it may activate. */
export const hostsUsedChart = (keys: readonly KeyReport[]): Html =>
  html`<ul class="rows">
    ${keys.map(hostsUsedRow)}
  </ul>`;

function hostsUsedRow(key: KeyReport): Html {
  const { keyGroup, partialProductKey, hostLimit, hostsUsed, source, hosts } = key;
  const number = `${source === "ledger" ? "" : "at least "}${hostsUsed} of ${hostLimit}`;
  return html`<li>
    <p class="row-title">
      <b>${keyGroup}</b> <span class="quiet">key ending in ${partialProductKey}:</span> <b>${number}</b>
      <span class="quiet">hosts used</span>
    </p>
    ${hostLimit <= drawnHosts ? slots(key, number) : nothing}
    <ul class="plain">
      ${hosts.map(keyHost)}
    </ul>
    ${source === "ledger" ? nothing : html`<p class="row-note">${stackAlone(key)}</p>`}
  </li>`;
}

const slots = ({ hostLimit, hostsUsed }: KeyReport, number: string): Html =>
  html`<p class="slots" role="img" aria-label="${number} hosts used">
    ${Array.from({ length: hostLimit }, (_, index) =>
      index < hostsUsed
        ? html`<span class="slot used" aria-hidden="true">■</span>`
        : html`<span class="slot" aria-hidden="true">□</span>`,
    )}
  </p>`;

const keyHost = ({ computerName, stack, retired, activationsSpent, activationsLeft }: KeyHostReport) =>
  html`<li>
    ${computerName}${retired ? " (retired)" : ""}: ${activationsSpent} of
    ${activationsSpent + activationsLeft} activations <span class="quiet">${stack}</span>
  </li>`;

const stackAlone = ({ ledger, ledgerError }: KeyReport) =>
  `Counted from this stack alone${ledgerError === undefined ? "" : `; ledger ${ledger}: ${ledgerError}`}`;

/** One bar of the expiries. */
interface Bar {
  label: string;
  members: number;
}

/** An activation expires within its validity, which begins when it is made. */
const weeks = Math.ceil(limits.activationValidityDays / 7) + 1;

/** Bars from one date below them to the next: all of them would not fit on a narrow screen. */
const barsPerLabel = 7;

/** Room above the highest bar, in percent. */
const headroom = 8;

/** Members by the week in which their activation expires, from this week on; those before and after are summed up. */
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
  return html`<p class="row-note">
      Highest bar: ${counted(highest, "member")} in a week. Members renew every week while they reach a KMS
      host.
    </p>
    <svg
      class="histogram"
      role="img"
      aria-label="Expiries of the activations of ${counted(all, "member")} by week; the table below has the numbers"
    >
      <line class="mark" x1="0" x2="100%" y1="100%" y2="100%" />
      ${shapes}
    </svg>
    <svg class="axis-line" aria-hidden="true">${labels}</svg>
    ${weekTable(bars.filter(({ members }) => members > 0))}`;
}

const weekTable = (bars: readonly Bar[]): Html =>
  html`<details>
    <summary>Numbers by week</summary>
    <table>
      <caption>
        Members by the week in which their activation expires
      </caption>
      <thead>
        <tr>
          <th scope="col">Week of</th>
          <th scope="col" class="number">Members</th>
        </tr>
      </thead>
      <tbody>
        ${bars.map(
          ({ label, members }) =>
            html`<tr>
              <th scope="row">${label}</th>
              <td class="number">${members}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`;

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
