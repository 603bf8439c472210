/** Parts of random functions: structs, structs with an open end, callbacks, and structs for which .NET has a type. */
import fc from 'fast-check';
import { element, endpointTexts, type Field, fields, sidTexts, standardType, valuesOf } from './touching-fields.js';
import { elementsOf, type MakePart, mark, number, orNull, report, room } from './touching-parts.js';

const OWN_SIZE: Field = { c: 'uint32_t cb;', marked: '[size] uint32_t cb;' };

const declared = (name: string, all: readonly Field[]) => ({
  c: `struct ${name} { ${all.map((one) => one.c).join(' ')} };`,
  marked: `struct ${name} { ${all.map((one) => one.marked).join(' ')} };`,
});

/** A statement for each of several structs; empty if there is nothing to do. */
function forEach(name: string, of: string, count: string, statements: readonly (string | undefined)[]): string {
  const some = statements.filter(Boolean).join(' ');
  return some && `for (size_t i = 0; i < ${count}; i++) { struct ${name} *e = (struct ${name} *)${of} + i; ${some} }`;
}

/** A struct, or as many structs as another parameter says. */
export const struct: MakePart = (at) =>
  fc
    .record({
      fields,
      sized: fc.boolean(),
      way: fc.constantFrom('in', 'out', 'in, out'),
      many: fc.boolean(),
      optional: fc.boolean(),
      room,
    })
    .map(({ fields, sized, way, many, optional, room: { text } }) => {
      const all = sized ? [OWN_SIZE, ...fields] : fields;
      const isOptional = optional && way !== 'out';
      const name = `s_AT_${at}`;
      const c = `${way === 'in' ? 'const ' : ''}struct ${name} *s${at}`;
      const value = valuesOf(fields);
      const count = many ? `(size_t)n${at}` : '1';
      const size = `${count} * sizeof *s${at}`;
      const check = sized && !many ? `CHECK(s${at}->cb == sizeof *s${at});` : '';
      const each = (what: 'read' | 'mend') =>
        forEach(
          name,
          `s${at}`,
          count,
          fields.map((one) => one[what]),
        );
      // A struct in which a caller could only give the size is an output.
      const isGiven = way === 'in' || (way === 'in, out' && (many || !sized));
      const reads = way === 'out' ? '' : `READ(s${at}, ${size}); ${isGiven ? each('read') : ''}`;
      const writes = way === 'in' ? '' : `WRITE(s${at}, ${size}); ${each('mend')}`;
      return {
        type: declared(name, all),
        parameters: [
          {
            c,
            marked: `${mark(way, isOptional && 'optional', many && `count(n${at})`, many && way === 'out' && text)} ${c}`,
          },
          ...(many ? [{ c: `uint32_t n${at}`, marked: `[in] uint32_t n${at}` }] : []),
        ],
        body: `if (s${at}) { ${check} ${reads} ${writes} }`,
        args: isGiven
          ? orNull(`s${at}`, many ? fc.array(value, { maxLength: 20 }) : value, isOptional)
          : fc.constant({}),
      };
    });

/** A struct that ends with as many elements as one of its fields says. */
export const open: MakePart = (at) =>
  fc
    .record({
      type: element,
      head: number,
      inBytes: fc.boolean(),
      way: fc.constantFrom('in', 'in, sized', 'out', 'in, out'),
      room,
      lie: fc.constantFrom(0, 0, 0, 1, 1000),
    })
    .map(({ type, head, inBytes, way, room: { text }, lie }) => {
      const name = `o_AT_${at}`;
      const [o, z] = [`o${at}`, `z${at}`];
      const isSized = way !== 'in';
      const isWritten = way.includes('out');
      const unit = inBytes ? 'bytes' : 'count';
      const begin = `${head.name} head; uint32_t n;`;
      const start = `offsetof(struct ${name}, rows)`;
      const per = inBytes ? '1' : `sizeof ${o}->rows[0]`;
      const c = `${isWritten ? '' : 'const '}struct ${name} *${o}`;
      const whole = inBytes ? `/ sizeof ${o}->rows[0] * sizeof ${o}->rows[0]` : '';
      return {
        type: {
          c: `struct ${name} { ${begin} ${type.name} rows[1]; };`,
          marked: `struct ${name} { [value] ${begin} [${unit}(n)] ${type.name} rows[1]; };`,
        },
        parameters: [
          {
            c,
            marked: `${mark(way.startsWith('in') && 'in', isWritten && 'out', isSized && `bytes(${z})`, way === 'out' && text)} ${c}`,
          },
          ...(isSized ? [{ c: `uint32_t ${z}`, marked: `[in] uint32_t ${z}` }] : []),
        ],
        body:
          (way === 'out' ? '' : `READ(${o}, ${isSized ? z : `${start} + ${o}->n * ${per}`}); `) +
          (way === 'in' || way === 'out' ? '' : `CHECK(${z} >= ${start} + ${o}->n * ${per}); `) +
          (isWritten
            ? `WRITE(${o}, ${z}); if (${z} >= ${start}) ${o}->n = (${z} - ${start}) / ${per} ${whole} + ${lie};`
            : ''),
        args:
          way === 'out'
            ? fc.constant({})
            : fc
                .record({
                  head: head.values,
                  rows: fc.nat(20).chain((some) => elementsOf(type, some, some)),
                })
                .map((value) => ({ [o]: value })),
      };
    });

