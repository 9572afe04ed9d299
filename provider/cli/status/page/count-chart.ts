import type { HostReport, ThresholdReport } from "../../../report/fleet-report";
import { html, type Html } from "./html";
import { percent } from "./state-chart";

/** How far a bar goes on beyond the higher threshold. */
const roomBeyond = 1.2;

/** For each KMS host a bar of its count, with marks where servers and Windows clients are activated. */
export function countChart(hosts: readonly HostReport[]): Html {
  const scale =
    roomBeyond * Math.max(...hosts.flatMap((host) => [host.count, host.windowsClients.threshold]));
  return html`<ul class="rows">
    ${hosts.map((host) => countRow(host, scale))}
  </ul>`;
}

function countRow(host: HostReport, scale: number): Html {
  const { name, count, servers, windowsClients } = host;
  const label = `${name} counts ${count} machines; servers need ${servers.threshold}, Windows clients ${windowsClients.threshold}`;
  return html`<li>
    <p class="row-title"><b>${name}</b> <span class="quiet">counts</span> <b>${count}</b></p>
    <svg class="bullet" role="img" aria-label="${label}">
      <rect class="track" y="25%" width="100%" height="50%" />
      <rect class="value" y="25%" width="${percent((100 * Math.min(count, scale)) / scale)}" height="50%" />
      ${[servers, windowsClients].map(({ threshold }) => mark((100 * threshold) / scale))}
    </svg>
    <p class="row-note">${inWords("servers", servers)} · ${inWords("Windows clients", windowsClients)}</p>
  </li>`;
}

const mark = (place: number) =>
  html`<line class="mark" x1="${percent(place)}" x2="${percent(place)}" y1="0" y2="100%" />`;

function inWords(what: string, { threshold, missing }: ThresholdReport): Html {
  return missing === 0
    ? html`<span><span aria-hidden="true">✓</span> ${what}: ${threshold} reached</span>`
    : html`<span><span aria-hidden="true">…</span> ${what}: ${missing} missing of ${threshold}</span>`;
}
