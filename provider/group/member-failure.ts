import { explainHresult, findHresult, type HresultSide } from "../catalog/hresults";
import { requiredUpdates } from "../catalog/updates";
import { failedOperation, text, unreadable, unreadableError } from "../machine/licensing-answer";
import type { LicensingAnswer } from "../machine/licensing-plan";
import { type Finding, findingsFor } from "../rules/findings";
import { seenSystem } from "./found-system";
import { kmsHostDiagnostic, type SystemPolicy, systemRefusal } from "./system-policy";
import { eventField, shortName, unreadableState } from "./member";
import { asksAzure, type DesiredClient, refuseKmsHost, refuseSystem } from "./plan";
import type { GroupHost } from "./state";

/*
 * Why a member failed, in the words of its own program.
 */

/** What an installation of a key returns where its product is not installed. Source: SLInstallProofOfPurchaseEx reference. */
const officeNotInstalled = new Set(["0xC004F014", "0xC004F015", "0xC004F050", "0xC004F069"]);

/** What an explanation can name of a member's own program. */
export interface MemberContext {
  desired: DesiredClient;
  /** What decides which systems the group activates. */
  policy: SystemPolicy;
}

/**
 * Why a member failed or was refused, in the words of its own program.
 * @param now the time at which the answer arrived, in milliseconds; without it, the member's clock is not judged
 */
export function explainProblem(
  problem: string,
  answer: LicensingAnswer,
  context: MemberContext,
  now?: number,
): string {
  switch (problem) {
    case refuseKmsHost:
      return kmsHostDiagnostic(answer.machine.name, text(answer.product?.PartialProductKey)).message;
    case refuseSystem:
      return systemRefusal(context.policy, answer.machine);
    case unreadableState:
      return unreadableError(answer, unreadable(answer, "product", "service")!).message;
    default:
      return explainFailure(problem, context, answer, now);
  }
}

/** Ways of activation that a machine may be limited to, other than KMS. Source: SoftwareLicensingProduct reference. */
const otherWays = new Map<unknown, string>([
  [1, "Active Directory"],
  [3, "tokens"],
]);

function limitedActivation({ product }: LicensingAnswer): string {
  const way = otherWays.get(product?.VLActivationTypeEnabled);
  return way === undefined
    ? ""
    : `The machine is limited to activation by ${way}: slmgr.vbs /act-type 0 lets it ask a KMS host.`;
}

/**
 * An HRESULT that a member ended with: first what the machine's events, its own program and its clock say of the cause, in
 * the order of the causes, then what helps in general.
 */
