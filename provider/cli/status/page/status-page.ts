import { readFileSync } from "node:fs";
import path from "node:path";
import type { FleetReport, GroupReport, HostReport } from "../../../report/fleet-report";
import { countsInWords, minuteOf, stackInWords } from "../../../report/members";
import { countChart } from "./count-chart";
import { expiryChart } from "./expiry-chart";
import { html, nothing, type Html } from "./html";
import { memberTables } from "./member-tables";
import { slotChart } from "./slot-chart";
import { stateBar, stateLegend } from "./state-chart";
import { badge, hostLook } from "./status-looks";

/** The report as a page of one file: no script, nothing that is loaded from elsewhere. */
export function statusPage(report: FleetReport): string {
  const name = stackInWords(report);
  const written = minuteOf(report.stack.updatedAt);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        />
        <link rel="icon" href="data:," />
        <title>Volume activation of ${name}</title>
        <style>
          ${{ markup: styleSheet() }}
        </style>
      </head>
      <body>
        <header>
          <h1>Volume activation <span class="quiet">${name}</span></h1>
          <p class="quiet">
            ${written === "" ? nothing : html`Stack written <time>${written}</time>, `}page made
            <time>${minuteOf(report.at)}</time>
          </p>
        </header>
        <main>${report.hosts.length + report.groups.length === 0 ? empty : content(report)}</main>
      </body>
    </html> `;
  return `${page.markup.trim()}\n`;
}

const styleSheet = () => readFileSync(path.join(__dirname, "page.css"), "utf8");

const empty = html`<section>
  <h2>Nothing here yet</h2>
  <p>No KMS host and no client group in this stack.</p>
</section>`;

function content(report: FleetReport): Html {
  const { summary, hosts, keys, groups, expiries } = report;
  return html`${tiles(report)}
    ${section("Fleet by state", summary.members > 0, () => html`${stateBar(summary.membersByStatus, summary.members)}${stateLegend(summary.membersByStatus, summary.members)}`)}
    <div class="columns">
      ${section("Host counts against thresholds", hosts.length > 0, () => countChart(hosts))}
      ${section("Host slots used", keys.length > 0, () => slotChart(keys))}
    </div>
    ${section("Expiry dates", expiries.length > 0, () => expiryChart(expiries, new Date(report.at)))}
    ${section("KMS hosts", hosts.length > 0, () => hostTable(hosts))} ${groups.map(groupSection)}`;
}

const section = (title: string, wanted: boolean, body: () => Html) =>
  wanted
    ? html`<section>
        <h2>${title}</h2>
        ${body()}
      </section>`
    : nothing;

function tiles({ summary }: FleetReport): Html {
  const { hosts, hostsLicensed, members, membersByStatus, machinesMissing, nextExpiry, expiryPassed } =
    summary;
  const tile = (title: string, value: string, note = "") =>
    html`<div class="tile">
      <dt>${title}</dt>
      <dd><b>${value}</b>${note === "" ? nothing : html` <span class="quiet">${note}</span>`}</dd>
    </div>`;
  return html`<dl class="tiles">
    ${tile("KMS hosts licensed", `${hostsLicensed} of ${hosts}`)}
    ${tile("Members licensed", `${membersByStatus.Licensed ?? 0} of ${members}`)}
    ${machinesMissing > 0 ? tile("Machines missing for a threshold", String(machinesMissing)) : nothing}
    ${nextExpiry === "" ? nothing : tile("First expiry", nextExpiry.slice(0, 10), "without renewal")}
    ${expiryPassed > 0 ? tile("Recorded expiries passed", String(expiryPassed), "run pulumi refresh") : nothing}
  </dl>`;
}

function hostTable(hosts: readonly HostReport[]): Html {
  const rows = hosts.map(
    (host) =>
      html`<tr>
          <th scope="row">${host.name}</th>
          <td>${badge(hostLook(host.status))}</td>
          <td>${host.machine}</td>
          <td>${host.os}</td>
          <td>${host.keyGroup}</td>
          <td>${host.keyEnding}</td>
          <td class="number">${host.count}</td>
        </tr>
        ${host.drift.map(
          (difference) =>
            html`<tr class="error">
              <td colspan="7">${difference}</td>
            </tr>`,
        )}`,
  );
  return html`<div class="scroll" role="region" aria-label="KMS hosts" tabindex="0">
    <table>
      <caption class="hidden">
        KMS hosts
      </caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Status</th>
          <th scope="col">Machine</th>
          <th scope="col">System</th>
          <th scope="col">Key group</th>
          <th scope="col">Key</th>
          <th scope="col" class="number">Count</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function groupSection(group: GroupReport): Html {
  const { name, os, edition, hosts, members, membersByStatus, machinesMissing, threshold, membersHidden } =
    group;
  const facts = [`${os} ${edition}`.trim(), hosts.join(", "), countsInWords(membersByStatus, members.length)];
  return html`<section>
    <h2>Client group ${name}</h2>
    <p class="quiet">${facts.filter((fact) => fact !== "").join(" · ")}</p>
    ${machinesMissing > 0 ? html`<p>The KMS host must hear from ${machinesMissing} more machines to reach ${threshold}.</p>` : nothing}
    ${membersHidden ? html`<p>The members are secret in this stack.</p>` : nothing}
    ${members.length > 0 ? stateBar(membersByStatus, members.length) : nothing} ${memberTables(group)}
  </section>`;
}
