import assert from "node:assert/strict";
import { expectedCount } from "../../provider/rules/counts";
import { programIndex } from "../../provider/rules/program-index";
import { reviewGroup } from "../../provider/rules/rules";
import {
  brief,
  diagnosticsOf,
  group,
  type GroupChanges,
  host,
  messageOf,
  ofGroup,
  withCode,
} from "./program";

const two = [host({ name: "kms1" }), host({ name: "kms2" })];
const onTwo = (changes: GroupChanges) => diagnosticsOf(two, [group({ hosts: ["kms1", "kms2"], ...changes })]);
const setId = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/web";
const uniformMode = "Uniform" as const;

describe("the scale set of a group", () => {
  const about = (changes: GroupChanges, ...codes: string[]) =>
    ofGroup(changes).filter(({ code }) => codes.includes(code));

  it("is judged by its capacity, which is the argument to change", () => {
    const created = (capacity: number) => about({ machines: { scaleSet: { capacity } } }, "KMS2211");
    assert.deepEqual(created(5), []);
    assert.deepEqual(brief(created(4)), ["web warning KMS2211 machines.scaleSet.capacity"]);
  });

  it("KMS2260: is not judged by a count where the number of instances is not known", () => {
    const autoscaled = about(
      { machines: { scaleSet: { capacity: 9, orchestrationMode: uniformMode }, autoscaled: true } },
      "KMS2260",
      "KMS2211",
    );
    assert.deepEqual(brief(autoscaled), ["web info KMS2260 machines.autoscaled"]);
    assert.match(
      messageOf(autoscaled, "KMS2260"),
      /^KMS2260 machines.autoscaled: an autoscaler sets the number of members, so .* counts enough machines \(threshold 5\)/,
    );
    const adopted = about({ machines: { scaleSetId: setId } }, "KMS2260", "KMS2211");
    assert.deepEqual(brief(adopted), ["web info KMS2260 machines.scaleSetId"]);
    const unknown = about({ machines: { scaleSet: {} } }, "KMS2260", "KMS2211");
    assert.deepEqual(brief(unknown), ["web info KMS2260 machines.scaleSet.capacity"]);
  });

  it("KMS2261: cannot be pinned to several hosts where Azure configures its instances", () => {
    const uniform = { machines: { scaleSet: { capacity: 100, orchestrationMode: uniformMode } } };
    const pinned = onTwo({ ...uniform, discovery: "fixedHost" });
    assert.deepEqual(brief(withCode(pinned, "KMS2261")), ["web warning KMS2261 discovery"]);
    assert.match(messageOf(pinned, "KMS2261"), /all use the same KMS host, kms1, and not kms2\./);
    assert.deepEqual(withCode(onTwo({ ...uniform, discovery: "dns" }), "KMS2261"), []);
    assert.deepEqual(withCode(ofGroup({ ...uniform, discovery: "fixedHost" }), "KMS2261"), []);
    const scaleSet = { capacity: 100 };
    assert.deepEqual(withCode(onTwo({ machines: { scaleSet }, discovery: "fixedHost" }), "KMS2261"), []);
    const autoscaled = onTwo({ machines: { scaleSet, autoscaled: true }, discovery: "fixedHost" });
    assert.equal(withCode(autoscaled, "KMS2261").length, 1);
  });

  it("counts all instances of a Uniform set on the one host that they use", () => {
    const clients = group({
      hosts: ["kms1", "kms2"],
      machines: { scaleSet: { capacity: 12, orchestrationMode: uniformMode } },
      discovery: "fixedHost",
    });
    const index = programIndex({ hosts: two, groups: [clients] });
    assert.deepEqual(
      ["kms1", "kms2"].map((name) => expectedCount(name, index).machines),
      [12, 0],
    );
  });

  it("KMS2262: has no use for rollout settings in Uniform mode", () => {
    const settings = (orchestrationMode: "Uniform" | "Flexible") =>
      about(
        {
          machines: { scaleSet: { capacity: 9, orchestrationMode } },
          rollout: { canary: 1 },
          timeoutMinutes: 60,
        },
        "KMS2262",
      );
    assert.deepEqual(brief(settings("Uniform")), ["web warning KMS2262 rollout"]);
    assert.deepEqual(settings("Flexible"), []);
    const timeout = {
      machines: { scaleSet: { capacity: 9, orchestrationMode: uniformMode } },
      timeoutMinutes: 60,
    };
    assert.deepEqual(about(timeout, "KMS2262"), []);
  });

  it("KMS2263: is needed for autoscaled", () => {
    const machines = { azureVmIds: ["/vms/a"] };
    assert.deepEqual(brief(about({ machines: { ...machines, autoscaled: true } }, "KMS2263")), [
      "web error KMS2263 machines.autoscaled",
    ]);
    assert.deepEqual(about({ machines: { ...machines, autoscaled: false } }, "KMS2263"), []);
  });

  it("KMS2264: does not reach Azure's KMS in Flexible mode without an outbound method", () => {
    const ofAzure = (changes: GroupChanges) =>
      brief(
        withCode(
          diagnosticsOf(
            [],
            [group({ azureKms: true, hosts: [], machines: { scaleSet: { capacity: 9 } }, ...changes })],
          ),
          "KMS2264",
        ),
      );
    assert.deepEqual(ofAzure({}), ["web warning KMS2264 assume.network.outbound"]);
    assert.deepEqual(ofAzure({ assume: { network: { outbound: "natGateway" } } }), []);
    assert.deepEqual(
      ofAzure({ machines: { scaleSet: { capacity: 9, orchestrationMode: uniformMode } } }),
      [],
    );
  });

  it("belongs to one group", () => {
    const sets = ["a", "b"].map((name) => group({ name, machines: { scaleSetId: setId } }));
    assert.deepEqual(brief(withCode(diagnosticsOf([host()], sets), "KMS2217")), [
      "b error KMS2217 machines.scaleSetId",
    ]);
  });
});

describe("the limit of failures of a rollout", () => {
  it("KMS2265: is a number or a share, not both", () => {
    const codes = (changes: GroupChanges) =>
      reviewGroup(group({ machines: { azureVmIds: ["/vms/a"] }, ...changes }), programIndex())
        .filter(({ code }) => code === "KMS2265")
        .map(({ severity, path }) => `${severity} ${path}`);
    assert.deepEqual(codes({ rollout: { maxFailures: 1 } }), []);
    assert.deepEqual(codes({ rollout: { maxFailuresPercent: 1 } }), []);
    assert.deepEqual(codes({ rollout: { maxFailures: 0, maxFailuresPercent: 0 } }), [
      "error rollout.maxFailuresPercent",
    ]);
    assert.deepEqual(codes({ rollout: { maxFailures: 1 }, unknown: ["rollout.maxFailuresPercent"] }), [
      "error rollout.maxFailuresPercent",
    ]);
  });
});
