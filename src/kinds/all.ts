/** The built-in kinds, one line each. */
import { array } from './array.js';
import { boolean } from './boolean.js';
import { bytes } from './bytes.js';
import { callback } from './callback.js';
import { enumeration } from './enumeration.js';
import { flags } from './flags.js';
import { float } from './float.js';
import { handle } from './handle.js';
import { integer } from './integer.js';
import { pointer } from './pointer.js';
import { registerKind } from './registry.js';
import { struct } from './struct.js';
import { text } from './text.js';
import { nothing } from './void.js';

registerKind(integer);
registerKind(boolean);
registerKind(float);
registerKind(handle);
registerKind(text);
registerKind(enumeration);
registerKind(flags);
registerKind(struct);
registerKind(array);
registerKind(bytes);
registerKind(callback);
registerKind(pointer);
registerKind(nothing);
