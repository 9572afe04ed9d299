import * as pulumi from "@pulumi/pulumi";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { isRunByAnother } from "../engine/sdk-internals";

type Environment = Readonly<Record<string, string | undefined>>;

/** Name that Pulumi gives where the backend has no organizations. Source: pulumi.getOrganization. */
const withoutOrganizations = "organization";

/**
 * The organization of the stack. Pulumi refuses to tell it in most unit tests with `pulumi.runtime.setMocks`, which
 * name none.
 */
export function organization(): string {
  try {
    return pulumi.getOrganization();
  } catch {
    return withoutOrganizations;
  }
}

/** The stack as ledgers name it. */
export const stackName = () => `${organization()}/${pulumi.getProject()}/${pulumi.getStack()}`;

/** Backends of Pulumi's own that one machine has for itself: `pulumi login --local`, or a folder. */
const localBackend = /^file:/;

/** Whether others can update the stack of the running program from elsewhere. */
export function isStackShared(): boolean {
  try {
    return isSharedBackend(pulumi.getOrganization(), process.env, projectFolder(process.env, process.cwd()));
  } catch {
    return false; // a unit test with mocks, which have no backend
  }
}

/**
 * Folder of the running program's project. Hosts of programs that name none run them in it, or in the folder of `main` below
 * it, where Pulumi itself looks upwards for the project. Undefined for a program of the Automation API, which runs elsewhere.
 * Source: pulumi, workspace.DetectProjectPathFrom.
 */
export function projectFolder(env: Environment, programFolder: string): string | undefined {
  const given = env.PULUMI_NODEJS_ROOT_DIRECTORY;
  if (given || isRunByAnother(env)) {
    return given || undefined;
  }
  const hasProject = (folder: string) => projectFiles.some((file) => existsSync(path.join(folder, file)));
  let folder = programFolder;
  while (!hasProject(folder) && folder !== path.dirname(folder)) {
    folder = path.dirname(folder);
  }
  return folder;
}

/**
 * Whether others can update a stack from elsewhere: Pulumi's service, or a bucket. Pulumi takes its backend from the
 * environment, else from the project, else from the last `pulumi login`. Source: pulumi, workspace.GetCurrentCloudURL.
 * @param owner the stack's organization
 * @param project folder of the project
 */
export function isSharedBackend(owner: string, env: Environment, project?: string): boolean {
  const backend = env.PULUMI_BACKEND_URL || backendOfProject(project) || backendOfLogin(env);
  return backend === undefined ? owner !== withoutOrganizations : !localBackend.test(backend);
}

const projectFiles = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];
const backendMember = /^\s*"?backend"?:\s*\{?\s*(?:[^\n]*\n)??\s*"?url"?:\s*["']?([^\s"'},#]+)/m;

function backendOfProject(project: string | undefined): string | undefined {
  const texts =
    project === undefined ? [] : projectFiles.flatMap((file) => textOf(path.join(project, file)) ?? []);
  return backendMember.exec(texts[0] ?? "")?.[1];
}

function backendOfLogin({
  PULUMI_CREDENTIALS_PATH,
  PULUMI_HOME,
  HOME,
  USERPROFILE,
}: Environment): string | undefined {
  const home = HOME ?? USERPROFILE;
  const folder = PULUMI_CREDENTIALS_PATH || PULUMI_HOME || (home && path.join(home, ".pulumi"));
  const text = folder ? textOf(path.join(folder, "credentials.json")) : undefined;
  try {
    const { current } = JSON.parse(text ?? "{}") as { current?: unknown };
    return typeof current === "string" && current !== "" ? current : undefined;
  } catch {
    return undefined; // Pulumi itself says what is wrong with it
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined; // not there, or not for this user
  }
}
