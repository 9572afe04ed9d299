import { createRequire } from "node:module";
import { setImmediate, setTimeout } from "node:timers/promises";
import { type sendUnaryData, Server, ServerCredentials, type ServerUnaryCall } from "@grpc/grpc-js";
import { log, ResourceError, RunError, runtime } from "@pulumi/pulumi";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { GetRequiredPluginsResponse, type RunRequest, RunResponse } from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { setVariables } from "../environment";
import { listenToFailures } from "../failing-programs";
import { asProgram, programStore } from "../program-store";

const load = createRequire(__filename);

// What the SDK's own host of a program in a process of its own uses; the SDK declares no types for it.
const { defaultErrorMessage } = load("@pulumi/pulumi/cmd/run/error") as {
  defaultErrorMessage(error: unknown): string;
};
const settings = load("@pulumi/pulumi/runtime/settings") as {
  grpcChannelOptions: Record<string, number>;
  grpcClientOptions: Record<string, unknown>;
  resetOptions(
    project: string,
    stack: string,
    parallel: number,
    engine: string,
    monitor: string,
    preview: boolean,
    organization: string,
  ): void;
  disconnect(signalShutdown: boolean): Promise<void>;
};

// An engine may get the port of one before, whose connection gRPC would take for the new one's and go on waiting for.
settings.grpcClientOptions["grpc.use_local_subchannel_pool"] = 1;

/** A compiled program, and where it runs. */
export interface HostedProgram {
  /** The program's file. */
  main: string;
  /** The project's folder. */
  folder: string;
  /** Variables beside those of this process. */
  env: Record<string, string>;
}

let isBusy = false;

const afterEngineMilliseconds = 200;

/**
 * Runs a command of the engine with a host that runs the program in this process: the SDK and the package are loaded once
 * for all programs of a test file, and not once for each operation. One at a time, since the folder and the variables are
 * the process's. @param command is given the engine's arguments
 */
export async function withProgramHost<Result>(
  program: HostedProgram,
  command: (args: string[]) => Promise<Result>,
): Promise<Result> {
  isBusy = true;
  const errors = new Set<unknown>();
  const restore = [
    // As in a process of its own, which the SDK leaves the address in; nobody reads it from here.
    setVariables({ ...program.env, PULUMI_NODEJS_MONITOR: "in this process" }),
    setFolder(program.folder),
    listenToFailures(
      (error) => reportOnce(errors, error, program.main),
      ["uncaughtException", "unhandledRejection"],
    ),
  ];
  let running = Promise.resolve(false);
  const server = new Server(settings.grpcChannelOptions);
  server.addService(LanguageRuntimeService, {
    getRequiredPlugins: (_call: unknown, answer: sendUnaryData<unknown>) =>
      answer(null, new GetRequiredPluginsResponse()),
    getPluginInfo: (_call: unknown, answer: sendUnaryData<unknown>) => answer(null, new PluginInfo()),
    run: ({ request }: ServerUnaryCall<RunRequest, unknown>, answer: sendUnaryData<unknown>) => {
      running = asProgram(() => run(program, request, errors));
      void running.then((failed) => {
        const response = new RunResponse();
        response.setBail(failed);
        answer(null, response);
      }, answer);
    },
  });
  try {
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    );
    return await command([`--client=127.0.0.1:${port}`, "--exec-kind", "auto.inline"]);
  } finally {
    server.forceShutdown();
    // An engine that gives up answers nothing more, so that the program may never end; its process would be killed.
    await Promise.race([running, setTimeout(afterEngineMilliseconds, undefined, { ref: false })]).catch(
      () => undefined,
    );
    restore.reverse().forEach((undo) => undo());
    isBusy = false;
  }
}

/** Whether another program runs in this process. */
export const isHosting = () => isBusy;

/** Runs the program to its end. Returns whether it failed, which it has said itself then. */
async function run(
  { main, folder }: HostedProgram,
  request: RunRequest,
  errors: Set<unknown>,
): Promise<boolean> {
  settings.resetOptions(
    request.getProject(),
    request.getStack(),
    request.getParallel(),
    request.getArgsList()[0] ?? "",
    request.getMonitorAddress(),
    request.getDryrun(),
    request.getOrganization(),
  );
  programStore().settings.options.rootDirectory = folder;
  runtime.setAllConfig(
    Object.fromEntries(request.getConfigMap().entries()),
    request.getConfigsecretkeysList(),
  );
  await runtime.runInPulumiStack(() => runModule(main)).catch((error) => reportOnce(errors, error, main));
  await settings.disconnect(errors.size === 0).catch((error) => reportOnce(errors, error, main));
  // Node.js tells of a rejection that nobody handles in its next turn.
  await setImmediate();
  return errors.size > 0;
}

/** The program's exports; like the engine's own host it runs a function that the program exports in their place. */
async function runModule(main: string): Promise<unknown> {
  delete load.cache[load.resolve(main)];
  const exported = load(main) as unknown;
  return typeof exported === "function" ? (exported as () => unknown)() : exported;
}

function reportOnce(errors: Set<unknown>, error: unknown, main: string): void {
  if (errors.has(error)) {
    return;
  }
  errors.add(error);
  if (RunError.isInstance(error)) {
    void log.error(error.message);
  } else if (ResourceError.isInstance(error)) {
    void log.error(error.hideStack ? error.message : defaultErrorMessage(error), error.resource);
  } else {
    void log.error(
      `Running program '${main}' failed with an unhandled exception:\n${defaultErrorMessage(error)}`,
    );
  }
}

function setFolder(folder: string): () => void {
  const before = process.cwd();
  process.chdir(folder);
  return () => process.chdir(before);
}
