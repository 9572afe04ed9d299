

// Generated from the catalogue by scripts/generate-names.mjs.

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