export function explainFailure(
  hresult: string,
  context: MemberContext,
  answer?: LicensingAnswer,
  now?: number,
): string {
  const side = sideOf(context);
  const logged = loggedReason(hresult, answer);
  const detail = answer && failedOperation(answer)?.detail;
  const { name, meaning, remedy } = explainHresult(hresult, side, detail);
  const reason = logged ?? hresult;
  // A reason of the same kind only says more of it: what helps against all causes of that kind stays the remedy.
  const isOtherKind = findHresult(reason, side)?.about !== findHresult(hresult, side)?.about;
  const helped = isOtherKind ? reason : hresult;
  return [
    `${hresult} ${name}: ${meaning}.`,
    ...(logged === undefined ? [] : [loggedInWords(logged, side)]),
    ...(answer === undefined ? [] : [limitedActivation(answer)]),
    ...new Set([reason, hresult].flatMap((code) => findingsOf(code, context)).map(({ message }) => message)),
    answer === undefined || now === undefined ? "" : clockRemedy(reason, context, answer, now),
    foreignHost(context, answer),
    memberRemedy(helped, context, answer).trim(),
    isOtherKind ? explainHresult(reason, side).remedy : remedy,
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

/** What Windows gives for whatever kept it from a KMS host; the event of the request says what it was. */
const generalCodes = new Set(["0xC004F074", "0x80004005"]);
const noError = "0x00000000";

/**
 * Why the newest request failed by event 12288, whose first field is an HRESULT; undefined where that says no more.
 * Source: learn.microsoft.com error-0xc004f074-activate-windows.
 */
function loggedReason(hresult: string, answer: LicensingAnswer | undefined): string | undefined {
  const [code] = /^0x[0-9a-f]{8}$/i.exec(eventField(answer?.events.request, 0)) ?? [];
  const logged = code && `0x${code.slice(2).toUpperCase()}`;
  return generalCodes.has(hresult) && logged !== noError && logged !== hresult ? logged : undefined;
}

function loggedInWords(logged: string, side: HresultSide): string {
  const { name, meaning } = explainHresult(logged, side);
  return `Event 12288 on the machine gives the reason ${logged} ${name}: ${meaning}.`;
}

/** The KMS host that the machine asked by its own events, where that is none of the group's. */
function foreignHost({ desired, policy }: MemberContext, answer: LicensingAnswer | undefined): string {
  const asked = eventField(answer?.events.request, 2);
  const name = asked.replace(/:\d+$/, "").toLowerCase();
  const own = [...desired.hostNames, ...(desired.host === undefined ? [] : [desired.host.name])];
  const isOwn = own.some((known) => isSameHost(known.toLowerCase(), name));
  // What to do about other hosts of the program is said with them.
  const isSaid = policy.findings?.some(({ code }) => code === "KMS2295" || code === "KMS2244");
  const remedy =
    isSaid === true ? "" : ": remove its SRV record, or the setting on the machine that names it";
  return name === "" || own.length === 0 || isOwn
    ? ""
    : `Event 12288 names ${asked} as the KMS host that it asked, which is none of the group's (${own.join(", ")})${remedy}.`;
}

/** Whether two names are those of one host; one of them may lack its domain. */
const isSameHost = (one: string, other: string) =>
  one === other || (one.includes(".") !== other.includes(".") && shortName(one) === shortName(other));

const sideOf = ({ desired }: MemberContext): HresultSide => (asksAzure(desired) ? "azureKms" : "client");

const findingsOf = (hresult: string, context: MemberContext): Finding[] =>
  findingsFor(hresult, sideOf(context), context.policy.findings);

/** HRESULT of a client whose clock and that of its KMS host are too far apart. */
const clocksApart = "0xC004F06C";
/** An answer may be so old when it arrives, so that a smaller difference says nothing. */
const measurableMinutes = 30;

/** Whose clock is wrong, measured by that of the machine that runs the update. */
function clockRemedy(
  hresult: string,
  { desired }: MemberContext,
  { machine }: LicensingAnswer,
  now: number,
): string {
  if (hresult !== clocksApart) {
    return "";
  }
  const minutes = (Date.parse(machine.utc) - now) / 60_000;
  if (Math.abs(minutes) < measurableMinutes) {
    return `Its clock agrees with that of the machine that runs Pulumi, so the clock of the KMS host is wrong: ${askedBy(desired)}.`;
  }
  // Half hours, so that members that are off together are reported together.
  const hours = Math.round(Math.abs(minutes) / 30) / 2;
  return `Its clock is ${hours} h ${minutes < 0 ? "behind" : "ahead of"} that of the machine that runs Pulumi.`;
}

const namesIn = ({ hostNames }: DesiredClient) => hostNames.join(", ") || "not known";

/** Whom a member asks. */
const askedBy = (desired: DesiredClient) =>
  desired.host === undefined ? namesIn(desired) : `${desired.host.name}:${desired.host.port}`;

/** Whom a member asked by its own events, or is to ask; "" where that is said already, not known, or nobody. */
function askedInWords(context: MemberContext, answer: LicensingAnswer | undefined): string {
  const { desired } = context;
  const isSaid =
    foreignHost(context, answer) !== "" || (answer !== undefined && limitedActivation(answer) !== "");
  const asked = eventField(answer?.events.request, 2);
  const isKnown = asked !== "" || desired.host !== undefined || desired.hostNames.length > 0;
  return isSaid || !isKnown ? "" : ` It asked ${asked === "" ? askedBy(desired) : asked}.`;
}

/**
 * What an error means for a member, in its own program's names: where it looked, whom it asked, which update the hosts
 * need for it. "" where there is nothing to add.
 */
export function memberRemedy(hresult: string, context: MemberContext, answer?: LicensingAnswer): string {
  const { desired, policy } = context;
  const { office, hosts } = policy;
  if (office !== "" && officeNotInstalled.has(hresult)) {
    return (
      ` This key needs a volume edition of ${office} on the machine: retail editions and Microsoft 365 Apps do not take` +
      " it. Install that edition with the Office Deployment Tool (PIDKEY or a Volume product ID), or move the machine to" +
      " another group."
    );
  }
  const os = policy.os || (answer === undefined ? "" : (seenSystem(answer.machine).os ?? ""));
  // The preview has judged the updates by what it knows of the host, so its word goes for this one.
  const isJudged = findingsOf(hresult, context).some(({ code }) => updateCodes.has(code));
  const updates = isJudged ? "" : updatesOf(hosts, os);
  switch (findHresult(hresult, "client")?.about) {
    case "discovery": {
      const zone = desired.lookupDomain ?? "its own domain or DNS suffix";
      return ` It looked for _vlmcs._tcp in ${zone}; the names of the group's hosts: ${namesIn(desired)}.`;
    }
    case "reach": {
      return `${askedInWords(context, answer)}${office === "" ? updates : ""}`;
    }
    case "product":
      return office === ""
        ? updates
        : ` The KMS host needs an activated host key of ${office}; a host key of Windows is not enough.`;
    default:
      return "";
  }
}

/** Diagnostics about an update that a host needs for its clients. */
const updateCodes = new Set(["KMS2206", "KMS2207", "KMS2208"]);

const updatesOf = (hosts: readonly GroupHost[], os: string): string =>
  hosts
    .flatMap((host) =>
      requiredUpdates(host.os, os).map(
        ({ kb }) => ` The KMSHost ${host.name} on ${host.os} needs ${kb} or a later update for ${os}.`,
      ),
    )
    .join("");
