import type { GroupReport, MemberReport } from "../../../report/fleet-report";
import { minuteOf } from "../../../report/members";
import { html, nothing, type Html } from "./html";
import { badge, looks } from "./status-looks";

/** So many rows are drawn at once when a part is opened. */
const rowsPerPart = 500;

/** Members with a row, over all parts of a group, so that the page stays of a size that browsers open at once. */
const rowsPerGroup = 10_000;

/** The members of a group: those that need attention are seen at once, the others when their part is opened. */
export function memberTables({ name, members }: GroupReport): Html {
  const shown = members.slice(0, rowsPerGroup);
  const attention = shown.filter(({ status }) => status !== "Licensed");
  const licensed = shown.filter(({ status }) => status === "Licensed");
  const left = members.length - shown.length;
  return html`${parts(`Members of ${name} that need attention`, attention, true)}
  ${parts(`Licensed members of ${name}`, licensed, false)}
  ${left === 0 ? nothing : html`<p class="row-note">${left} more members are in the output of status --all and --json.</p>`}`;
}

function parts(title: string, members: readonly MemberReport[], open: boolean): Html[] {
  const starts = Array.from(
    { length: Math.ceil(members.length / rowsPerPart) },
    (_, part) => part * rowsPerPart,
  );
  return starts.map((start) => {
    const part = members.slice(start, start + rowsPerPart);
    const range =
      starts.length === 1 ? `${part.length}` : `${start + 1} to ${start + part.length} of ${members.length}`;
    const content = html`<summary>${title}: ${range}</summary>
      ${memberTable(`${title}: ${range}`, part)}`;
    return open && start === 0
      ? html`<details open>${content}</details>`
      : html`<details>${content}</details>`;
  });
}

function memberTable(caption: string, members: readonly MemberReport[]): Html {
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption class="hidden">
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">Member</th>
          <th scope="col">Status</th>
          <th scope="col">Place</th>
          <th scope="col">Key</th>
          <th scope="col">KMS host</th>
          <th scope="col" class="number">Count</th>
          <th scope="col">Expiry</th>
        </tr>
      </thead>
      <tbody>
        ${members.map(memberRow)}
      </tbody>
    </table>
  </div>`;
}

const memberRow = (member: MemberReport) =>
  html`<tr>
      <th scope="row">${member.name}</th>
      <td>${badge(looks[member.status])}</td>
      <td>${member.place}</td>
      <td>${member.key}</td>
      <td>${member.host}</td>
      <td class="number">${member.count === 0 ? "" : member.count}</td>
      <td>${minuteOf(member.expiry)}</td>
    </tr>
    ${
      member.error === ""
        ? nothing
        : html`<tr class="error">
            <td colspan="7">${member.error}</td>
          </tr>`
    }`;
