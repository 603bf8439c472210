/* A node.exe that is none: it reads nothing, watches nobody and never ends, so that only a job of Windows can end it with its parent. */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

int main(void) {
    Sleep(INFINITE);
    return 0;
}
