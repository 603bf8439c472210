/**
 * The extensions' parts in the verification program (`verify.cjs`). As in `in-program.ts`, the build replaces this list
 * with the extension of the module, or with none.
 */
import type { VerificationPart } from '../verification/verification-part.js';
import { verification as portReservation } from './port-reservation/verification/index.js';

export const VERIFICATION_PARTS: readonly VerificationPart[] = [portReservation];
