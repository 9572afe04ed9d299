// How time and memory of a preview grow with the members of a group in which nothing changes: both must be linear.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import { report } from "./shared/figure";
import { growthExponent, median, perUnitRatio } from "./shared/statistics";

const sizes = (process.env.KMS_BENCH_SIZES ?? "10000,100000").split(",").map(Number);
const runs = 3;
const processes = ["program", "provider"] as const;
const script = path.join(__dirname, "shared", "preview-group.cjs");

/** Machines on a page of Azure's list. */
const onPage = 2_500;

/** Azure's list of the machines of a subscription, all of which run. */
function startList(machines: number): Promise<Server> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://127.0.0.1");
    const first = Number(url.searchParams.get("$skiptoken") ?? 0);
    const folder = `${url.pathname.replace(/\/providers\/.*/, "")}/resourceGroups/fleet/providers/Microsoft.Compute/virtualMachines/`;
    const value = Array.from({ length: Math.min(onPage, machines - first) }, (_, at) => ({
      id: `${folder}vm-${first + at}`,
      location: "westeurope",
      properties: {
        vmId: `${(first + at).toString(16).padStart(8, "0")}-0000-4000-8000-000000000000`,
        instanceView: { statuses: [{ code: "PowerState/running" }] },
      },
    }));
    url.searchParams.set("$skiptoken", `${first + onPage}`);
    const next = first + onPage < machines && `http://${request.headers.host}${url.pathname}${url.search}`;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ value, ...(next !== false && { nextLink: next }) }));
  });
  server.listen(0, "127.0.0.1");
  return once(server, "listening").then(() => server);
}

interface Seen {
  milliseconds: number;
  megabytes: number;
}

async function preview(name: string, members: number, server: Server): Promise<Seen> {
  const { NODE_OPTIONS: _options, ...env } = process.env;
  const { port } = server.address() as AddressInfo;
  const child = spawn(process.execPath, ["--expose-gc", script, name, `${members}`], {
    env: { ...env, PULUMI_WINDOWS_KMS_ARM_ENDPOINT: `http://127.0.0.1:${port}` },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
  if (code !== 0) {
    throw new Error(`it ended with ${code}:\n${output}`);
  }
  return JSON.parse(output.trimEnd().split("\n").at(-1)!) as Seen;
}

async function main(): Promise<void> {
  for (const name of processes) {
    const times: { size: number; milliseconds: number }[] = [];
    const memory: { size: number; milliseconds: number }[] = [];
    for (const size of sizes) {
      const server = await startList(size);
      const seen: Seen[] = [];
      for (let run = 0; run < runs; run += 1) {
        seen.push(await preview(name, size, server));
      }
      server.close();
      server.closeAllConnections();
      const milliseconds = median(seen.map((one) => one.milliseconds));
      const megabytes = median(seen.map((one) => one.megabytes));
      times.push({ size, milliseconds });
      memory.push({ size, milliseconds: megabytes });
      report({ name: `preview/${name}`, value: milliseconds, unit: "ms", members: size, runs });
      const unit = "MB, resident peak of the process";
      report({ name: `preview/${name}/memory`, value: megabytes, unit, members: size, runs });
    }
    const exponent = growthExponent(times);
    report({ name: `preview/${name}/exponent`, value: exponent, unit: "exponent, 1 is linear", sizes });
    const perMember = { unit: "a member, largest / smallest; linear is at most 1", sizes };
    report({ name: `preview/${name}/per-member`, value: perUnitRatio(times), ...perMember });
    report({ name: `preview/${name}/memory/per-member`, value: perUnitRatio(memory), ...perMember });
  }
}

void main();
