/* A fake node.exe that reads nothing and never exits, so that only a job of Windows can end it with its parent. */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

int main(void) {
    Sleep(INFINITE);
    return 0;
}
