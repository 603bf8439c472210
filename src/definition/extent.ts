/** How much memory a value takes. */
import type { Shape } from './ctypes.js';

/**
 * Bytes of a value in memory, with C's natural alignment and pointers of 64 bits: what a size parameter or a size field is on 64-bit
 * Windows. A 32-bit process needs no more.
 */
export function sizeOf(shape: Shape): number {
  return layoutOf(shape).size;
}

interface Layout {
  readonly size: number;
  readonly alignment: number;
}

function layoutOf(shape: Shape): Layout {
  switch (shape.kind) {
    case 'integer':
    case 'float':
    case 'boolean':
      return scalar(shape.bits);
    case 'enum':
      return scalar(shape.base.bits);
    case 'handle':
      return scalar(64);
    case 'string': {
      const unit = shape.encoding === 'utf16' ? 2 : 1;
      return shape.capacity === undefined ? scalar(64) : { size: shape.capacity * unit, alignment: unit };
    }
    case 'array': {
      const { size, alignment } = layoutOf(shape.element);
      return { size: size * shape.length, alignment };
    }
    case 'struct': {
      let end = 0;
      let widest = 1;
      for (const field of shape.fields) {
        const { size, alignment } = layoutOf(field.shape);
        end = aligned(end, alignment) + size;
        widest = Math.max(widest, alignment);
      }
      return { size: aligned(end, widest), alignment: widest };
    }
  }
}

/** 0 bits stands for pointer-sized. */
function scalar(bits: number): Layout {
  const size = bits === 0 ? 8 : bits / 8;
  return { size, alignment: size };
}

const aligned = (offset: number, alignment: number) => Math.ceil(offset / alignment) * alignment;
