import assert from "node:assert/strict";
import { instanceState } from "../../provider/group/scale-set-instances";
import type { LicensingAnswer } from "../../provider/machine/licensing-plan";
import { encodeAnswer } from "../../provider/machine/licensing-script";
import type { ScaleSetInstance } from "../../provider/machine/scale-set";
import { licensedAnswer } from "../machine/licensed-answer";
import { groupInputs } from "./group-inputs";

const now = Date.parse("2026-01-02T00:00:00Z");
const desired = {
  setupKey: "WX4NM-KYWYW-QJJR4-XV3QB-6VM33",
  discovery: "dns" as const,
  hostNames: ["kms.corp.example"],
  lookupDomain: "corp.example",
};
const policy = groupInputs("kms.corp.example", {});

type Extension = NonNullable<ScaleSetInstance["extension"]>;

const extension = (output: string, changes: Partial<Extension> = {}): Extension => ({
  substatuses: [
    { code: "ComponentStatus/StdOut/succeeded", message: output },
    { code: "ComponentStatus/StdErr/succeeded", message: "" },
  ],
  statuses: [{ code: "ProvisioningState/succeeded", level: "Info", message: "Finished executing command" }],
  ...changes,
});
const stateOf = (changes: Partial<ScaleSetInstance>, at = now) =>
  instanceState(
    { name: "web_3", azureVmId: "", instanceId: "3", power: "running", ...changes },
    { desired, policy },
    at,
  );
const answered = (changes: Partial<LicensingAnswer> = {}, at = now) =>
  stateOf({ extension: extension(encodeAnswer(licensedAnswer(changes))) }, at);

describe("state of an instance by its extension", () => {
  it("is what the licensing script answered", () => {
    assert.deepEqual(answered(), {
      name: "web_3",
      status: "Licensed",
      partialProductKey: "6VM33",
      kmsHost: "kms.corp.example",
      currentCount: 7,
      expiresAt: "2026-06-30T00:00Z",
      activatedAt: "2026-01-01T00:00Z",
      computerName: "web000003",
      seenAt: "2026-01-01T00:00Z",
      os: "Windows Server 2022",
      edition: "Datacenter",
      osBuild: "20348.2322",
    });
  });

  it("is pending where the host counts too few, and failed with Windows' code and what it means", () => {
    const refused = (hresult: string) =>
      answered({ operations: [{ id: "activate", result: "failed", hresult }] });
    assert.deepEqual([refused("0xC004F038").status, refused("0xC004F038").error], ["Pending", undefined]);
    const failed = refused("0xC004F074");
    assert.equal(failed.status, "Failed");
    assert.match(failed.error!, /^0xC004F074 .*kms\.corp\.example/);
  });

  it("is not started while the extension has not ended", () => {
    assert.equal(stateOf({}).status, "NotStarted");
    const transitioning = { statuses: [{ code: "ProvisioningState/transitioning" }] };
    assert.equal(stateOf({ extension: extension("", transitioning) }).status, "NotStarted");
  });

  it("KMS4053: is off while the instance is", () => {
    const state = stateOf({ power: "deallocated", extension: extension("") });
    assert.equal(state.status, "Off");
    assert.match(state.error!, /^KMS4053 web_3 is not running: it is deallocated\./);
  });

  it("KMS4051: is failed without an answer, with what the extension said and no key in it", () => {
    const failed = extension("", {
      statuses: [{ code: "ProvisioningState/failed/1", message: "no NKMSN-WSNHN-R2N2P-NBXTN-N2W2K here." }],
    });
    const state = stateOf({ extension: failed });
    assert.equal(state.status, "Failed");
    assert.match(
      state.error!,
      /^KMS4051 the extension finished on web_3 without an answer: no \*{5}-N2W2K here\./,
    );
    assert.match(
      stateOf({ extension: extension("{ cut") }).error!,
      /^KMS3008 web_3 returned no usable answer/,
    );
  });

  it("has drifted where it is configured otherwise", () => {
    const state = answered({ service: { KeyManagementServiceLookupDomain: "old.example" } });
    assert.equal(state.status, "Drifted");
    assert.equal(state.error, "lookup domain is old.example, expected corp.example");
  });

  it("KMS4052: proves nothing any more once the activation that it reports has ended", () => {
    const state = answered({}, Date.parse("2026-07-01T00:00:00Z"));
    assert.equal(state.status, "Drifted");
    assert.match(
      state.error!,
      /^KMS4052 what web_3 reported on 2026-01-01T00:00:00Z is older than the validity of an activation/,
    );
  });
});
