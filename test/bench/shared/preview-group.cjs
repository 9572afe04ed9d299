/**
 * What one process does in the preview of a group of licensed members, in which nothing changes: `preview-group.cjs PROCESS
 * MEMBERS`, where PROCESS is `program` or `provider`. Prints milliseconds and the most memory as JSON.
 */
const { performance } = require("node:perf_hooks");

const [process_, count] = [process.argv[2], Number(process.argv[3])];
const subscription = "6a5a4d4e-3f43-4b1c-9e0e-0a1b2c3d4e5f";
const folder = `/subscriptions/${subscription}/resourceGroups/fleet/providers/Microsoft.Compute/virtualMachines/`;
const names = Array.from({ length: count }, (_, index) => `vm-${index}`);
const os = "Windows Server 2022";
const keyGroup = "Volume License for Windows Server 2022";

/** What the engine hands to the provider: inputs that are equal to those of the last update, and its outputs. */
function stored() {
  const { groupOutputs } = require("pulumi-windows-kms/bin/provider/group/update");
  const inputs = {
    ...{ kind: "ClientActivation", name: "web", os, edition: "Datacenter", office: "", officeProduct: "" },
    machines: names.map((name) => ({ name, azureVmId: folder + name })),
    hosts: [{ name: "kms", keyGroup, os, office: [], readOnly: false }],
    ...{ hostMachines: [""], hostConnections: [], refresh: {}, hostsReady: true },
    ...{ setupKey: "WX4NM-KYWYW-QJJR4-XV3QB-6VM33", discovery: "fixedHost", hostNames: ["10.0.0.4"] },
    ...{ hostAddresses: [{ name: "10.0.0.4", port: 1688 }], lookupDomain: "", threshold: 5, rollout: {} },
    ...{ timeoutMinutes: 0, onRemove: "leave", offlineDays: 0, tags: {}, strict: false },
    ...{ acknowledge: [], findings: [] },
  };
  const states = inputs.machines.map((machine, index) => ({
    ...machine,
    ...{ status: "Licensed", partialProductKey: "6VM33", kmsHost: "10.0.0.4:1688", currentCount: 50 },
    ...{ machineId: index.toString(16).padStart(8, "0"), vmId: index.toString(16).padStart(8, "0") },
    ...{ expiresAt: "2026-06-30T00:00Z", activatedAt: "2026-01-01T00:00Z", seenAt: "2026-01-01T00:00Z" },
    ...{ os, edition: "Datacenter", osBuild: "20348.2322" },
  }));
  const olds = { ...groupOutputs(inputs, inputs.machines, states), kind: inputs.kind, stateVersion: 1 };
  return JSON.parse(JSON.stringify({ inputs, olds }));
}

async function provider() {
  const handlers = require("pulumi-windows-kms/bin/provider/handlers");
  const { inputs, olds } = stored();
  return async () => {
    const { failures } = await handlers.check(inputs, inputs);
    const { changes } = await handlers.diff("web", olds, inputs);
    if (failures.length > 0 || changes) {
      throw new Error(`nothing was to change: ${JSON.stringify(failures)}`);
    }
  };
}

async function program() {
  const pulumi = require("@pulumi/pulumi");
  const { KMSClientGroup, KMSHost } = require("pulumi-windows-kms");
  const newResource = ({ name, inputs }) => ({ id: `${name}-id`, state: inputs });
  await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, "bench", "bench", true);
  return async () => {
    const host = new KMSHost("kms", {
      key: { keyGroup, productKey: "NKMSN-NNNNN-NNNNN-NNNNN-N2W2K" },
      os,
      machine: { azureVmId: `${folder}kms` },
      zones: [{ zoneName: "corp.example", publishedBy: "windows" }],
    });
    const azureVmIds = names.map((name) => folder + name);
    const group = new KMSClientGroup("web", {
      ...{ hosts: [host], os, edition: "Datacenter", machines: { azureVmIds } },
    });
    const ids = await new Promise((resolve) => group.azureVmIds.apply(resolve));
    if (ids.length !== count) {
      throw new Error(`${ids.length} of ${count} members`);
    }
  };
}

async function main() {
  const preview = await { program, provider }[process_]();
  global.gc();
  const startedAt = performance.now();
  await preview();
  const milliseconds = performance.now() - startedAt;
  const megabytes = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(`\n${JSON.stringify({ milliseconds, megabytes })}\n`);
}

void main();
