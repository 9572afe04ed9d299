import assert from "node:assert/strict";
import * as compute from "@pulumi/azure-native/compute";
import * as monitor from "@pulumi/azure-native/monitor";
import { KMSClientGroup, validate } from "../../provider";
import type { AzureResource } from "../../provider/component/validate";
import { runProgram } from "../component/program-in-stack";

const providers = "/subscriptions/s/resourceGroups/rg/providers";
const scaleSetId = `${providers}/Microsoft.Compute/virtualMachineScaleSets/web`;

describe("the number of instances of a scale set that the program declares itself", () => {
  const set = (more: Partial<AzureResource> = {}, sku: object = { capacity: 3 }): AzureResource => ({
    type: "azure-native:compute:VirtualMachineScaleSet",
    name: "farm",
    args: { resourceGroupName: "rg", vmScaleSetName: "web", sku },
    ...more,
  });
  const autoscale = (args: object = {}): AzureResource => ({
    type: "azure-native:monitor:AutoscaleSetting",
    name: "by-load",
    args: { targetResourceUri: scaleSetId, enabled: true, ...args },
  });
  const said = (resources: AzureResource[], machines: object = {}) =>
    validate({
      groups: {
        web: { azureKms: true, os: "Windows Server 2022", machines: { scaleSetId, ...machines } },
      },
      resources,
    }).filter(({ code }) => /^KMS229[0-2]$/.test(code));
  const brief = (...args: Parameters<typeof said>) =>
    said(...args).map(({ severity, code, path }) => `${severity} ${code} ${path}`);

  it("is put back by each change of the set, which the preview says with the number and the way out", () => {
    const [diagnostic, ...others] = said([set(), autoscale()], { autoscaled: true });
    assert.deepEqual(others, []);
    assert.match(
      diagnostic.message,
      /^KMS2290 machines\.scaleSetId: farm is autoscaled by by-load, and the program declares 3 as its sku\.capacity: .*ignoreChanges: \["sku\.capacity"\] on farm and run `pulumi up --refresh`/,
    );
    assert.deepEqual(brief([set()], { autoscaled: true }), ["warning KMS2290 machines.scaleSetId"]);
  });

  it("is that of the last refresh where its changes are ignored", () => {
    for (const path of ["sku.capacity", "sku"]) {
      assert.deepEqual(brief([set({ ignoreChanges: [path] }), autoscale()], { autoscaled: true }), [
        "info KMS2292 machines.scaleSetId",
      ]);
    }
  });

  it("is autoscaled though the group does not say so, where the program's settings are in force", () => {
    assert.deepEqual(brief([set(), autoscale()]), [
      "warning KMS2290 machines.scaleSetId",
      "warning KMS2291 machines.autoscaled",
    ]);
    assert.deepEqual(brief([set(), autoscale({ enabled: false })]), []);
    assert.deepEqual(brief([set(), autoscale({ enabled: undefined })]), [], "Azure leaves it off");
    assert.deepEqual(brief([set(), autoscale({ targetResourceUri: `${scaleSetId}-2` })]), []);
    assert.deepEqual(brief([set()]), []);
  });

  it("is not judged for a set of another program, and where the program gives none", () => {
    assert.deepEqual(brief([], { autoscaled: true }), []);
    assert.deepEqual(brief([set({}, { name: "Standard_B2as_v2" })], { autoscaled: true }), []);
  });

  it("is seen in a program, in any order, by links and resource options", async () => {
    const { diagnostics } = await runProgram(() => {
      const args = { resourceGroupName: "rg", sku: { name: "Standard_B2as_v2", capacity: 3 } };
      const plain = new compute.VirtualMachineScaleSet("plain", args);
      const ignoring = new compute.VirtualMachineScaleSet("ignoring", args, {
        ignoreChanges: ["sku.capacity"],
      });
      const group = (name: string, own: compute.VirtualMachineScaleSet) =>
        new KMSClientGroup(name, {
          azureKms: true,
          os: "Windows Server 2022",
          edition: "Datacenter",
          machines: { scaleSetId: own.id, autoscaled: true },
        });
      const groups = { plain: group("plain-web", plain), ignoring: group("ignoring-web", ignoring) };
      new monitor.AutoscaleSetting("by-load", {
        resourceGroupName: "rg",
        enabled: true,
        targetResourceUri: plain.id,
        profiles: [],
      });
      return groups;
    });
    const codes = (name: string) =>
      diagnostics[name].map(({ message }) => message).filter((text) => text.startsWith("KMS229"));
    assert.match(codes("plain").join("|"), /^KMS2290 [^|]*plain is autoscaled by by-load[^|]*$/);
    assert.match(codes("ignoring").join("|"), /^KMS2292 [^|]*ignoring is autoscaled and[^|]*$/);
  });
});

