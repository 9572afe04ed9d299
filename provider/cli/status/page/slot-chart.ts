import type { KeyReport } from "../../../report/fleet-report";
import { html, nothing, type Html } from "./html";

/** More places than this are not drawn one by one. */
const drawnPlaces = 24;

/** For each KMS host key the places that are taken, and by whom. */
export const slotChart = (keys: readonly KeyReport[]): Html =>
  html`<ul class="rows">
    ${keys.map(slotRow)}
  </ul>`;

function slotRow(key: KeyReport): Html {
  const { keyGroup, keyEnding, hostLimit, hostsUsed, source, hosts } = key;
  const number = `${source === "ledger" ? "" : "at least "}${hostsUsed} of ${hostLimit}`;
  return html`<li>
    <p class="row-title">
      <b>${keyGroup}</b> <span class="quiet">key ending in ${keyEnding}:</span> <b>${number}</b>
      <span class="quiet">hosts used</span>
    </p>
    ${hostLimit <= drawnPlaces ? places(key, number) : nothing}
    <ul class="plain">
      ${hosts.map(keyHost)}
    </ul>
    ${source === "ledger" ? nothing : html`<p class="row-note">${stackAlone(key)}</p>`}
  </li>`;
}

const places = ({ hostLimit, hostsUsed }: KeyReport, number: string): Html =>
  html`<p class="places" role="img" aria-label="${number} places taken">
    ${Array.from({ length: hostLimit }, (_, index) =>
      index < hostsUsed
        ? html`<span class="place taken" aria-hidden="true">■</span>`
        : html`<span class="place" aria-hidden="true">□</span>`,
    )}
  </p>`;

const keyHost = ({
  machine,
  stack,
  retired,
  activationsSpent,
  activationsLeft,
}: KeyReport["hosts"][number]) =>
  html`<li>
    ${machine}${retired ? " (retired)" : ""}: ${activationsSpent} of ${activationsSpent + activationsLeft}
    activations <span class="quiet">${stack}</span>
  </li>`;

const stackAlone = ({ ledger, ledgerError }: KeyReport) =>
  `Counted from this stack alone${ledgerError === "" ? "" : `; ledger ${ledger}: ${ledgerError}`}`;
