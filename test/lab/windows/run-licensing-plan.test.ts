import assert from "node:assert/strict";
import {
  type Condition,
  type GuardedOperation,
  type LicensingPlan,
  windowsApplicationId,
} from "../../../provider/machine/licensing-plan";
import { boot, call, group2022, hostKey, run, server2022, testLab, windows10 } from "./test-lab";

const setHost = (name: string, unless?: Condition[]): GuardedOperation => ({
  id: `set ${name}`,
  on: "service",
  method: "SetKeyManagementServiceMachine",
  arguments: { MachineName: name },
  unless,
});

const hostIs = (is: Condition["is"]): Condition => ({
  on: "service",
  property: "KeyManagementServiceMachine",
  is,
});

const planOf = (operations: GuardedOperation[]): LicensingPlan => ({
  version: 1,
  applicationId: windowsApplicationId,
  operations,
  read: { service: ["KeyManagementServiceMachine"], product: [], features: [], firewall: [], events: false },
});

const results = (answer: ReturnType<typeof run>) => answer.operations.map(({ result }) => result);

describe("licensing plan on a simulated machine", () => {
  it("evaluates each guard on the state at its turn", () => {
    const lab = testLab();
    const answer = run(
      lab,
      boot(lab, "m"),
      [setHost("a", [hostIs("a")]), setHost("a", [hostIs("a")]), setHost("b", [hostIs("a")])],
      { service: ["KeyManagementServiceMachine"] },
    );
    assert.deepEqual(results(answer), ["done", "skipped", "skipped"]);
    assert.deepEqual(answer.service, { KeyManagementServiceMachine: "a" });
  });

  it("skips only when every condition holds", () => {
    const lab = testLab();
    const port: Condition = { on: "service", property: "KeyManagementServicePort", is: 1688 };
    const answer = run(lab, boot(lab, "m"), [setHost("a"), setHost("b", [hostIs("a"), port])]);
    assert.deepEqual(results(answer), ["done", "done"]);
  });

  it("compares text without case, any of several values, and takes a missing property for an empty one", () => {
    const lab = testLab();
    const answer = run(lab, boot(lab, "m"), [
      setHost("x", [hostIs("")]),
      setHost("x", [{ on: "service", property: "NoSuchProperty", is: "" }]),
      setHost("KMS1", []),
      setHost("x", [hostIs(["other", "kms1"])]),
      setHost("x", [{ on: "service", property: "KeyManagementServiceHostCaching", is: true }]),
    ]);
    assert.deepEqual(results(answer), ["skipped", "skipped", "done", "skipped", "skipped"]);
  });

  it("runs an operation after another only when that was done", () => {
    const lab = testLab();
    const after = (id: string, onlyAfter: string): GuardedOperation => ({
      id,
      on: "service",
      method: "RefreshLicenseStatus",
      onlyAfter,
    });
    const answer = run(lab, boot(lab, "m"), [
      setHost("a"),
      after("one", "set a"),
      setHost("b", [hostIs("a")]),
      after("two", "set b"),
      after("three", "no such operation"),
    ]);
    assert.deepEqual(results(answer), ["done", "done", "skipped", "skipped", "skipped"]);
  });

  it("stops at the first failure and reads back all the same", () => {
    const lab = testLab();
    const answer = run(
      lab,
      boot(lab, "m"),
      [{ id: "bad", on: "service", method: "NoSuchMethod" }, setHost("a")],
      { service: ["KeyManagementServiceMachine", "NoSuchProperty"], product: ["LicenseStatus"] },
    );
    assert.deepEqual(answer.operations, [{ id: "bad", result: "failed", hresult: "0x8004102E" }]);
    assert.deepEqual(answer.service, { KeyManagementServiceMachine: null, NoSuchProperty: null });
    assert.deepEqual(answer.product, { LicenseStatus: 2 });
  });

  it("refuses a missing argument, one of the wrong type, and one out of range", () => {
    const lab = testLab();
    const id = boot(lab, "m");
    const setPort = (port?: number | string) =>
      call(lab, id, {
        on: "service",
        method: "SetKeyManagementServicePort",
        arguments: port === undefined ? {} : { PortNumber: port },
      });
    assert.deepEqual(
      [setPort(), setPort("1688"), setPort(0), setPort(65_536), setPort(1688)],
      ["0x8004102F", "0x80041005", "0x80070057", "0x80070057", "done"],
    );
  });

  it("takes a secret from its parameter and shows only its last five characters", () => {
    const lab = testLab();
    const productKey = hostKey(group2022);
    const installKey: GuardedOperation = {
      id: "installKey",
      on: "service",
      method: "InstallProductKey",
      secretArguments: { ProductKey: "productKey" },
    };
    const id = boot(lab, "m");
    assert.equal(run(lab, id, [installKey]).operations[0]?.hresult, "0xC004F050");
    const answer = run(lab, id, [installKey], { product: ["PartialProductKey"] }, { productKey });
    assert.deepEqual(answer.product, { PartialProductKey: productKey.slice(-5) });
    assert.equal(JSON.stringify([answer, lab.fleet.snapshots()]).includes(productKey), false);
  });

  it("finds no product of another application, nor of another activation ID", () => {
    const lab = testLab();
    const id = boot(lab, "m");
    const read = { service: [], product: ["ID"], features: [], firewall: [], events: false };
    const productOf = (applicationId: string, activationId?: string) =>
      lab.fleet.runLicensingPlan(id, { version: 1, applicationId, activationId, operations: [], read }, {})
        .product;
    const installed = productOf(windowsApplicationId);
    assert.deepEqual(productOf(windowsApplicationId, String(installed?.ID)), installed);
    assert.equal(productOf("0ff1ce15-a989-479d-af46-f275c6370663"), null);
    assert.equal(productOf(windowsApplicationId, "f3d89bbf-c0ec-47ce-a8fa-e5a5f97e447f"), null);
  });

  it("installs a feature on a server only", () => {
    const lab = testLab();
    const install = { on: "feature", method: "Install", arguments: { Name: "VolumeActivation" } } as const;
    assert.equal(call(lab, boot(lab, "server"), install), "done");
    assert.equal(call(lab, boot(lab, "pc", windows10), install), "0x80070057");
  });

  it("creates a firewall rule of a new name", () => {
    const lab = testLab();
    const allow: GuardedOperation = {
      id: "allow",
      on: "firewall",
      method: "Allow",
      arguments: { Name: "pulumi-windows-kms-In-TCP", Port: 1700, Profiles: "Public,Domain" },
    };
    const id = boot(lab, "m");
    const names = ["pulumi-windows-kms-In-TCP", "SPPSVC-In-TCP"];
    assert.deepEqual(run(lab, id, [], { firewall: names }).firewall, {
      "pulumi-windows-kms-In-TCP": "absent",
      "SPPSVC-In-TCP": "disabled:1688:Domain,Private,Public",
    });
    assert.equal(
      run(lab, id, [allow], { firewall: names }).firewall["pulumi-windows-kms-In-TCP"],
      "enabled:1700:Domain,Public",
    );
  });

  it("shows a machine without a product key as one without a product", () => {
    const lab = testLab();
    const id = boot(lab, "m");
    assert.equal(call(lab, id, { on: "product", method: "UninstallProductKey" }), "done");
    assert.equal(run(lab, id, [], { product: ["LicenseStatus"] }).product, null);
    const bare = boot(lab, "bare", { ...server2022, setupKey: undefined });
    assert.equal(run(lab, bare, [], { product: ["LicenseStatus"] }).product, null);
  });

  it("tells only of events of its own run", () => {
    const lab = testLab();
    const id = boot(lab, "m");
    const activate: GuardedOperation = { id: "activate", on: "product", method: "Activate" };
    assert.notEqual(run(lab, id, [activate], { events: true }).events.request, undefined);
    assert.deepEqual(run(lab, id, [], { events: true }).events, {});
  });

  it("selects values by the machine's build and edition, and passes them as arguments", () => {
    const lab = testLab();
    const selections = {
      host: [
        { builds: [19045], editionIds: ["Enterprise"], value: "client" },
        { builds: [17763, 20348], editionIds: ["serverdatacenter"], value: "server" },
      ],
    };
    const setSelected: GuardedOperation = {
      id: "set",
      on: "service",
      method: "SetKeyManagementServiceMachine",
      selectedArguments: { MachineName: "host" },
    };
    const hostOf = (id: string) =>
      lab.fleet.runLicensingPlan(id, { ...planOf([setSelected]), selections }, {}).service;
    assert.deepEqual(hostOf(boot(lab, "server", server2022)), { KeyManagementServiceMachine: "server" });
    assert.deepEqual(hostOf(boot(lab, "client", windows10)), { KeyManagementServiceMachine: "client" });
  });

  it("changes nothing at the first refusal whose conditions do not all hold", () => {
    const lab = testLab();
    const id = boot(lab, "m", server2022);
    const plan = {
      ...planOf([setHost("a")]),
      selections: { host: [{ builds: [20348], editionIds: ["ServerDatacenter"], value: "KMS-12345" }] },
      refusals: [
        { id: "refuseClients", unless: [{ on: "machine" as const, property: "productType", isNot: 1 }] },
        { id: "refuseBuild", unless: [{ on: "machine" as const, property: "build", is: [17763, 20348] }] },
        {
          id: "refuseEnd",
          unless: [{ on: "product" as const, property: "PartialProductKey", isEndOf: "host" }],
        },
        { id: "refuseAll", unless: [{ on: "selection" as const, property: "host", is: "" }] },
      ],
    };
    const answer = lab.fleet.runLicensingPlan(id, plan, {});
    assert.deepEqual(answer.operations, [{ id: "refuseEnd", result: "refused" }]);
    assert.deepEqual(answer.service, { KeyManagementServiceMachine: null });
  });

  it("keeps lists of strings in the registry", () => {
    const lab = testLab();
    const id = boot(lab, "m");
    const setList = (Strings: string): GuardedOperation => ({
      id: "list",
      on: "registry",
      method: "SetStrings",
      arguments: { Name: "DnsDomainPublishList", Strings },
      unless: [{ on: "registry", property: "DnsDomainPublishList", is: Strings }],
    });
    const after = (operation: GuardedOperation) => {
      const plan = planOf([operation]);
      const read = { ...plan.read, registry: ["DnsDomainPublishList"] };
      const { operations, registry } = lab.fleet.runLicensingPlan(id, { ...plan, read }, {});
      return [operations[0].result, registry?.DnsDomainPublishList];
    };
    assert.deepEqual(after(setList("")), ["skipped", null]);
    assert.deepEqual(after(setList("a.example,0,0;b.example,10,5")), [
      "done",
      "a.example,0,0;b.example,10,5",
    ]);
    assert.deepEqual(after(setList("a.example,0,0;b.example,10,5")), [
      "skipped",
      "a.example,0,0;b.example,10,5",
    ]);
    assert.deepEqual(after(setList("")), ["done", null]);
  });
});
