/** SoftwareLicensingProduct.ProductKeyChannel of the product keys that the lab knows. */
export type KeyChannel = "Volume:CSVLK" | "Volume:GVLK" | "Volume:MAK" | "Retail" | "Retail:TB:Eval";

/** What a product key makes of a machine. */
export interface License {
  /** SoftwareLicensingProduct.ID. */
  activationId: string;
  name: string;
  description: string;
  channel: KeyChannel;
  /** Product key group of a KMS host key; "" for other keys. */
  keyGroup: string;
}

/** What decides which product keys a machine takes. */
export interface MachineSystem {
  /** `CurrentBuild.UBR`, for example `20348.2322`. */
  osBuild: string;
  /** Registry EditionID, for example `ServerDatacenter`. */
  editionId: string;
  /** 1 client, 2 domain controller, 3 server. */
  productType: 1 | 2 | 3;
}
