/* reportdesk.exe and, compiled with -DCONSOLE, reportdesk-cli.exe: starts the Python that stands in
 * the folder python\ beside it with the program's module, and hands on what it was given.
 *
 * It is a program of its own, not pythonw.exe behind a shortcut, so that the task bar, the Task
 * Manager and the icon of a .gknb know it by its name.
 */
#include <stdlib.h>
#include <windows.h>

#define PATH_LENGTH 32768 /* the longest that Windows has */

typedef int (*py_main)(int, wchar_t **);

static wchar_t folder[PATH_LENGTH];
static wchar_t library[PATH_LENGTH];

static int refuse(const wchar_t *sentence)
{
#ifdef CONSOLE
    DWORD written;
    HANDLE console = GetStdHandle(STD_ERROR_HANDLE);
    WriteConsoleW(console, sentence, lstrlenW(sentence), &written, NULL);
    WriteConsoleW(console, L"\n", 1, &written, NULL);
#else
    MessageBoxW(NULL, sentence, L"年报台", MB_OK | MB_ICONERROR);
#endif
    return 1;
}

/* Puts the folder of Python into `folder` and its DLL into `library`; 0 if the path is too long. */
static int find_python(void)
{
    DWORD length = GetModuleFileNameW(NULL, folder, PATH_LENGTH);
    if (length == 0 || length >= PATH_LENGTH - 40)
        return 0;
    while (length > 0 && folder[length - 1] != L'\\')
        length--;
    lstrcpyW(folder + length, L"python");
    lstrcpyW(library, folder);
    lstrcatW(library, L"\\" PYTHON_DLL);
    return 1;
}

int wmain(int argc, wchar_t **argv)
{
    /* -X utf8: a ._pth makes Python deaf to PYTHONUTF8. -B: nothing is written beside the program. */
    static wchar_t *options[] = {L"-X", L"utf8", L"-B", L"-m", L"reportdesk"};
    const int count = sizeof options / sizeof *options;

    SetDllDirectoryW(L""); /* a DLL beside the report that was opened is not to be loaded */
    if (!find_python())
        return refuse(L"年报台所在文件夹的路径太长。请把它移到路径短一些的文件夹，再打开。");
    AddDllDirectory(folder); /* the C++ runtime that Qt's modules ask for stands there */
    HMODULE python = LoadLibraryExW(
        library, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    py_main start = python ? (py_main)(void *)GetProcAddress(python, "Py_Main") : NULL;
    if (start == NULL)
        return refuse(L"年报台的程序文件不全，可能被安全软件删除或拦截。请重新安装；如果仍然不行，请把安装文件夹加入安全软件的信任区。");

    wchar_t **handed = calloc(argc + count + 1, sizeof *handed);
    if (handed == NULL)
        return refuse(L"内存不够，年报台打不开。请关闭一些别的程序后再试。");
    handed[0] = argv[0];
    for (int i = 0; i < count; i++)
        handed[i + 1] = options[i];
    for (int i = 1; i < argc; i++)
        handed[i + count] = argv[i];
    return start(argc + count, handed);
}