describe("the extension of a scale set that the program declares itself", () => {
  const set = (args: object = {}, ignoreChanges: string[] = []): AzureResource => ({
    type: "azure-native:compute:VirtualMachineScaleSet",
    name: "farm",
    args: {
      resourceGroupName: "rg",
      vmScaleSetName: "web",
      orchestrationMode: "Uniform",
      virtualMachineProfile: { extensionProfile: { extensions: [{ name: "monitor" }] } },
      ...args,
    },
    ignoreChanges,
  });
  const said = (resource: AzureResource, machines: object = {}, more: AzureResource[] = []) =>
    validate({
      groups: {
        web: { azureKms: true, os: "Windows Server 2022", machines: { scaleSetId, ...machines } },
      },
      resources: [resource, ...more],
    }).filter(({ code }) => /^KMS2(197|299)$/.test(code));

  it("N20: is taken out by each change of a set that has a list of extensions", () => {
    const [diagnostic, ...others] = said(set());
    assert.deepEqual(others, []);
    assert.equal(diagnostic.severity, "warning");
    assert.match(
      diagnostic.message,
      /^KMS2299 machines\.scaleSetId: the program declares the scale set farm with a list of extensions.*Add "virtualMachineProfile\.extensionProfile" to the ignoreChanges/,
    );
    assert.equal(said(set({ orchestrationMode: "Flexible" }), { autoscaled: true }).length, 1);
  });

  it("stays where the list is ignored or missing, and is none in a Flexible set", () => {
    for (const path of [
      "*",
      "virtualMachineProfile",
      "virtualMachineProfile.extensionProfile",
      "virtualMachineProfile.extensionProfile.extensions",
    ]) {
      assert.deepEqual(said(set({}, [path])), [], path);
    }
    assert.deepEqual(said(set({ virtualMachineProfile: {} })), []);
    assert.deepEqual(said(set({ orchestrationMode: "Flexible" })), []);
  });

  // Source: https://learn.microsoft.com/azure/virtual-machines/extensions/custom-script-windows
  it("N19: is refused by Azure beside another one of its kind, wherever the program declares that", () => {
    const script = { publisher: "Microsoft.Compute", type: "CustomScriptExtension" };
    const listed = set({
      virtualMachineProfile: { extensionProfile: { extensions: [{ name: "bootstrap", ...script }] } },
    });
    const beside: AzureResource = {
      type: "azure-native:compute:VirtualMachineScaleSetExtension",
      name: "bootstrap",
      args: { resourceGroupName: "rg", vmScaleSetName: "web", ...script },
    };
    const bare = set({ virtualMachineProfile: {} });
    for (const found of [said(listed), said(bare, {}, [beside])]) {
      assert.equal(found.length, 1);
      assert.equal(found[0].severity, "error");
      assert.match(
        found[0].message,
        /^KMS2197 machines\.scaleSetId: .* farm the Custom Script Extension bootstrap/,
      );
    }
    assert.deepEqual(said(bare, {}, [{ ...beside, args: { ...beside.args, vmScaleSetName: "other" } }]), []);
    assert.deepEqual(said(set({ orchestrationMode: "Flexible" }), {}, [beside]), []);
  });
});
