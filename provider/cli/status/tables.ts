import type { GroupReport, HostReport, MemberReport } from "../../report/fleet-report";
import {
  diagnosticLines,
  hostKeyRows,
  licenseStatusOf,
  machineInWords,
  minuteOf,
  titleOf,
  type HostKeyRow,
} from "../../report/words";
import { badge, html, keyLook, looks, nothing, type Html } from "./html";

/** A column of a table. */
interface Column {
  title: string;
  /** Numbers are aligned. */
  number?: boolean;
}

function table(caption: string, columns: readonly Column[], rows: Html): Html {
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption class="hidden">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map(({ title, number }) =>
            number ? html`<th scope="col" class="number">${title}</th>` : html`<th scope="col">${title}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

const titled = (name: Parameters<typeof titleOf>[0]): string => {
  const title = titleOf(name);
  return `${title[0].toUpperCase()}${title.slice(1)}`;
};

/** What must be said of a row stands below it. */
const remark = (columns: readonly Column[], text: string) =>
  html`<tr class="error">
    <td colspan="${columns.length}">${text}</td>
  </tr>`;

const hostColumns: readonly Column[] = [
  { title: "KMS host" },
  { title: titled("licenseStatus") },
  { title: titled("computerName") },
  { title: titled("os") },
  { title: titled("keyGroup") },
  { title: titled("partialProductKey") },
  { title: titled("currentCount"), number: true },
];

/** The KMS hosts, one row for each of their keys, with drift and diagnostics. */
export function hostTable(hosts: readonly HostReport[]): Html {
  const rows = hosts.map((host) => {
    const remarks = [...host.drift, ...diagnosticLines(host)];
    return html`${hostKeyRows([host]).map(hostKeyRow)} ${remarks.map((text) => remark(hostColumns, text))}`;
  });
  return table("KMS hosts", hostColumns, html`${rows}`);
}

function hostKeyRow(key: HostKeyRow): Html {
  const { host, title, office, partialProductKey = "", currentCount = "" } = key;
  const { readOnly, computerName = "", os = "", keyGroup = "" } = host;
  const licenseStatus = licenseStatusOf(key);
  return html`<tr>
    <th scope="row">${title}${readOnly ? html` <span class="quiet">read-only</span>` : nothing}</th>
    <td>${badge(licenseStatus, keyLook(licenseStatus))}</td>
    <td>${computerName}</td>
    <td>${os}</td>
    <td>${office ?? keyGroup}</td>
    <td>${partialProductKey}</td>
    <td class="number">${currentCount}</td>
  </tr>`;
}

/** Rows that are drawn at once when a section is opened. */
const rowsPerSection = 500;

/** Members with a row, over all sections of a group, so that the page stays of a size that browsers open at once. */
const rowsPerGroup = 10_000;

/** The members of a group: those that need attention are seen at once, the others when their section is opened. */
export function memberTables({ name, members }: GroupReport): Html {
  const shown = members.slice(0, rowsPerGroup);
  const attention = shown.filter(({ status }) => status !== "Licensed");
  const licensed = shown.filter(({ status }) => status === "Licensed");
  const left = members.length - shown.length;
  return html`${sections(`Members of ${name} that need attention`, attention, true)}
  ${sections(`Licensed members of ${name}`, licensed, false)}
  ${left === 0 ? nothing : html`<p class="row-note">${left} more ${left === 1 ? "member is" : "members are"} in the output of status --all and --json.</p>`}`;
}

function sections(title: string, members: readonly MemberReport[], open: boolean): Html[] {
  const starts = Array.from(
    { length: Math.ceil(members.length / rowsPerSection) },
    (_, section) => section * rowsPerSection,
  );
  return starts.map((start) => {
    const section = members.slice(start, start + rowsPerSection);
    const range =
      starts.length === 1
        ? `${section.length}`
        : `${start + 1} to ${start + section.length} of ${members.length}`;
    const content = html`<summary>${title}: ${range}</summary>
      ${table(`${title}: ${range}`, memberColumns, html`${section.map(memberRow)}`)}`;
    return open && start === 0
      ? html`<details open>${content}</details>`
      : html`<details>${content}</details>`;
  });
}

const memberColumns: readonly Column[] = [
  { title: "Member" },
  { title: titled("status") },
  { title: "Machine" },
  { title: titled("partialProductKey") },
  { title: titled("kmsHost") },
  { title: titled("currentCount"), number: true },
  { title: titled("expiresAt") },
  { title: titled("seenAt") },
];

function memberRow(member: MemberReport): Html {
  const { name, status, partialProductKey = "", kmsHost = "", currentCount = "" } = member;
  return html`<tr>
      <th scope="row">${name}</th>
      <td>${badge(status, looks[status])}</td>
      <td>${machineInWords(member)}</td>
      <td>${partialProductKey}</td>
      <td>${kmsHost}</td>
      <td class="number">${currentCount}</td>
      <td>${minuteOf(member.expiresAt)}</td>
      <td>${minuteOf(member.seenAt)}</td>
    </tr>
    ${member.error === undefined ? nothing : remark(memberColumns, member.error)}`;
}
