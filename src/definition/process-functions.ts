/**
 * Functions that act on the process or thread that calls them, as data. dllet calls them in the bridge process, not in
 * PowerShell: the session does not see what they change, and a function that ends its process ends the bridge.
 */

const setOf = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Functions that end the bridge, or prevent it from answering. */
const ENDING = setOf(
  'ExitProcess FatalExit FatalAppExitA FatalAppExitW RaiseFailFastException ExitThread FreeLibraryAndExitThread ' +
    'ExitWindows RtlExitUserProcess RtlExitUserThread exit _exit _Exit quick_exit abort _cexit _c_exit _endthread _endthreadex ' +
    'pthread_exit thrd_exit fork vfork _Fork daemon execl execle execlp execv execve execvp execvpe fexecve _execl _execle _execlp ' +
    '_execlpe _execv _execve _execvp _execvpe _wexecl _wexecv _wexecve _wexecvp longjmp _longjmp siglongjmp setjmp _setjmp sigsetjmp ' +
    'raise pause sigsuspend ptrace',
);

/**
 * Functions that change a state of the bridge process. Windows functions with texts are also found with A or W at the
 * end.
 */
const CHANGING = setOf(
  'AllocConsole AttachConsole FreeConsole SetConsoleMode SetConsoleCP SetConsoleOutputCP SetConsoleTitle SetConsoleCtrlHandler ' +
    'SetStdHandle SetEnvironmentVariable SetEnvironmentStrings SetCurrentDirectory SetErrorMode SetThreadErrorMode SetDllDirectory ' +
    'AddDllDirectory RemoveDllDirectory SetDefaultDllDirectories SetPriorityClass SetThreadPriority SetThreadExecutionState ' +
    'SetThreadLocale SetThreadUILanguage SetThreadPreferredUILanguages SetProcessPreferredUILanguages SetProcessDPIAware ' +
    'SetProcessDpiAwareness SetProcessDpiAwarenessContext SetThreadDpiAwarenessContext SetThreadDescription SetThreadToken ' +
    'ImpersonateLoggedOnUser ImpersonateSelf ImpersonateAnonymousToken ImpersonateNamedPipeClient RevertToSelf SetLastError ' +
    'SetUnhandledExceptionFilter SetProcessMitigationPolicy SetProcessWorkingSetSize CoInitialize CoInitializeEx CoUninitialize ' +
    'CoInitializeSecurity OleInitialize OleUninitialize RoInitialize RoUninitialize WSAStartup WSACleanup WSASetLastError ' +
    'timeBeginPeriod timeEndPeriod chdir fchdir _chdir _wchdir chroot setlocale _wsetlocale setenv unsetenv clearenv putenv _putenv ' +
    '_putenv_s _wputenv _wputenv_s tzset _tzset umask _umask signal sigaction sigprocmask alarm setitimer nice setpriority setrlimit ' +
    'setuid setgid seteuid setegid setreuid setregid setresuid setresgid setgroups setsid setpgid prctl mlockall munlockall ' +
    'dup2 _dup2 srand srandom srand48',
);

/** True if a call ends the bridge, or prevents it from answering. */
export const endsBridge = (name: string): boolean => ENDING.has(name);

/** True if a call changes a state of the bridge process that PowerShell has separately. */
export const changesBridge = (name: string): boolean => CHANGING.has(name) || CHANGING.has(name.replace(/[AW]$/, ''));

/** The help text of a cmdlet over such a function. */
export const ON_BRIDGE = 'It affects the process of the bridge, not PowerShell.';
