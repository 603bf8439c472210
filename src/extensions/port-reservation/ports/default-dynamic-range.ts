/** The default dynamic range of Windows since Vista and Server 2008. Source: Microsoft KB 929851. */
export const DEFAULT_DYNAMIC_RANGE = { startPort: 49_152, numberOfPorts: 16_384 } as const;