/** A callback, whose arguments are only valid during the call. */
export const callback: MakePart = (at) =>
  fc
    .record({
      fields,
      with: fc.record({ number: fc.option(number), text: fc.boolean(), struct: fc.boolean(), isVoid: fc.boolean() }),
      calls: fc.nat(5),
    })
    .map(({ fields, with: { number, text, struct, isVoid }, calls }) => {
      const name = `c_AT_${at}`;
      const isStruct = struct || (!number && !text);
      const parameters = [
        ...(number ? [`${number.name} a`] : []),
        ...(text ? ['const char *t'] : []),
        ...(isStruct ? [`const struct ${name} *s`] : []),
      ];
      const c = `${isVoid ? 'void' : 'int'} (*cb${at})(${parameters.join(', ')})`;
      const given = [...(number ? [`(${number.name})i`] : []), ...(text ? ['t'] : []), ...(isStruct ? ['e'] : [])];
      const call = `cb${at}(${given.join(', ')})`;
      return {
        ...(isStruct && { type: declared(name, fields) }),
        parameters: [{ c, marked: `[collect${isVoid ? '' : '(0)'}] ${c}` }],
        body: `for (int i = 0; i < ${calls}; i++) {
    char *t = fresh(i * 3 + 1); t[i * 3] = 0;
    ${isStruct ? `struct ${name} *e = fresh(sizeof *e); ${fields.map(({ mend }) => mend ?? '').join(' ')}` : ''}
    ${isVoid ? call : `CHECK(${call} == 0)`};
    ${isStruct ? 'free(e);' : ''} free(t);
  }`,
        args: fc.constant({}),
      };
    });

/** A struct for which .NET has a type: by value, behind a pointer, or in an array. */
export const standard: MakePart = (at) =>
  fc
    .record({
      type: standardType,
      way: fc.constantFrom('value', 'in', 'out', 'in, out', 'many in', 'many in, out', 'many out'),
      optional: fc.boolean(),
      room,
    })
    .map(({ type, way, optional, room: { text } }) => {
      const g = `g${at}`;
      const isMany = way.startsWith('many');
      const direction = way.replace('many ', '');
      const isOut = direction === 'out';
      const isOptional = optional && !isOut;
      if (way === 'value')
        return {
          parameters: [{ c: `${type.name} ${g}`, marked: `${type.name} ${g}` }],
          body: `READ(&${g}, sizeof ${g});`,
          args: type.values.map((value) => ({ [g]: value })),
        };
      const c = `${direction === 'in' ? 'const ' : ''}${type.name} *${g}`;
      const size = `${isMany ? `(size_t)m${at} * ` : ''}sizeof *${g}`;
      const marks = mark(direction, isOptional && 'optional', isMany && `count(m${at})`, isMany && isOut && text);
      return {
        parameters: [
          { c, marked: `${marks} ${c}` },
          ...(isMany ? [{ c: `uint32_t m${at}`, marked: `[in] uint32_t m${at}` }] : []),
        ],
        body: `if (${g}) { ${isOut ? '' : `READ(${g}, ${size});`} ${direction === 'in' ? '' : `WRITE(${g}, ${size});`} }`,
        args: isOut
          ? fc.constant({})
          : orNull(g, isMany ? fc.array(type.values, { maxLength: 9 }) : type.values, isOptional),
      };
    });

/** SIDs and endpoints, in memory with a size in bytes. */
export const sized: MakePart = (at) =>
  fc
    .record({
      isSid: fc.boolean(),
      isOut: fc.boolean(),
      isFixed: fc.boolean(),
      optional: fc.boolean(),
      lie: fc.integer({ min: -1, max: 1 }),
      report,
    })
    .map(({ isSid, isOut, isFixed, optional, lie, report }) => {
      const [p, n] = [`q${at}`, `l${at}`];
      const type = isSid ? `PSID ${p}` : `struct sockaddr *${p}`;
      const c = `unsigned char *${p}`;
      const most = isSid ? 68 : 28;
      if (isOut) {
        const room = `buffer(${isSid ? '8, 100' : '16, 200'})`;
        return {
          parameters: [
            { c, marked: `[out, ${isFixed ? `bytes(${most})` : `bytes(${n}), ${room}`}] ${type}` },
            ...(isFixed ? [] : [{ c: `uint32_t *${n}`, marked: `[in, out] uint32_t *${n}` }]),
          ],
          body:
            `{ size_t room = ${isFixed ? most : `*${n}`}; WRITE(${p}, room);` +
            (isSid
              ? ` if (room >= 8) { ${p}[0] = 1; ${p}[1] = (unsigned char)((room - 8) / 4 + ${lie}); }`
              : ` if (room >= 2) *(uint16_t *)${p} = ${[2, 10, 7][lie + 1]};`) +
            `${isFixed ? '' : ` *${n} = (uint32_t)(${report});`} }`,
          args: fc.constant({}),
        };
      }
      const isCounted = !isSid && !isFixed;
      const marks = mark('in', optional && 'optional', isFixed ? `bytes(${most})` : isCounted && `bytes(${n})`);
      const own = isSid ? `8 + 4 * ${p}[1]` : n;
      return {
        parameters: [
          { c, marked: `${marks} ${isSid ? type : `const ${type}`}` },
          ...(isCounted ? [{ c: `uint32_t ${n}`, marked: `uint32_t ${n}` }] : []),
        ],
        body: `if (${p}) READ(${p}, ${isFixed ? most : own});`,
        args: orNull(p, isSid ? sidTexts : endpointTexts, optional),
      };
    });
