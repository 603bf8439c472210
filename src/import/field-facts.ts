/**
 * The facts in metadata about a field of a struct: whether it is the struct's own size, which field counts it, which
 * bits it has.
 */
import { namesSize } from '../definition/size-names.js';
import { attributeNamed, type MetadataAttribute, type MetadataField, type MetadataTypeEntry } from './metadata.js';

/**
 * True for a first field that holds the size of the struct, according to metadata or to its name. `isPlain`: the struct
 * has no other field that it could be the size of.
 */
export function isOwnSize({ Name }: MetadataField, { SizeField }: MetadataTypeEntry, isPlain: boolean): boolean {
  if (SizeField !== undefined) return SizeField === Name;
  return OWN_SIZE.test(Name) || (isPlain && namesSize(Name));
}

const OWN_SIZE =
  /^(cb|cbSize|cbStruct|dwSize|dwLength|nSize|dwStructSize|cbStructSize|StructSize|dwOSVersionInfoSize)$/;

/** The field that holds the number of elements, according to metadata. */
export function countField(attributes: readonly MetadataAttribute[]): string | undefined {
  const name = attributeNamed(attributes, 'NativeArrayInfo')?.CountFieldName;
  return typeof name === 'string' ? name : undefined;
}

/**
 * The bits of a field that combines several bit fields. In metadata, each is an attribute with name, offset and width.
 */
export function bitFields(field: MetadataField, typeName: (() => string) | undefined): string[] | undefined {
  const bits = field.Attrs.flatMap((one) => {
    if (typeof one === 'string' || one.Kind !== 'NativeBitfield') return [];
    const [name, offset, width] = (one as { readonly Arguments?: readonly unknown[] }).Arguments ?? [];
    return [{ name: String(name), offset: Number(offset), width: Number(width) }];
  });
  if (bits.length === 0 || !typeName) return undefined;
  const type = typeName();
  const texts: string[] = [];
  let next = 0;
  for (const { name, offset, width } of bits.sort((one, other) => one.offset - other.offset)) {
    if (offset > next) texts.push(`${type} : ${offset - next};`);
    texts.push(`${type} ${name} : ${width};`);
    next = offset + width;
  }
  return texts;
}
