/* Between a program and the kernel: counts the calls that change a disk or speak, and at the chosen one the disk
   fails or the power goes. Preloaded; asleep until `fault_arm`. Plain system calls, so that nothing of libc is needed. */

#include <errno.h>
#include <stddef.h>
#include <sys/syscall.h>

#define KILL 9
long syscall(long number, ...);
typedef long off_t; /* 64 bits, as the calls of either name have it here */
typedef unsigned mode_t;

static int armed, calls, chosen, error_number, for_ever;

/* error 0: SIGKILL. `lasting`: every call from the chosen one on fails. point 0: only count. */
void fault_arm(int point, int error, int lasting) { armed = 1; calls = 0; chosen = point; error_number = error; for_ever = lasting; }
int fault_calls(void) { armed = 0; return calls; }

static int fails(void) {
    if (!armed) return 0;
    calls++;
    if (!chosen || calls < chosen || (calls > chosen && !for_ever)) return 0;
    if (!error_number) syscall(SYS_kill, syscall(SYS_getpid), KILL);
    errno = error_number;
    return 1;
}

#define FILED(name, number, declared, ...) \
    long name declared { return fails() ? -1 : syscall(number, __VA_ARGS__); }

FILED(write, SYS_write, (int fd, const void *data, size_t size), fd, data, size)
FILED(pwrite, SYS_pwrite64, (int fd, const void *data, size_t size, off_t at), fd, data, size, at)
FILED(pwrite64, SYS_pwrite64, (int fd, const void *data, size_t size, off_t at), fd, data, size, at)
FILED(writev, SYS_writev, (int fd, const void *parts, int count), fd, parts, count)
FILED(send, SYS_sendto, (int fd, const void *data, size_t size, int flags), fd, data, size, flags, NULL, 0)
FILED(sendto, SYS_sendto, (int fd, const void *data, size_t size, int flags, const void *to, int length), fd, data, size, flags, to, length)
FILED(fsync, SYS_fsync, (int fd), fd)
FILED(fdatasync, SYS_fdatasync, (int fd), fd)
FILED(ftruncate, SYS_ftruncate, (int fd, off_t size), fd, size)
FILED(ftruncate64, SYS_ftruncate, (int fd, off_t size), fd, size)
FILED(fallocate, SYS_fallocate, (int fd, int mode, off_t at, off_t size), fd, mode, at, size)
FILED(fallocate64, SYS_fallocate, (int fd, int mode, off_t at, off_t size), fd, mode, at, size)
FILED(rename, SYS_rename, (const char *from, const char *to), from, to)
FILED(renameat, SYS_renameat2, (int here, const char *from, int there, const char *to), here, from, there, to, 0)
FILED(renameat2, SYS_renameat2, (int here, const char *from, int there, const char *to, unsigned flags), here, from, there, to, flags)
FILED(link, SYS_link, (const char *from, const char *to), from, to)
FILED(symlink, SYS_symlink, (const char *from, const char *to), from, to)
FILED(unlink, SYS_unlink, (const char *path), path)
FILED(unlinkat, SYS_unlinkat, (int folder, const char *path, int flags), folder, path, flags)
FILED(mkdir, SYS_mkdir, (const char *path, mode_t mode), path, mode)
FILED(rmdir, SYS_rmdir, (const char *path), path)

/* This one gives back the error itself. */
int posix_fallocate(int fd, off_t at, off_t size) { return fails() ? error_number : (syscall(SYS_fallocate, fd, 0, at, size) ? errno : 0); }
int posix_fallocate64(int fd, off_t at, off_t size) { return posix_fallocate(fd, at, size); }
