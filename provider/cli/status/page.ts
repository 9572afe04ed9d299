import { readFileSync } from "node:fs";
import path from "node:path";
import type { FleetReport, GroupReport } from "../../report/fleet-report";
import {
  countsInWords,
  diagnosticCountsInWords,
  diagnosticLines,
  minuteOf,
  stackInWords,
} from "../../report/words";
import { countChart, expiryChart, hasCounts, hostsUsedChart, statusBar, statusLegend } from "./charts";
import { html, nothing, type Html } from "./html";
import { hostTable, memberTables } from "./tables";

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
            <time>${minuteOf(report.reportedAt)}</time>
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
  const { members, memberCounts } = summary;
  return html`${tiles(report)}
    ${section("Members by status", members > 0, () => html`${statusBar(memberCounts, members)}${statusLegend(memberCounts, members)}`)}
    <div class="columns">
      ${section("Host counts against thresholds", hasCounts(hosts), () => countChart(hosts))}
      ${section("Hosts used", keys.length > 0, () => hostsUsedChart(keys))}
    </div>
    ${section("Expiries", expiries.length > 0, () => expiryChart(expiries, new Date(report.reportedAt)))}
    ${section("KMS hosts", hosts.length > 0, () => hostTable(hosts))} ${groups.map(groupSection)}`;
}

const section = (title: string, shown: boolean, body: () => Html) =>
  shown
    ? html`<section>
        <h2>${title}</h2>
        ${body()}
      </section>`
    : nothing;

function tiles({ summary }: FleetReport): Html {
  const { hosts, hostsLicensed, hostsNotObserved, members, memberCounts } = summary;
  const { machinesMissing, nextExpiry, expiriesPassed, diagnosticCounts } = summary;
  const diagnostics = diagnosticCountsInWords(diagnosticCounts);
  const tile = (title: string, value: string, note = "") =>
    html`<div class="tile">
      <dt>${title}</dt>
      <dd><b>${value}</b>${note === "" ? nothing : html` <span class="quiet">${note}</span>`}</dd>
    </div>`;
  const notObserved = hostsNotObserved === 0 ? "" : `${hostsNotObserved} not observed`;
  return html`<dl class="tiles">
    ${tile("KMS hosts licensed", `${hostsLicensed} of ${hosts}`, notObserved)}
    ${tile("Members licensed", `${memberCounts.Licensed ?? 0} of ${members}`)}
    ${machinesMissing > 0 ? tile("Machines missing for a threshold", String(machinesMissing)) : nothing}
    ${nextExpiry === undefined ? nothing : tile("Next expiry", nextExpiry.slice(0, 10), "without renewal")}
    ${expiriesPassed > 0 ? tile("Recorded expiries passed", String(expiriesPassed), "run pulumi refresh") : nothing}
    ${diagnostics === "" ? nothing : tile("Diagnostics", diagnostics)}
  </dl>`;
}

function groupSection(group: GroupReport): Html {
  const { name, os = "", edition = "", office = "", hostNames, members, memberCounts } = group;
  const { machinesMissing, threshold = "its threshold", membersHidden } = group;
  const counts = membersHidden ? "" : countsInWords(memberCounts, members.length);
  const facts = [`${os} ${edition}`.trim(), office, hostNames.join(", "), counts];
  return html`<section>
    <h2>Client group ${name}</h2>
    <p class="quiet">${facts.filter((fact) => fact !== "").join(" · ")}</p>
    ${machinesMissing > 0 ? html`<p>The KMS host must count ${machinesMissing} more ${machinesMissing === 1 ? "machine" : "machines"} to reach ${threshold}.</p>` : nothing}
    ${membersHidden ? html`<p>The members are secret in this stack.</p>` : nothing}
    ${diagnosticLines(group).map((line) => html`<p>${line}</p>`)}
    ${members.length > 0 ? statusBar(memberCounts, members.length) : nothing} ${memberTables(group)}
  </section>`;
}
