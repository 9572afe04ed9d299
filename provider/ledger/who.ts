import { userInfo } from "node:os";

type Environment = Readonly<Record<string, string | undefined>>;

/** What names a pipeline's run, and the commit that it runs for. The first that is there counts. */
const pipelines: { run: (env: Environment) => string | undefined; commit: string }[] = [
  {
    run: (env) => env.GITHUB_RUN_ID && `GitHub run ${env.GITHUB_REPOSITORY ?? ""}/${env.GITHUB_RUN_ID}`,
    commit: "GITHUB_SHA",
  },
  {
    run: (env) => env.BUILD_BUILDID && `Azure Pipelines build ${env.BUILD_BUILDID}`,
    commit: "BUILD_SOURCEVERSION",
  },
  { run: (env) => env.CI_PIPELINE_ID && `GitLab pipeline ${env.CI_PIPELINE_ID}`, commit: "CI_COMMIT_SHA" },
  { run: (env) => env.BUILD_TAG && `Jenkins ${env.BUILD_TAG}`, commit: "GIT_COMMIT" },
];

const people = ["GITHUB_ACTOR", "BUILD_REQUESTEDFOR", "GITLAB_USER_LOGIN", "BUILD_USER_ID"];
const servicePrincipals = ["ARM_CLIENT_ID", "AZURE_CLIENT_ID"];
const commitCharacters = 12;

/**
 * Who changes a ledger, as far as the environment tells: person, pipeline run and commit; the service principal, or the
 * number of the account, where there is no person.
 */
export function whoami(env: Environment = process.env, accountName: () => string = userName): string {
  const pipeline = pipelines.find(({ run }) => run(env));
  const named = people.map((name) => env[name]).find(Boolean);
  const account = pipeline === undefined ? nameOfAccount(accountName, env) : undefined;
  const principal = servicePrincipals
    .map((name) => env[name])
    .filter(Boolean)
    .map((id) => `service principal ${id}`)[0];
  // The account of a machine may be that of a container; who signs in to Azure tells more.
  const person =
    named ??
    ([account, principal].filter(Boolean).join(", ") || undefined) ??
    `user ID ${process.getuid?.() ?? "?"}`;
  const run = pipeline?.run(env);
  const commit = pipeline === undefined ? undefined : env[pipeline.commit]?.slice(0, commitCharacters);
  return [person, run, commit && `commit ${commit}`].filter(Boolean).join(", ");
}

const userName = () => userInfo().username;

/** Containers run as accounts that have no name; there the system's call fails. */
function nameOfAccount(accountName: () => string, env: Environment): string | undefined {
  try {
    return accountName();
  } catch {
    return env.USER || env.USERNAME || undefined;
  }
}
