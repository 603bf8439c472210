// -liphlpapi
#include <winsock2.h>
#include <ws2tcpip.h>
#include <iphlpapi.h>
#include <stdio.h>

int main(void) {
  static unsigned char memory[100000];
  ULONG size = sizeof memory;
  IP_ADAPTER_ADDRESSES *all = (IP_ADAPTER_ADDRESSES *)memory;
  if (GetAdaptersAddresses(AF_UNSPEC, 0, NULL, all, &size)) return 1;
  for (IP_ADAPTER_ADDRESSES *one = all; one; one = one->Next) {
    printf("%s %ls %lu ", one->AdapterName, one->FriendlyName, one->Mtu);
    for (int at = 0; at < 8; at++) printf("%s%02X", at ? "-" : "", one->PhysicalAddress[at]);
    puts("");
    for (IP_ADAPTER_UNICAST_ADDRESS *address = one->FirstUnicastAddress; address; address = address->Next)
      printf("  %s %d\n", address->Address.lpSockaddr->sa_family == AF_INET6 ? "InterNetworkV6" : "InterNetwork", address->OnLinkPrefixLength);
  }
  return 0;
}
