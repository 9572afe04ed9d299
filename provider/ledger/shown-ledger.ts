/** Of a storage account. Source: learn.microsoft.com, naming rules for Azure resources, Microsoft.Storage. */
export const accountFormat = /^[a-z0-9]{3,24}$/;

/**
 * A ledger in words, for messages and reports: its URL without the query, since that may hold the signature of a shared
 * access. The storage account and the folder that the query names stand beside it.
 */
export function shownLedger(url: string): string {
  const [place, query = ""] = url.split("?", 2);
  const parameters = new URLSearchParams(query);
  const [account = "", prefix = ""] = ["storage_account", "prefix"].map(
    (name) => parameters.get(name) ?? undefined,
  );
  const beside = [
    ...(accountFormat.test(account) ? [`storage account ${account}`] : []),
    ...(/^[\w./-]{1,100}$/.test(prefix) ? [`folder ${prefix}`] : []),
  ];
  return beside.length === 0 ? place : `${place} (${beside.join(", ")})`;
}
