// A definition of any number of functions, of the sorts that libraries have, in groups of ten. Only `labs` is in the C
// runtime: the others are there to be described, never called.

/** A call of the cmdlet Get-Size, and what it returns. */
export const REAL_CALL = { script: 'Get-Size -7', returned: '7' };

const KINDS = 'Plain Quick Deep Local Remote Shared Virtual Native Open Final'.split(' ');
const THINGS = 'Archive Buffer Channel Device Engine Filter Gateway Image Journal Key'.split(' ');

/** Returns the definition in the short form. */
export function scaleDefinition(count) {
  const groups = Array.from({ length: Math.ceil((count - 1) / 10) }, (_, index) => groupOf(index));
  const functions = groups.flatMap((group) => group.functions).slice(0, count - 1);
  return {
    name: `Scale${count}`,
    library: { linux: 'libc.so.6', darwin: 'libSystem.B.dylib', win32: 'ucrtbase.dll' },
    types: groups.slice(0, Math.ceil(functions.length / 10)).flatMap((group) => group.types),
    functions: ['long labs(long n);', ...functions.map(({ prototype }) => prototype)],
    cmdlets: {
      'Get-Size': 'labs',
      ...Object.fromEntries(functions.map(({ cmdlet, name }) => [cmdlet, name])),
    },
  };
}

function groupOf(index) {
  const noun = `${KINDS[index % KINDS.length]}${THINGS[Math.floor(index / KINDS.length) % THINGS.length]}${series(index)}`;
  const c = noun.replaceAll(/(?<=[a-z0-9])[A-Z]/g, '_$&').toLowerCase();
  const handle = `struct ${c} *`;
  const info = `struct ${c}_info`;
  const cmdlets = [
    ['Open', 'open', `[fails(zero, errno)] ${handle}${c}_open(const char *path, enum ${c}_mode mode)`],
    ['Close', 'close', `[fails(minusOne, errno), returns(none)] int ${c}_close(${handle}it)`],
    ['Get', 'info', `[fails(minusOne, errno)] int ${c}_info(${handle}it, [out] ${info} *info)`],
    ['Set', 'set', `[fails(minusOne, errno)] int ${c}_set(${handle}it, [in] const ${info} *info)`],
    [
      'Read',
      'read',
      `[fails(minusOne, errno)] ssize_t ${c}_read(${handle}it, [out, bytes(size), written(return), buffer(64, 65536)] void *data, size_t size)`,
    ],
    [
      'Write',
      'write',
      `[fails(minusOne, errno)] ssize_t ${c}_write(${handle}it, [in, bytes(n)] const void *data, size_t n)`,
    ],
    ['Measure', 'sum', `double ${c}_sum([in, count(n)] const double *values, unsigned int n)`],
    [
      'Find',
      'find',
      `[fails(zero, errno)] const char *${c}_find([in, optional] const char *start, unsigned int flags, int most)`,
    ],
    ['Test', 'valid', `int ${c}_valid(const char *text, long long from, [out] unsigned int *line)`],
    ['Reset', 'reset', `void ${c}_reset(enum ${c}_mode mode)`],
  ];
  return {
    types: [
      `enum ${c}_mode { ${noun}Read = 1, ${noun}Write = 2, ${noun}Append = 3, ${noun}Create = 4 };`,
      `${info} { int id; double weight; char name[32]; unsigned short ports[4]; };`,
    ],
    functions: cmdlets.map(([verb, ending, prototype]) => ({
      prototype: `${prototype};`,
      cmdlet: `${verb}-${noun}`,
      name: `${c}_${ending}`,
    })),
  };
}

/** Nothing for the first hundred, then a number. */
function series(index) {
  const number = Math.floor(index / (KINDS.length * THINGS.length));
  return number === 0 ? '' : String(number + 1);
}
