/** A C library and its definition: functions over GUIDs, times, addresses, endpoints and SIDs. */

export const STANDARD_SOURCE = `
#define EXPORT __attribute__((visibility("default")))
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
typedef struct { uint32_t Data1; uint16_t Data2, Data3; uint8_t Data4[8]; } GUID;
typedef struct { uint32_t Low, High; } FILETIME;
typedef struct { uint16_t Year, Month, DayOfWeek, Day, Hour, Minute, Second, Milliseconds; } SYSTEMTIME;
typedef struct { uint8_t Revision, Count, Authority[6]; uint32_t Parts[15]; } SID;
typedef struct { struct in_addr address; GUID id; FILETIME time; } Row;
typedef struct { struct sockaddr *Address; int Length; } Pair;
static char text[200];

EXPORT const char *GuidText(const GUID *id) {
  const uint8_t *d = id->Data4;
  sprintf(text, "%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x", id->Data1, id->Data2, id->Data3, d[0], d[1], d[2], d[3], d[4], d[5], d[6], d[7]);
  return text;
}
EXPORT const char *GuidByValue(GUID id) { return GuidText(&id); }
EXPORT const char *OptionalGuid(const GUID *id) { return id ? GuidText(id) : "none"; }
EXPORT int Chosen(int from, const int *step, const int *choice) { return from + (step ? *step : -1) + (choice ? *choice : -10); }
EXPORT void MakeGuid(uint32_t first, GUID *id) {
  GUID made = { first, 0xca47, 0x1067, { 0xb3, 0x1d, 0, 0xdd, 1, 6, 0x62, 0xda } };
  *id = made;
}
EXPORT void NextGuids(GUID *ids, uint32_t count) { for (uint32_t i = 0; i < count; i += 1) ids[i].Data1 += 1; }
EXPORT void AddSeconds(FILETIME *time, uint32_t seconds) {
  uint64_t ticks = ((uint64_t)time->High << 32 | time->Low) + seconds * 10000000ull;
  time->Low = (uint32_t)ticks;
  time->High = ticks >> 32;
}
EXPORT void NextYear(SYSTEMTIME *time) { time->Year += 1; }
EXPORT void NextAddress(struct in_addr address, struct in_addr *next) { next->s_addr = htonl(ntohl(address.s_addr) + 1); }
EXPORT const char *AddressText(const struct in6_addr *address) { return inet_ntop(AF_INET6, address, text, sizeof text); }
EXPORT void RowOf(struct in_addr address, const GUID *id, const FILETIME *time, Row *row) {
  row->address = address;
  row->id = *id;
  row->time = *time;
}
EXPORT const char *EndpointText(const struct sockaddr *name, uint32_t length) {
  char host[100];
  if (name->sa_family == AF_INET && length == sizeof(struct sockaddr_in)) {
    const struct sockaddr_in *in = (const void *)name;
    sprintf(text, "%s:%d", inet_ntop(AF_INET, &in->sin_addr, host, sizeof host), ntohs(in->sin_port));
  } else if (name->sa_family == AF_INET6 && length == sizeof(struct sockaddr_in6)) {
    const struct sockaddr_in6 *in = (const void *)name;
    char scope[20] = "";
    if (in->sin6_scope_id) sprintf(scope, "%%%u", in->sin6_scope_id);
    sprintf(text, "[%s%s]:%d", inet_ntop(AF_INET6, &in->sin6_addr, host, sizeof host), scope, ntohs(in->sin6_port));
  } else return "another";
  return text;
}
static struct sockaddr_in four = { AF_INET };
static struct sockaddr_in6 six = { AF_INET6 };
EXPORT int GetEndpoint(int kind, struct sockaddr *name, uint32_t *length) {
  four.sin_port = six.sin6_port = htons(8080);
  four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  six.sin6_addr = in6addr_loopback;
  if (kind == 2) { memset(name, 0, *length); return 0; }
  uint32_t size = kind ? sizeof six : sizeof four;
  if (*length < size) return 1;
  memcpy(name, kind ? (void *)&six : (void *)&four, size);
  *length = size;
  return 0;
}
EXPORT void GetPair(const Pair *from, Pair *to) {
  static char kept[28];
  memcpy(kept, from->Address, from->Length);
  to->Address = (struct sockaddr *)kept;
  to->Length = from->Length;
}
static int outstanding = 0;
static uint32_t size(const SID *sid) { return 8 + 4 * sid->Count; }
EXPORT int Outstanding(void) { return outstanding; }
EXPORT int CopySid(const SID *from, SID *to, uint32_t *bytes) {
  uint32_t had = *bytes;
  *bytes = size(from);
  if (had < size(from)) return 122;
  memcpy(to, from, size(from));
  return 0;
}
EXPORT void FixedSid(uint32_t parts, SID *to) {
  memset(to, 0xff, 68);
  to->Revision = 1;
  to->Count = parts;
  memset(to->Authority, 0, 6);
  to->Authority[5] = 5;
}
EXPORT uint32_t EndpointSum(const uint8_t *name) {
  uint32_t sum = 0;
  for (int at = 2; at < 28; at += 1) sum += name[at];
  return sum;
}
EXPORT void FreeSid_(void *sid) { outstanding -= 1; free(sid); }
EXPORT void DuplicateSid(const SID *from, SID **to) {
  outstanding += 1;
  *to = memcpy(malloc(size(from)), from, size(from));
}
EXPORT SID *SidOf(const SID *sid) {
  static SID kept;
  return memcpy(&kept, sid, size(sid));
}
`;

