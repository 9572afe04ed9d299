import assert from "node:assert/strict";
import { create } from "../../provider/handlers";
import { refusedStep } from "../../provider/host/refusals";
import { hostInputs, type HostLab, withHostLab } from "../faults/host-fixture";
import { muted } from "../faults/muted";

describe("a step that Windows refuses on a KMS host", function () {
  this.timeout(60_000);
  let ledger: HostLab["ledger"];
  withHostLab((lab) => ({ ledger } = lab));

  it("KMS4001: names machine, step, code, its meaning and what to do, and not the key", async () => {
    const productKey = "NNNNN-NNNNN-NNNNN-NNNNN-NNNNN";
    const inputs = { ...hostInputs, ledger: ledger.url, productKey };
    const message = await muted(() => create(inputs as never)).then(
      () => assert.fail("it succeeded"),
      (reason: Error) => reason.message,
    );
    assert.equal(
      message,
      "KMS4001 kms refused the step installKey with 0xC004F050 SL_E_INVALID_PRODUCT_KEY: the product key is not valid. Check the key for typing errors, and that its group can be hosted on this operating system with its required updates. The next `pulumi up` continues from here.",
    );
  });

  it("KMS4001: says first what the preview reported as a cause, and nothing that is none", () => {
    const findings = [
      { code: "KMS2209", message: "KMS2209 says so." },
      { code: "KMS2116", message: "KMS2116 a rule closes TCP 443." },
    ];
    const failed = { id: "activate", hresult: "0x80072EFD" };
    const { message } = refusedStep("kms", { keyGroup: hostInputs.keyGroup, findings }, failed);
    assert.match(
      message,
      /0x80072EFD ERROR_INTERNET_CANNOT_CONNECT: .* activation service\. KMS2116 a rule closes TCP 443\. \w/,
    );
    assert.doesNotMatch(message, /KMS2209/);
  });
});
