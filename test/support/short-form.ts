/** Definitions in the short form over Linux libraries, as a user would write them. */

/** The definition in the README, extended by more functions of zlib. */
export const ZLIB = {
  name: 'Zlib',
  library: { linux: 'libz.so.1', win32: 'zlib1.dll' },
  functions: [
    'const char *zlibVersion(void);',
    'unsigned long compressBound([in] unsigned long sourceLen)',
    'unsigned long crc32([in] unsigned long crc, [in, bytes(len)] const unsigned char *buf, [in] unsigned int len)',
    'unsigned long adler32([in] unsigned long adler, [in, optional, bytes(len)] const unsigned char *buf, [in] unsigned int len)',
    '[fails(nonzero, returned)] int compress2([out, bytes(destLen), buffer(16, 67108864), grow(-5)] unsigned char *dest, [in, out] unsigned long *destLen, [in, bytes(sourceLen)] const unsigned char *source, [in] unsigned long sourceLen, [in] int level)',
    '[fails(nonzero, returned)] int uncompress([out, bytes(destLen), buffer(16, 67108864), grow(-5)] unsigned char *dest, [in, out] unsigned long *destLen, [in, bytes(sourceLen)] const unsigned char *source, [in] unsigned long sourceLen)',
  ],
  errors: [
    {
      code: -3,
      symbol: 'Z_DATA_ERROR',
      id: 'DataDamaged',
      category: 'InvalidData',
      message: 'The data is damaged, or was not compressed by zlib.',
      recommendedAction: 'Give what Compress-Byte returned.',
    },
  ],
  cmdlets: {
    'Get-ZlibVersion': 'zlibVersion',
    'Get-CompressBound': 'compressBound',
    'Get-Crc32': 'crc32',
    'Get-Adler32': 'adler32',
    'Compress-Byte': 'compress2',
    'Expand-Byte': 'uncompress',
  },
};

export const LIBC = {
  name: 'LibC',
  library: { linux: 'libc.so.6' },
  types: [
    'struct timespec { long tv_sec; long tv_nsec; };',
    'struct utsname { char sysname[65]; char nodename[65]; char release[65]; char version[65]; char machine[65]; char domainname[65]; };',
  ],
  functions: [
    'int getpid(void);',
    '[fails(minusOne, errno)] int gethostname([out, count(len)] char *name, [in] size_t len);',
    '[fails(minusOne, errno)] int uname([out] struct utsname *buf);',
    '[fails(minusOne, errno)] int clock_gettime(int clk_id, [out] struct timespec *tp);',
    'char *getenv([in] const char *name);',
    '[fails(minusOne, errno), returns(none)] int chdir([in] const char *path);',
    '[fails(zero, errno)] FILE *fopen(const char *path, const char *mode);',
    'size_t fwrite([in, bytes(n)] const void *ptr, [in, constant(1)] size_t size, size_t n, FILE *stream);',
    '[fails(minusOne, errno), returns(none)] int fclose(FILE *stream);',
    '[fails(minusOne, errno)] ssize_t readlink(const char *path, [out, count(bufsiz), written(return), buffer(4, 4096)] char *buf, size_t bufsiz);',
    '[fails(zero, errno)] char *getcwd([out, count(size), buffer(2, 4096), grow(34)] char *buf, size_t size);',
    '[fails(zero, errno)] char *setlocale(int category, [in, optional] const char *locale);',
    'double atof(const char *nptr);',
    'long labs(long n);',
    'size_t strlen(const char *s);',
    'void srand(unsigned int seed);',
  ],
  cmdlets: {
    'Get-BridgeId': 'getpid',
    'Get-HostText': 'gethostname',
    'Get-SystemFact': 'uname',
    'Get-ClockTime': 'clock_gettime',
    'Get-EnvironmentText': 'getenv',
    'Set-BridgeDirectory': 'chdir',
    'Open-Stream': 'fopen',
    'Write-Stream': 'fwrite',
    'Close-Stream': 'fclose',
    'Get-LinkTarget': 'readlink',
    'Get-BridgeDirectory': 'getcwd',
    'Get-Locale': 'setlocale',
    'ConvertTo-Float': 'atof',
    'Get-LongSize': 'labs',
    'Measure-Text': 'strlen',
    'Set-Seed': 'srand',
  },
};
