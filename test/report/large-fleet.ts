import type { MemberStatus } from "../../provider/catalog/constants";
import { exported, group, host, member } from "./exported";

const day = 24 * 60 * 60_000;
const firstExpiry = Date.parse("2027-03-01T00:00Z");

/** A stack with two hosts and a group of this size, some of whose members need attention. */
export function largeFleet(size: number) {
  const members = Array.from({ length: size }, (_, index) => {
    const expiresAt = new Date(firstExpiry + ((index * 7) % 85) * day).toISOString();
    const status = statusOf(index);
    return member(`web-${index}`, status, {
      currentCount: 50,
      expiresAt: status === "Licensed" ? expiresAt : undefined,
      error:
        status === "Failed" ? "KMS4011 0xC004F074: no KMS host could be reached; open TCP 1688" : undefined,
    });
  });
  return exported(
    host("kms1", { currentCount: 50 }),
    host("kms2", { currentCount: 3, drift: ["the renewal interval is 20 minutes, not 10080"] }),
    group("web", members),
    group("desktops", [member("desk-1", "Pending", { currentCount: 3 })], {
      threshold: 25,
      machinesMissing: 22,
    }),
  );
}

function statusOf(index: number): MemberStatus {
  const every: [number, MemberStatus][] = [
    [97, "Failed"],
    [131, "Unreachable"],
    [53, "Pending"],
    [61, "Drifted"],
  ];
  return every.find(([step]) => index % step === step - 1)?.[1] ?? "Licensed";
}
