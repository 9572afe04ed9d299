/** SoftwareLicensingProduct.ProductKeyChannel of a KMS host key (CSVLK). */
export const hostKeyChannel = "Volume:CSVLK";

/** SoftwareLicensingProduct.ProductKeyChannel of a KMS client setup key (GVLK). */
export const clientKeyChannel = "Volume:GVLK";
