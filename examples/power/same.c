// -lkernel32
#include <windows.h>
#include <stdio.h>

int main(void) {
  SYSTEM_POWER_STATUS status;
  if (!GetSystemPowerStatus(&status)) return 1;
  printf("%d %d %lu %lu\n", status.BatteryLifePercent, ((BYTE *)&status)[3], status.BatteryLifeTime, status.BatteryFullLifeTime);
  return 0;
}
