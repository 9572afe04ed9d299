/** Codes that the preview says for each refusal. */
export const saidOf: Record<string, string[]> = {
  InvalidParameter: ["KMS2131", "KMS2132", "KMS2125", "KMS2127", "KMS2128"],
  BadRequest: ["KMS2125", "KMS2129", "KMS2130", "KMS2136", "KMS2294"],
  InvalidTags: ["KMS2122", "KMS2123"],
  InvalidResourceName: ["KMS2127"],
  LocationNotAvailableForResourceType: ["KMS2126", "KMS2141"],
  AzureBastionSubnet: ["KMS2139"],
  SubnetHasDelegations: ["KMS2139"],
  ScopeLocked: ["KMS2135", "KMS2149"],
  // Another request may hold the zone at that moment as well.
  Conflict: ["KMS2294"],
  InvalidResourceReference: ["KMS2134"],
  SecurityRuleInvalidAddressPrefix: ["KMS2120", "KMS2102"],
  ResourceCannotContainAddressPrefixesFromDifferentAddressFamilies: ["KMS2117", "KMS2102"],
  OverlappingSubnetsNotPermittedInSecurityRule: ["KMS2119", "KMS2102"],
  NetworkSecurityGroupAddressPrefixLimitReached: ["KMS2121"],
  // A name with a slash or a question mark leads to another path.
  KMS7209: ["KMS2127"],
  NotFound: ["KMS2127"],
  InvalidResourceType: ["KMS2127"],
  InvalidRequestFormat: ["KMS2127"],
};

/** What the preview of an update says of refusals that only an existing machine meets. */
export const saidOfChanges: Record<string, string[]> = {
  PropertyChangeNotAllowed: ["KMS4034", "KMS6031", "KMS6036"],
  OperationNotAllowed: ["KMS6037"],
  SubnetsNotInSameVnet: ["KMS6036"],
};
