// Generated from the catalogue by scripts/arguments/names.ts.

/** Product key groups of Windows, by Microsoft's own names. */
export const KeyGroup = {
  /** Volume License for Windows Server 2025 */
  WindowsServer2025: "Volume License for Windows Server 2025",
  /** Volume License for Windows Server 2022 */
  WindowsServer2022: "Volume License for Windows Server 2022",
  /** Volume License for Windows Server 2019 */
  WindowsServer2019: "Volume License for Windows Server 2019",
  /** Volume License for Windows Server 2016 */
  WindowsServer2016: "Volume License for Windows Server 2016",
  /** Volume license for Windows 10 */
  Windows10: "Volume license for Windows 10",
  /** Volume license for "Windows Server 2012 R2 for Windows 10" */
  WindowsServer2012R2ForWindows10: "Volume license for \"Windows Server 2012 R2 for Windows 10\"",
} as const;
export type KeyGroup = (typeof KeyGroup)[keyof typeof KeyGroup];

/** Operating systems, by Microsoft's own names. */
export const OperatingSystem = {
  /** Windows Server 2025 */
  WindowsServer2025: "Windows Server 2025",
  /** Windows Server 2022 */
  WindowsServer2022: "Windows Server 2022",
  /** Windows Server 2019 */
  WindowsServer2019: "Windows Server 2019",
  /** Windows Server 2016 */
  WindowsServer2016: "Windows Server 2016",
  /** Windows Server 2012 R2 */
  WindowsServer2012R2: "Windows Server 2012 R2",
  /** Windows Server 2012 */
  WindowsServer2012: "Windows Server 2012",
  /** Windows Server 2008 R2 */
  WindowsServer2008R2: "Windows Server 2008 R2",
  /** Windows Server 2008 */
  WindowsServer2008: "Windows Server 2008",
  /** Windows Server Semi-Annual Channel */
  WindowsServerSemiAnnualChannel: "Windows Server Semi-Annual Channel",
  /** Windows Server, version 20H2 */
  WindowsServerVersion20H2: "Windows Server, version 20H2",
  /** Windows Server, version 2004 */
  WindowsServerVersion2004: "Windows Server, version 2004",
  /** Windows Server, version 1909 */
  WindowsServerVersion1909: "Windows Server, version 1909",
  /** Windows Server, version 1903 */
  WindowsServerVersion1903: "Windows Server, version 1903",
  /** Windows Server, version 1809 */
  WindowsServerVersion1809: "Windows Server, version 1809",
  /** Windows Server, version 1803 */
  WindowsServerVersion1803: "Windows Server, version 1803",
  /** Windows Server, version 1709 */
  WindowsServerVersion1709: "Windows Server, version 1709",
  /** Windows Server, version 23H2 */
  WindowsServerVersion23H2: "Windows Server, version 23H2",
  /** Windows 11 */
  Windows11: "Windows 11",
  /** Windows 11 LTSC 2024 */
  Windows11Ltsc2024: "Windows 11 LTSC 2024",
  /** Windows 10 */
  Windows10: "Windows 10",
  /** Windows 10 LTSC 2021 */
  Windows10Ltsc2021: "Windows 10 LTSC 2021",
  /** Windows 10 LTSC 2019 */
  Windows10Ltsc2019: "Windows 10 LTSC 2019",
  /** Windows 10 LTSB 2016 */
  Windows10Ltsb2016: "Windows 10 LTSB 2016",
  /** Windows 10 LTSB 2015 */
  Windows10Ltsb2015: "Windows 10 LTSB 2015",
  /** Windows IoT LTSC 2024 */
  WindowsIotLtsc2024: "Windows IoT LTSC 2024",
  /** Windows IoT LTSC 2021 */
  WindowsIotLtsc2021: "Windows IoT LTSC 2021",
  /** Windows 8.1 */
  Windows81: "Windows 8.1",
  /** Windows 8 */
  Windows8: "Windows 8",
  /** Windows 7 */
  Windows7: "Windows 7",
} as const;
export type OperatingSystem = (typeof OperatingSystem)[keyof typeof OperatingSystem];

/** Editions of operating systems, by Microsoft's own names. */
export const Edition = {
  /** Standard */
  Standard: "Standard",
  /** Datacenter */
  Datacenter: "Datacenter",
  /** Datacenter: Azure Edition */
  DatacenterAzureEdition: "Datacenter: Azure Edition",
  /** Essentials */
  Essentials: "Essentials",
  /** MultiPoint Standard */
  MultiPointStandard: "MultiPoint Standard",
  /** MultiPoint Premium */
  MultiPointPremium: "MultiPoint Premium",
  /** Enterprise */
  Enterprise: "Enterprise",
  /** Web */
  Web: "Web",
  /** HPC edition */
  HpcEdition: "HPC edition",
  /** for Itanium-based Systems */
  ForItaniumBasedSystems: "for Itanium-based Systems",
  /** HPC */
  Hpc: "HPC",
  /** Standard without Hyper-V */
  StandardWithoutHyperV: "Standard without Hyper-V",
  /** Enterprise without Hyper-V */
  EnterpriseWithoutHyperV: "Enterprise without Hyper-V",
  /** Datacenter without Hyper-V */
  DatacenterWithoutHyperV: "Datacenter without Hyper-V",
  /** Pro */
  Pro: "Pro",
  /** Pro N */
  ProN: "Pro N",
  /** Pro for Workstations */
  ProForWorkstations: "Pro for Workstations",
  /** Pro for Workstations N */
  ProForWorkstationsN: "Pro for Workstations N",
  /** Pro Education */
  ProEducation: "Pro Education",
  /** Pro Education N */
  ProEducationN: "Pro Education N",
  /** Education */
  Education: "Education",
  /** Education N */
  EducationN: "Education N",
  /** Enterprise N */
  EnterpriseN: "Enterprise N",
  /** Enterprise G */
  EnterpriseG: "Enterprise G",
  /** Enterprise G N */
  EnterpriseGN: "Enterprise G N",
  /** Enterprise multi-session */
  EnterpriseMultiSession: "Enterprise multi-session",
  /** Enterprise LTSC */
  EnterpriseLtsc: "Enterprise LTSC",
  /** Enterprise N LTSC */
  EnterpriseNLtsc: "Enterprise N LTSC",
  /** Enterprise LTSB */
  EnterpriseLtsb: "Enterprise LTSB",
  /** Enterprise N LTSB */
  EnterpriseNLtsb: "Enterprise N LTSB",
  /** IoT Enterprise LTSC */
  IoTEnterpriseLtsc: "IoT Enterprise LTSC",
  /** Professional */
  Professional: "Professional",
  /** Professional N */
  ProfessionalN: "Professional N",
  /** Professional E */
  ProfessionalE: "Professional E",
  /** Enterprise E */
  EnterpriseE: "Enterprise E",
} as const;
export type Edition = (typeof Edition)[keyof typeof Edition];

/** Volume editions of Office, by Microsoft's own names. */
export const OfficeVersion = {
  /** LTSC 2024 */
  Ltsc2024: "LTSC 2024",
  /** LTSC 2021 */
  Ltsc2021: "LTSC 2021",
  /** 2019 */
  Office2019: "2019",
  /** 2016 */
  Office2016: "2016",
} as const;
export type OfficeVersion = (typeof OfficeVersion)[keyof typeof OfficeVersion];
