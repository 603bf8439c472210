/**
 * The extensions' parts in the verification program (`verify.cjs`). As for `in-program.ts`, the build puts the one of the module's own
 * extension here, or none.
 */
import type { VerificationPart } from '../verification/verification-part.js';
import { verification as portReservation } from './port-reservation/verification/index.js';

export const VERIFICATION_PARTS: readonly VerificationPart[] = [portReservation];
