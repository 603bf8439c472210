/** The operations of the provider `ports`, apart from what answers them, which loads with the first call. */
export const PORTS_OPERATIONS = [
  'excludedRanges',
  'dynamicRanges',
  'portUse',
  'testBinding',
  'findRoom',
  'reservations',
  'reviewBlock',
  'findExclusion',
  'addExclusion',
  'removeExclusion',
  'setDynamicRange',
  'repairExclusion',
  'reviewRemoval',
  'portMap',
] as const;

export type PortsOperation = (typeof PORTS_OPERATIONS)[number];
