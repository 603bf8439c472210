/* A library that depends on the planted one: loading it loads the other, wherever the loader finds it. */
#include <stdint.h>

__declspec(dllimport) uint32_t __stdcall LookupPersistentUdpPortReservation(uint16_t, uint16_t, uint64_t *);

__declspec(dllexport) uint32_t __stdcall LookupPersistentTcpPortReservation(uint16_t start, uint16_t count, uint64_t *token) {
    return LookupPersistentUdpPortReservation(start, count, token);
}
