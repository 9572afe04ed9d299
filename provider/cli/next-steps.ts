import { quoteFor, type Shell } from "../lab/run/shell-text";

const lab = "npx pulumi-windows-kms lab";

/** What to do when the lab runs, for people; `folder` when it was given as a flag. */
export function nextSteps(shell: Shell, folder: string | undefined): string[] {
  const env = folder === undefined ? `${lab} env` : `${lab} env --dir ${word(shell, folder)}`;
  return [
    "in the shell you use for Pulumi:",
    `  ${readEnvironment(shell, env)}`,
    "in the folder of your program, with the keys of its own configuration:",
    "  pulumi stack init lab",
    `  ${lab} key WindowsServer2022 | pulumi config set --secret kmsHostKey`,
    `  ${lab} password | pulumi config set --secret adminPassword`,
    "  pulumi up",
    "to see what the lab holds, and at the end:",
    `  ${lab} status`,
    `  ${lab} stop`,
  ];
}

function readEnvironment(shell: Shell, env: string): string {
  if (shell === "fish") {
    return `${env} | source`;
  }
  return shell === "powershell" ? `${env} | Out-String | Invoke-Expression` : `eval "$(${env})"`;
}

const word = (shell: Shell, text: string) =>
  shell === "json" || /^[\w./:\\-]+$/.test(text) ? text : quoteFor(shell, text);
