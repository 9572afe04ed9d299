import type { MemberStatus } from "../activation/client-outcome";
import type { ClientActivationOutputs } from "../dynamic/client-activation";
import type { GroupReport, MemberReport } from "./fleet-report";
import { byAttention, countByStatus, statusOrder } from "./member-order";
import { isHidden, plainNumber, plainText, plainTexts } from "./plain-value";

/** A client group, as the stack knows it. */
export function groupReport(outputs: Partial<ClientActivationOutputs>): GroupReport {
  const stored = Array.isArray(outputs.members) ? outputs.members : [];
  const members = byAttention(stored.map((member) => memberReport(member)));
  return {
    name: plainText(outputs.name),
    os: plainText(outputs.os),
    edition: plainText(outputs.edition),
    hosts: plainTexts(outputs.hostNames),
    threshold: plainNumber(outputs.threshold),
    machinesMissing: plainNumber(outputs.machinesMissing),
    membersByStatus: countByStatus(members),
    membersHidden: isHidden(outputs.members),
    members,
  };
}

function memberReport(stored: unknown): MemberReport {
  const member = (stored ?? {}) as Record<string, unknown>;
  return {
    name: plainText(member.name),
    place: plainText(member.vm) || sshHost(plainText(member.ssh)),
    status: statusOf(member.status),
    key: plainText(member.key),
    host: plainText(member.host),
    count: plainNumber(member.count),
    expiry: dateText(plainText(member.expiry)),
    error: plainText(member.error),
  };
}

/** What an unfinished update left without a status was not come to. */
const statusOf = (status: unknown): MemberStatus =>
  statusOrder.find((known) => known === status) ?? "NotStarted";

/** The stored key of an address begins with `host:port`; the fingerprint after it says nothing to people. */
const sshHost = (stored: string) => stored.split(" ", 1)[0];

const dateText = (text: string) => (Number.isNaN(Date.parse(text)) ? "" : text);
