type Variables = Readonly<Record<string, string | undefined>>;

/** Sets variables of this process. Returns what gives them back the values that they had. */
export function setVariables(variables: Variables): () => void {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.entries(variables).forEach(([name, value]) => setVariable(name, value));
  return () => before.forEach(([name, value]) => setVariable(name, value));
}

/** For the tests of one `describe`: sets variables of this process, which has its own again when they have run. */
export function environmentVariables(): (variables: Variables) => void {
  const undo: (() => void)[] = [];
  after(() => undo.reverse().forEach((restore) => restore()));
  return (variables) => void undo.push(setVariables(variables));
}

/** For the tests of one `describe`: sets where the handlers of this process find Azure. */
export function azureEndpoint(): (endpoint: string) => void {
  const set = environmentVariables();
  return (endpoint) => set({ PULUMI_WINDOWS_KMS_ARM_ENDPOINT: endpoint });
}

function setVariable(name: string, value: string | undefined): void {
  if (value === undefined) {
    delete process.env[name];
  } else {
    process.env[name] = value;
  }
}
