import assert from "node:assert/strict";
import { causeCodes, explainHresult, findHresult, hresults } from "../../provider/catalog/hresults";
import { errorEntries } from "../../provider/errors/kms-error";

describe("explainHresult", () => {
  const facts: [string, "host" | "client", string, RegExp][] = [
    ["0xC004F038", "client", "SL_E_VL_NOT_ENOUGH_COUNT", /counts too few machines/],
    ["0xC004F042", "client", "SL_E_VL_KEY_MANAGEMENT_SERVICE_ID_MISMATCH", /does not serve this product/],
    ["0xC004F074", "client", "SL_E_VL_BINDING_SERVICE_UNAVAILABLE", /no KMS host could be contacted/],
    ["0xC004C008", "host", "SL_E_CHPA_MAXIMUM_UNLOCK_EXCEEDED", /no activation left/],
    ["0x80072EFD", "host", "ERROR_INTERNET_CANNOT_CONNECT", /connect to Microsoft's activation service/],
    ["0xC004F06C", "client", "SL_E_VL_INVALID_TIMESTAMP", /more than 4 hours/],
    ["0xC004F069", "client", "SL_E_MISMATCHED_PRODUCT_SKU", /another edition/],
    ["0xC0020017", "client", "RPC_NT_SERVER_UNAVAILABLE", /could not be contacted/],
    ["0x8007007B", "client", "ERROR_INVALID_NAME", /DNS suffix/],
    ["0xC004FD01", "client", "SL_E_IA_INVALID_VIRTUALIZATION_PLATFORM", /AVMA/],
  ];
  for (const [hresult, side, name, meaning] of facts) {
    it(`explains ${hresult} on a ${side}`, () => {
      const explained = explainHresult(hresult, side);
      assert.equal(explained.name, name);
      assert.match(explained.meaning, meaning);
    });
  }

  it("gives the remedy of the side", () => {
    assert.match(explainHresult("0xC004F015", "host").remedy, /KMS host key/);
    assert.match(explainHresult("0xC004F015", "client").remedy, /setup key/);
  });

  it("reads digits of either case", () => {
    assert.equal(explainHresult("0xc004f038", "client").hresult, "0xC004F038");
  });

  const corrected: [string, "host" | "client", string, RegExp][] = [
    ["0xC004E015", "client", "SL_E_EUL_CONSUMPTION_FAILED", /^Rebuild tokens\.dat .*then activate\. Only if/],
    ["0x8004FE21", "client", "unnamed", /^Reinstall the operating system/],
    ["0xC004F069", "client", "SL_E_MISMATCHED_PRODUCT_SKU", /An evaluation edition gives this code/],
    ["0xC004C001", "host", "SL_E_CHPA_PRODUCT_KEY_OUT_OF_RANGE", /Check the key/],
    ["0xC004C004", "host", "SL_E_CHPA_INVALID_PRODUCT_KEY", /Check the key/],
    ["0x80072338", "host", "DNS_ERROR_RCODE_BADSIG", /restart the service sppsvc on the host/],
    [
      "0xC004F064",
      "client",
      "SL_E_NONGENUINE_GRACE_TIME_EXPIRED",
      /^Contact a Microsoft Licensing Activation/,
    ],
    ["0xC004F065", "client", "unnamed", /genuine key, and activate before the grace period ends/],
    ["0xC004D307", "client", "SL_REMAPPING_SP_PUB_TS_MAX_REARM_REACHED", /^Reinstall/],
    ["0xC004B100", "client", "SL_E_SRV_GENERAL_ERROR", /key that Microsoft gave you.* Activation Center/],
  ];
  for (const [hresult, side, name, remedy] of corrected) {
    it(`gives ${hresult} Microsoft's name and remedy`, () => {
      const explained = explainHresult(hresult, side);
      assert.equal(explained.name, name);
      assert.match(explained.remedy, remedy);
    });
  }

  const met: [string, "host" | "client", string, RegExp, RegExp][] = [
    ["0xC004F034", "client", "SL_E_EUL_NOT_AVAILABLE", /license .* was not found/, /^Activate the machine/],
    ["0xC004F056", "client", "SL_E_VL_MACHINE_NOT_BOUND", /no KMS host has activated/, /event 12288/],
    ["0xC004F017", "client", "SL_E_PUBLISHING_LICENSE_NOT_INSTALLED", /license files/, /slmgr\.vbs \/rilc/],
    ["0xC004F031", "host", "SL_E_CIDIID_MISMATCHED", /installation ID/, /that the machine shows now/],
    ["0xC004F057", "client", "SL_E_SLP_MISSING_ACPI_SLIC", /firmware/, /setup key of the edition over/],
    ["0xC004F081", "client", "SL_E_VL_AD_AO_NOT_FOUND", /activation object/, /\/act-type 0/],
    ["0xC004C012", "host", "SL_E_CHPA_NETWORK_ERROR", /has a fault/, /later\. .*"offline"/],
    ["0xC004D302", "client", "SL_REMAPPING_SP_PUB_TS_REARMED", /rearmed/, /^Restart the machine/],
    ["0xC004E002", "client", "unnamed", /store of licenses is inconsistent/, /permissions of tokens\.dat/],
    ["0x8007000D", "client", "ERROR_INVALID_DATA", /not valid/, /Enum\\Root/],
    ["0x80070422", "host", "ERROR_SERVICE_DISABLED", /disabled/, /sppsvc to start/],
    ["0x800706D9", "client", "EPT_S_NOT_REGISTERED", /does not serve KMS/, /has its key/],
    ["0x80072AF9", "client", "WSAHOST_NOT_FOUND", /could not be resolved/, /address record/],
    ["0x8007232D", "host", "DNS_ERROR_RCODE_REFUSED", /refused the record/, /by hand/],
    ["0x80072F8F", "host", "ERROR_WINHTTP_SECURE_FAILURE", /secure connection/, /inspection of TLS/],
    ["0x80190197", "host", "HTTP_E_STATUS_PROXY_AUTH_REQ", /proxy .* wants a sign-in/, /Exempt/],
    ["0x80041010", "client", "WBEM_E_INVALID_CLASS", /WMI/, /verifyrepository/],
    ["0x80070005", "client", "E_ACCESSDENIED", /administrator/, /SELF local and remote access/],
  ];
  for (const [hresult, side, name, meaning, remedy] of met) {
    it(`knows ${hresult} as it is met on a ${side}`, () => {
      const explained = explainHresult(hresult, side);
      assert.equal(explained.name, name);
      assert.match(explained.meaning, meaning);
      assert.match(explained.remedy, remedy);
    });
  }

  it("explains a wrong confirmation ID on either side", () => {
    assert.equal(findHresult("0xC004F02C", "client")?.side, "both");
  });

  it("cites the article about the code, not a folder or an index", () => {
    const article = (hresult: string) =>
      findHresult(hresult, "client")?.source.replace(/.*licensing-and-activation\//, "");
    assert.equal(article("0xC004F06C"), "error-0xc004f06c-activate-windows");
    assert.equal(article("0x80072338"), "event-12293-error-0x800723-set-kms-host");
    for (const hresult of ["0xC0020017", "0x8007139F"]) {
      assert.equal(article(hresult), "activation-event-8198-error-0xc0020017-0x8007139f-kms-contact-failure");
    }
    assert.match(findHresult("0x800705B4", "client")!.source, /windows-vm-activation-error-0x800705b4$/);
    assert.match(findHresult("0x80004005", "client")!.source, /Azure-Samples\/azuresandbox\/issues\/145$/);
    assert.equal(findHresult("0xC004E016", "client")?.unconfirmed, true);
    for (const hresult of ["0xC004F066", "0xC004F06B", "0xC004D307"]) {
      assert.match(findHresult(hresult, "client")!.source, /docs\.rs\/windows-sys/, hresult);
    }
    assert.equal(article("0xC004E015"), "error-0xc004e015-sl-e-eul-consumption-failed-activate-windows");
  });

  it("names the causes of each code in order, each by an ID that the code has once", () => {
    for (const { hresult, causes } of hresults()) {
      const ids = causes.map(({ id }) => id);
      assert.deepEqual(ids, [...new Set(ids)], hresult);
    }
    const causesOf = (hresult: string, side: "client" | "azureKms") =>
      findHresult(hresult, side)!.causes.map(({ id }) => id);
    assert.deepEqual(causesOf("0xC004F074", "client"), [
      "portClosed",
      "serviceStopped",
      "staleRecord",
      "missingUpdate",
      "clocks",
      "applicationRule",
    ]);
    assert.equal(causesOf("0xC004F074", "azureKms")[0], "forcedTunnel");
    assert.deepEqual(causesOf("0xC004F038", "client"), ["tooFewMachines", "sharedIdentity"]);
    assert.deepEqual(causesOf("0x800706BA", "client"), ["portClosed", "staleRecord"]);
  });

  it("links causes to diagnostics that the error reference has", () => {
    const known = new Set(errorEntries().map(({ code }) => code));
    assert.deepEqual(
      [...causeCodes("host", "client", "azureKms")].filter((code) => !known.has(code)),
      [],
    );
    const onClients = causeCodes("client");
    assert.ok(onClients.has("KMS2270") && onClients.has("KMS2115") && !onClients.has("KMS6020"));
    const onHosts = causeCodes("host");
    assert.ok(onHosts.has("KMS2116") && onHosts.has("KMS6020") && !onHosts.has("KMS2216"));
  });

  it("says honestly that a code is unknown, and how to look it up", () => {
    const explained = explainHresult("0xC0FFEE00", "host");
    assert.equal(explained.hresult, "0xC0FFEE00");
    assert.match(explained.remedy, /slui\.exe 0x2a 0xC0FFEE00/);
  });
});

describe("explained errors of activation", () => {
  it("R020: send the reader to the required updates of the KMS host, where those may be the cause", () => {
    assert.match(explainHresult("0xC004F042", "client").remedy, /required updates/);
    assert.match(explainHresult("0xC004F050", "host").remedy, /required updates/);
  });

  it("have a name, a meaning and a remedy, also where the code is not known", () => {
    assert.equal(explainHresult("0xC004F038", "client").name, "SL_E_VL_NOT_ENOUGH_COUNT");
    const unknown = explainHresult("0xC0FFEE00", "client");
    assert.equal(unknown.name, "unnamed");
    assert.match(unknown.remedy, /slui\.exe 0x2a 0xC0FFEE00/);
  });

  it("has words of its own for a client of Azure's own KMS, and those for clients otherwise", () => {
    const unreachable = explainHresult("0xC004F074", "azureKms");
    assert.equal(unreachable.meaning, "Azure's own KMS could not be contacted");
    assert.match(
      unreachable.remedy,
      /azureKmsRouteTableId.*explicit outbound method.*stopped and deallocated/,
    );
    assert.match(explainHresult("0xC004F038", "azureKms").meaning, /Azure's own has no threshold/);
    assert.equal(
      explainHresult("0xC004F06C", "azureKms").remedy,
      explainHresult("0xC004F06C", "client").remedy,
    );
    assert.equal(explainHresult("0xC004F074", "host").meaning, "no KMS host could be contacted");
  });
});