export const STANDARD = {
  name: 'Standard',
  library: { linux: 'libstandard.so', location: 'module' },
  types: [
    // The fields are those of the documentation; the type is known without them.
    'typedef struct _GUID { unsigned int Data1; unsigned short Data2; unsigned short Data3; unsigned char Data4[8]; } GUID;',
    'typedef struct { struct in_addr address; GUID id; FILETIME time; } Row;',
    'enum choice { Low = 1, High = 100 };',
    'typedef struct { [bytes(Length)] struct sockaddr *Address; int Length; } Pair;',
  ],
  functions: [
    'const char *GuidText([in] const GUID *id);',
    'const char *GuidByValue(GUID id);',
    'const char *OptionalGuid([in, optional] const GUID *id);',
    'int Chosen([in, value] int from, [in, optional, value] const int *step, [in, optional, value] const enum choice *choice);',
    'void MakeGuid(uint32_t first, [out] GUID *id);',
    'void NextGuids([in, out, count(count)] GUID *ids, uint32_t count);',
    'void AddSeconds([in, out] FILETIME *time, [value] uint32_t seconds);',
    'void NextYear([in, out] SYSTEMTIME *time);',
    'void NextAddress(struct in_addr address, [out] struct in_addr *next);',
    'const char *AddressText([in] const struct in6_addr *address);',
    'void RowOf(struct in_addr address, [in] const GUID *id, [in] const FILETIME *time, [out] Row *row);',
    'const char *EndpointText([in, bytes(length)] const struct sockaddr *name, uint32_t length);',
    '[fails(nonzero, none)] int GetEndpoint(int isLong, [out, bytes(length)] struct sockaddr *name, [in, out] uint32_t *length);',
    'void GetPair([in] const Pair *from, [out] Pair *to);',
    'int Outstanding(void);',
    '[fails(nonzero, win32)] int CopySid([in] PSID Sid, [out, bytes(bytes), buffer(8, 100), grow(122)] PSID to, [in, out] uint32_t *bytes);',
    'void FixedSid([value] uint32_t parts, [out, bytes(68)] PSID to);',
    'uint32_t EndpointSum([in, bytes(28)] const struct sockaddr *name);',
    'void FreeSid_([value] void *sid);',
    'void DuplicateSid([in] PSID Sid, [out, allocated(FreeSid_)] PSID *to);',
    'PSID SidOf([in] PSID Sid);',
  ],
  cmdlets: {
    'Get-GuidText': 'GuidText',
    'Get-OptionalGuidText': 'OptionalGuid',
    'Get-Choice': 'Chosen',
    'Get-SerialGuid': 'MakeGuid',
    'Add-Second': 'AddSeconds',
    'Add-Year': 'NextYear',
    'Get-NextAddress': 'NextAddress',
    'Get-AddressText': 'AddressText',
    'Get-AddressRow': 'RowOf',
    'Get-EndpointText': 'EndpointText',
    'Get-KnownEndpoint': 'GetEndpoint',
    'Copy-Pair': 'GetPair',
    'Copy-Sid': 'CopySid',
  },
};
