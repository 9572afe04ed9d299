import { limits } from "../catalog/limits";
import { findWindowsPort } from "../catalog/windows-ports";
import { type Diagnostic, diagnostic } from "./diagnostic";
import { type HostFacts, isReadOnly, isUnknown } from "./facts";
import { minutesPerDay } from "./days";

/** Settings of a KMS host that Windows takes, and that do not serve its clients. */
export const settingDiagnostics = (host: HostFacts): Diagnostic[] =>
  isReadOnly(host) ? [] : [...intervalDiagnostics(host), ...portDiagnostics(host)];

/** Arguments of the two intervals, and when a client waits for each. */
const intervals = [
  { path: "renewalIntervalMinutes", who: "activated clients renew" },
  { path: "activationIntervalMinutes", who: "clients that are not activated ask" },
] as const;

/**
 * Windows takes each interval from 15 minutes to 30 days, whatever the other one is. A KMS host forgets a client after 30
 * days, so that one which asks no sooner is out of the count when it asks, and one which waits for the threshold may be refused
 * for ever. Source: learn.microsoft.com activation-slmgr-vbs-options (/sai, /sri), activate-windows-clients-vamt.
 */
function intervalDiagnostics({ args }: HostFacts): Diagnostic[] {
  const window = limits.countWindowDays * minutesPerDay;
  const long = intervals.flatMap(({ path, who }) => {
    const reason = `${who} every ${inWords(args[path] ?? 0)}, and a KMS host counts a client for ${limits.countWindowDays} days after it asked`;
    const change = `Choose less than ${window}, or leave it out for ${limits[path]}`;
    return (args[path] ?? 0) < window ? [] : [diagnostic("KMS2142", "warning", path, { reason, change })];
  });
  const { activationIntervalMinutes: activation = 0, renewalIntervalMinutes } = args;
  const renewal = renewalIntervalMinutes ?? limits.renewalIntervalMinutes;
  return long.length > 0 || activation <= renewal
    ? long
    : [
        diagnostic("KMS2142", "warning", "activationIntervalMinutes", {
          reason: `clients that are not activated ask every ${inWords(activation)}, less often than activated ones renew (every ${inWords(renewal)})`,
          change:
            "Interchange the two if they were mixed up, or choose an activation interval below the renewal interval",
        }),
      ];
}

/** Minutes as days or hours where they are whole. */
function inWords(minutes: number): string {
  const [unit, size] =
    minutes % minutesPerDay === 0
      ? ["day", minutesPerDay]
      : minutes % 60 === 0
        ? ["hour", 60]
        : ["minute", 1];
  const count = minutes / Number(size);
  return count === 1 ? String(unit) : `${count} ${unit}s`;
}

/** A KMS host listens on a port of its own: what certainly has the port is an error, what may have it a warning. */
function portDiagnostics(host: HostFacts): Diagnostic[] {
  const { port, machine, assume } = host.args;
  if (port === undefined) {
    return [];
  }
  const said = (severity: "error" | "warning", reason: string) => [
    diagnostic("KMS2144", severity, "port", { given: `TCP ${port}`, reason }),
  ];
  const sshPort = isUnknown(host, "machine.ssh.port") ? undefined : (machine?.ssh?.port ?? 22);
  if (machine?.ssh !== undefined && port === sshPort) {
    return said("error", "its SSH server listens (machine.ssh.port)");
  }
  const taken = findWindowsPort(port);
  if (taken === undefined || (taken.domainController === true && assume?.domainController !== true)) {
    return [];
  }
  const { listener, where } = taken;
  return where === undefined
    ? said("error", `${listener} listens`)
    : said("warning", `${listener} listens ${where}`);
}
