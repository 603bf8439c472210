/**
 * The names of the operations of the provider `ports`. They are in a file of their own because the implementation is
 * loaded with the first call.
 */
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
